import { css } from 'lit';

export const dealingFloorStyles = css`
  .scroll {
    overflow-x: auto;
    margin-inline: calc(var(--_space) * -4);
    margin-block-end: calc(var(--_space) * -4);
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font: inherit;
    color: inherit;
  }

  th,
  td {
    padding: calc(var(--_space) * 2);
    text-align: start;
    border-block-start: 1px solid var(--_border);
    white-space: nowrap;
  }

  th {
    border: 0;
    font-size: var(--_size-xs);
    font-weight: 500;
    color: var(--_muted);
  }

  :is(th, td):first-child {
    padding-inline-start: calc(var(--_space) * 4);
  }

  :is(th, td):last-child {
    padding-inline-end: calc(var(--_space) * 4);
  }

  .number {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .side {
    font-weight: 600;
  }

  .side.buy {
    color: var(--_success);
  }

  .side.sell {
    color: var(--_danger);
  }

  tr.mine > td:first-child {
    box-shadow: inset 3px 0 0 var(--_accent);
  }

  tr.mine > td:first-child:dir(rtl) {
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

  td button {
    min-block-size: calc(var(--_control) - 4px);
    padding-inline: calc(var(--_space) * 2.5);
    font-size: var(--_size-s);
  }

  .step td {
    border: 0;
    padding-block-start: 0;
    white-space: normal;
  }

  .step form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: flex-end;
    gap: calc(var(--_space) * 3);
  }

  .step .field {
    inline-size: 160px;
  }

  .step .field.wide {
    flex: 1;
    max-inline-size: 380px;
  }
`;
