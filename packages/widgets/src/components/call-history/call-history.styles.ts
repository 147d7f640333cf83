import { css } from 'lit';

export const callHistoryStyles = css`
  form {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
    align-items: start;
    gap: calc(var(--_space) * 3);
  }

  details {
    grid-column: 1 / -1;
  }

  summary {
    cursor: pointer;
    min-block-size: 24px;
  }

  .more {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
    gap: calc(var(--_space) * 3);
    padding-block: calc(var(--_space) * 2);
  }

  .decide {
    grid-column: 1 / -1;
  }

  .rows {
    position: relative;
    overflow: auto;
    max-block-size: var(--cw-call-history-height, 480px);
    border-block-start: 1px solid var(--_border);
    container-type: inline-size;
  }

  .before,
  .after {
    inline-size: 1px;
  }

  [role='row'] {
    display: grid;
    /* In px: the heading has smaller letters, and stands over the same columns. */
    grid-template-columns: 150px 165px minmax(80px, 1.4fr) minmax(80px, 1fr) 130px 70px 44px;
    align-items: center;
    gap: calc(var(--_space) * 3);
    box-sizing: border-box;
    padding-inline: calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_border);
  }

  .row-of-call {
    block-size: 44px;
  }

  [role='row'] > * {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    block-size: 36px;
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_size-xs);
  }

  .row-of-call[aria-selected='true'] {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
  }

  .row-of-call button {
    min-block-size: 32px;
  }

  .length,
  .head > .length {
    text-align: end;
  }

  progress {
    inline-size: 160px;
    accent-color: var(--_accent);
  }

  @container (inline-size < 820px) {
    .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .row-of-call {
      grid-template-columns: minmax(0, 1fr) auto 44px;
      grid-template-rows: 1fr 1fr 1fr;
      gap: 0 calc(var(--_space) * 2);
      block-size: 92px;
      padding-block: 6px;
    }

    .row-of-call > .number {
      grid-area: 1 / 1;
    }

    .row-of-call > .customer {
      grid-area: 2 / 1;
    }

    .row-of-call > .time {
      grid-area: 3 / 1;
    }

    .row-of-call > .outcome {
      grid-area: 1 / 2;
    }

    .row-of-call > .agent {
      grid-area: 2 / 2;
      text-align: end;
    }

    .row-of-call > .length {
      grid-area: 3 / 2;
    }

    .row-of-call > .recording {
      grid-area: 1 / 3 / 4 / 3;
    }
  }
`;
