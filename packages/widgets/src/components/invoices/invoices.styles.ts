import { css } from 'lit';

export const balanceStyles = css`
  .figure {
    display: flex;
    flex-direction: column;
  }

  .figure strong {
    font-size: var(--_size-xl);
  }

  meter {
    inline-size: 100%;
    block-size: calc(var(--_space) * 4);
  }

  .lines {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
    margin: 0;
    padding: 0;
    list-style: none;
    white-space: normal;
  }

  .lines .what {
    min-inline-size: 0;
    flex: 1 1 14em;
  }

  /* Begins where the line does, whatever it is written in. */
  .note {
    display: block;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .actions {
    justify-content: flex-end;
  }

  a {
    color: var(--_accent);
  }

  tr:has(> td.lines-of) {
    background: var(--_sunken);
  }

  li[part] + li[part] {
    padding-block-start: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  /* What is said beside a field stands level with it, not with its label. */
  form.row {
    align-items: flex-end;
  }

  label input[type='number'] {
    inline-size: 6em;
  }
`;
