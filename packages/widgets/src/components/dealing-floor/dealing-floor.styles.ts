import { css } from 'lit';

export const dealingFloorStyles = css`
  .scroll {
    margin-block-end: calc(var(--_space) * -4);
  }

  tr.mine {
    box-shadow: inset 3px 0 0 var(--_accent);
  }

  tr.mine:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_accent);
  }

  progress {
    appearance: none;
    inline-size: 72px;
    block-size: 6px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: var(--_sunken);
    vertical-align: middle;
  }

  progress::-webkit-progress-bar {
    background: var(--_border);
  }

  progress::-webkit-progress-value {
    background: var(--_success);
  }

  progress::-moz-progress-bar {
    background: var(--_success);
  }

  td .row {
    flex-wrap: nowrap;
    justify-content: flex-end;
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

  /* In line with the controls: labels stand above these, and hints may stand below. */
  .step .decide {
    padding-block-start: calc(1lh + var(--_space));
    font-size: var(--_size-s);
  }

  .step .decide button {
    min-block-size: var(--_control);
  }

  .step .field {
    flex: 0 1 160px;
    min-inline-size: 110px;
  }

  .step .field.wide {
    flex: 1;
    max-inline-size: 380px;
  }
`;
