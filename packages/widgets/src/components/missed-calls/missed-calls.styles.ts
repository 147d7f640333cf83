import { css } from 'lit';

export const missedCallsStyles = css`
  .scroll {
    margin-block-end: calc(var(--_space) * -4);
  }

  tr.mine {
    box-shadow: inset 3px 0 0 var(--_accent);
  }

  tr.mine:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_accent);
  }

  .who,
  .more {
    display: block;
  }

  .who {
    font-weight: 600;
  }

  .more {
    white-space: normal;
    min-inline-size: 12em;
  }

  td .row {
    flex-wrap: nowrap;
    justify-content: flex-end;
  }

  @container (inline-size < 960px) {
    td .row {
      flex-wrap: wrap;
    }
  }

  /* On a card: who it is, then the facts, then what can be done; each begins where a line begins. */
  @container (inline-size < 960px) {
    td:nth-child(2) {
      order: -1;
      flex: 1 0 100%;
    }

    .who {
      display: inline;
      margin-inline-end: calc(var(--_space) * 2);
    }

    .more {
      min-inline-size: 0;
    }
  }

  @container (inline-size < 560px) {
    td:nth-child(3),
    tr:not(.finish) > td:last-child {
      flex: 1 0 100%;
      margin: 0;
    }

    tr:not(.finish) > td:last-child {
      text-align: start;
    }

    td .row {
      justify-content: flex-start;
    }
  }

  .finish td {
    border: 0;
    padding-block-start: 0;
    white-space: normal;
  }

  .finish form {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: flex-end;
    gap: calc(var(--_space) * 3);
  }

  .finish .field {
    flex: 1;
    min-inline-size: 180px;
    max-inline-size: 420px;
  }

  /* In line with the control: a label stands above it, a hint below. */
  .finish .decide {
    padding-block-start: calc(1lh + var(--_space));
    font-size: var(--_size-s);
  }

  .finish .decide button {
    min-block-size: var(--_control);
  }
`;
