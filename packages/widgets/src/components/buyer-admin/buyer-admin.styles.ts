import { css } from 'lit';

export const buyerAdminStyles = css`
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .buyer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2);
    inline-size: 100%;
    padding: calc(var(--_space) * 3) 0;
    border: 0;
    border-block-start: 1px solid var(--_border);
    border-radius: 0;
    background: none;
    justify-content: flex-start;
    text-align: start;
    white-space: normal;
  }

  /* The cards below stand apart from the first. */
  cw-table-import,
  cw-audit-trail {
    margin-block-start: calc(var(--_space) * 3);
  }

  .find {
    align-items: flex-start;
  }

  .find .field {
    flex: 1 1 14em;
    max-inline-size: 32em;
  }

  /* Level with the field, below its label. */
  .find button {
    margin-block-start: calc(var(--_size-s) * var(--_line) + var(--_space));
  }

  @container (inline-size < 480px) {
    .find .field {
      flex-basis: 100%;
    }

    .find button {
      margin: 0;
    }
  }

  .buyer .who {
    flex: 1 1 12em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  form.fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr));
    gap: calc(var(--_space) * 3);
  }

  .wide {
    grid-column: 1 / -1;
  }

  .secret {
    margin: 0;
    font-size: var(--_size-l);
    font-weight: 600;
    letter-spacing: 0.06em;
    user-select: all;
  }
`;
