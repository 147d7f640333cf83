import { css } from 'lit';

export const requestSheetStyles = css`
  .sheet {
    display: grid;
    grid-template-columns: minmax(220px, 300px) minmax(0, 1fr);
    gap: calc(var(--_space) * 4);
    align-items: start;
  }

  .caller dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: calc(var(--_space) * 1) calc(var(--_space) * 3);
    font-size: var(--_size-s);
  }

  .caller dt {
    color: var(--_muted);
  }

  .caller dd {
    text-align: end;
  }

  .name {
    font-size: var(--_size-xl);
    font-weight: 650;
  }

  tbody tr {
    cursor: default;
  }

  tbody tr:focus-visible {
    outline-offset: -2px;
  }

  tr[aria-selected='true'] {
    background: color-mix(in oklab, var(--_accent) 6%, transparent);
  }

  tr.sent {
    color: var(--_muted);
  }

  tr.sent .side {
    color: inherit;
  }

  .form {
    padding-block-start: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  .read-back {
    padding: calc(var(--_space) * 3) calc(var(--_space) * 4);
    border-radius: var(--_radius);
    background: var(--_sunken);
    border-inline-start: 3px solid var(--_accent);
  }

  .read-back ol {
    display: grid;
    gap: calc(var(--_space) * 2);
    padding-inline-start: 1.4em;
    margin-block: calc(var(--_space) * 2);
    list-style: decimal;
    font-size: var(--_size-l);
  }

  .read-back ol:lang(fa) {
    list-style-type: persian;
  }

  @container (inline-size < 860px) {
    .sheet {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
