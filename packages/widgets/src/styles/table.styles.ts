import { type CSSResult, css } from 'lit';

const rows = css`
  /* Its own container, not the host's: a table may have only a part of the widget to itself. */
  .scroll {
    position: relative;
    overflow-x: auto;
    margin-inline: calc(var(--_space) * -4);
    container-type: inline-size;
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

  td:last-child:not([colspan]) {
    text-align: end;
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

  td button {
    min-block-size: calc(var(--_control) - 6px);
    padding-inline: calc(var(--_space) * 2);
    font-size: var(--_size-s);
  }
`;

/**
 * A table of orders. Below `narrow` pixels every row is a card whose cells flow, so that no action is ever scrolled out
 * of sight; `data-label` then says what a bare number is. The tables carry explicit roles: another `display` takes the
 * implied ones away.
 */
export const tableStyles = (narrow: number): CSSResult[] => [
  rows,
  css`
    @container (inline-size < ${narrow}px) {
      table,
      tbody {
        display: block;
      }

      thead {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }

      tr {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_space) calc(var(--_space) * 3);
        padding: calc(var(--_space) * 2.5) calc(var(--_space) * 4);
        border-block-start: 1px solid var(--_border);
      }

      td,
      td:first-child,
      td:last-child {
        padding: 0;
        border: 0;
      }

      td:last-child {
        margin-inline-start: auto;
      }

      td[colspan] {
        flex: 1 0 100%;
        min-inline-size: 0;
      }

      td[data-label]::before {
        content: attr(data-label) ' ';
        color: var(--_muted);
        font-size: var(--_size-xs);
      }
    }
  `,
];
