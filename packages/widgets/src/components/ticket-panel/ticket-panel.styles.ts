import { css } from 'lit';

export const ticketPanelStyles = css`
  .list {
    display: grid;
    margin-inline: calc(var(--_space) * -4);
  }

  .list li {
    border-block-start: 1px solid var(--_border);
  }

  /* The whole line opens the ticket. */
  .list button {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_space) calc(var(--_space) * 3);
    inline-size: 100%;
    padding: calc(var(--_space) * 2.5) calc(var(--_space) * 4);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    white-space: normal;
  }

  .list button:focus-visible {
    outline-offset: -3px;
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .about {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 3);
    font-weight: 400;
  }



  @container (inline-size < 420px) {
    .list button {
      grid-template-columns: minmax(0, 1fr);
    }

    .name {
      white-space: normal;
    }
  }
`;
