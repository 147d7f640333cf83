import { css } from 'lit';

export const supervisionStyles = css`
  .scroll {
    margin-block-end: calc(var(--_space) * -4);
  }

  tr.mine {
    box-shadow: inset 3px 0 0 var(--_accent);
  }

  tr.mine:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_accent);
  }

  td .row {
    justify-content: flex-end;
  }

  .asks {
    align-items: center;
  }

  .asks .said {
    flex: 1 1 14em;
    display: grid;
    gap: var(--_space);
  }

  .step td {
    border: 0;
    padding-block-start: 0;
    white-space: normal;
  }

  .step form {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: flex-end;
    gap: calc(var(--_space) * 3);
  }

  .step .field,
  .step .warned {
    flex: 1 1 16em;
    min-inline-size: 0;
  }

  .step .decide {
    padding-block-start: calc(1lh + var(--_space));
    font-size: var(--_size-s);
  }

  .step .decide button {
    min-block-size: var(--_control);
  }

  .part td {
    border: 0;
    padding-block-start: 0;
    white-space: normal;
    color: var(--_muted);
    font-size: var(--_size-s);
  }
`;
