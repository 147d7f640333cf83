import { css } from 'lit';

export const orderListStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
  }

  .filters input {
    inline-size: 240px;
    max-inline-size: 100%;
  }

  .filters select {
    inline-size: auto;
  }

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

  tr.open > td {
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
  }

  .detail td {
    border: 0;
    white-space: normal;
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
    padding-block-end: calc(var(--_space) * 4);
  }

  .detail ul {
    display: grid;
    gap: calc(var(--_space) * 1);
  }

  td button {
    min-block-size: calc(var(--_control) - 6px);
    padding-inline: calc(var(--_space) * 2);
    font-size: var(--_size-s);
  }
`;
