import { type CSSResult, css } from 'lit';

export const numberPairingsStyles = css`
  [role='tablist'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    border-block-end: 1px solid var(--_border);
  }

  [role='tab'] {
    border: 0;
    border-radius: 0;
    background: none;
    border-block-end: 3px solid transparent;
  }

  [role='tab'][aria-selected='true'] {
    border-block-end-color: var(--_accent);
    font-weight: 600;
  }
`;

/** What all panels share: a form above, a list of rows of one height below. */
export const numberPanelStyles = css`
  form {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(270px, 100%), 1fr));
    align-items: start;
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }

  form > .wide,
  form > .decide {
    grid-column: 1 / -1;
  }

  form textarea {
    min-block-size: 6em;
  }

  .search {
    flex: 1 1 14em;
    max-inline-size: 320px;
  }

  .rows {
    position: relative;
    overflow: auto;
    max-block-size: var(--cw-number-pairings-height, 480px);
    border-block-start: 1px solid var(--_border);
    container-type: inline-size;
  }

  .before,
  .after {
    inline-size: 1px;
  }

  [role='row'] {
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    gap: calc(var(--_space) * 3);
    padding-inline: calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_border);
  }

  .line {
    block-size: 44px;
  }

  .line > * {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line > :last-child {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: calc(var(--_space) * 1.5);
    overflow: visible;
  }

  .line.asks {
    grid-template-columns: minmax(6em, 1fr) auto;
  }

  .line button,
  .line select {
    min-block-size: 32px;
    font-size: var(--_size-s);
  }

  .head > :last-child {
    text-align: end;
  }

  /* What a bare figure means, where the names of the columns are not seen. */
  .cell-label {
    display: none;
  }

  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    block-size: 36px;
    background: var(--_surface);
    color: var(--_muted);
  }

  /* Not on the row: its columns are measured in em, and stand above those of the lines. */
  .head > * {
    font-size: var(--_size-xs);
  }

  a.button {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--_control);
    padding-inline: calc(var(--_space) * 3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_raised);
    color: var(--_text);
    font-weight: 500;
    text-decoration: none;
  }
`;

/** Below `narrow` pixels every row is a card of one height, so that no action is out of sight. */
export const narrowRows = (narrow: number): CSSResult => css`
  @container (inline-size < ${narrow}px) {
    .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .line {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-auto-rows: 24px;
      align-content: center;
      gap: 0 calc(var(--_space) * 3);
      block-size: 148px;
    }

    .line:not(.asks) > :first-child:not(:last-child) {
      grid-column: 1 / -1;
    }

    .line.asks {
      grid-template-columns: minmax(0, 1fr);
      grid-auto-rows: auto;
    }

    .line.asks > * {
      white-space: normal;
    }

    /* A telephone number is never cut. */
    .line bdi.tabular {
      font-size: var(--_size-xs);
    }

    .cell-label {
      display: inline;
    }

    .line > :last-child {
      grid-column: 1 / -1;
      justify-content: flex-start;
      min-block-size: 40px;
      flex-wrap: wrap;
    }
  }
`;
