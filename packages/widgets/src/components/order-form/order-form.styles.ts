import { css } from 'lit';

export const orderFormStyles = css`
  form {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: calc(var(--_space) * 3);
  }

  h3,
  .message,
  .actions {
    grid-column: 1 / -1;
  }

  .side {
    grid-column: span 2;
  }

  cw-instrument-picker {
    grid-column: span 4;
  }

  .third {
    grid-column: span 2;
  }

  /* A legend takes no part in the gap of its field. */
  legend {
    margin-block-end: var(--_space);
  }

  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
  }

  .choices label {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_space) * 1.5);
    min-block-size: var(--_control);
    padding-inline: calc(var(--_space) * 2);
    border: 1px solid var(--_border-strong);
    font-size: var(--_size);
    cursor: pointer;
  }

  .choices label:first-child {
    border-start-start-radius: var(--_radius);
    border-end-start-radius: var(--_radius);
  }

  .choices label:last-child {
    border-start-end-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }

  .choices label + label {
    border-inline-start: 0;
  }

  .choices label:has(:checked) {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_accent);
    font-weight: 600;
  }

  .choices label:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .total {
    min-block-size: 1.5em;
  }

  @container (inline-size < 560px) {
    .side,
    .third,
    cw-instrument-picker {
      grid-column: 1 / -1;
    }
  }
`;
