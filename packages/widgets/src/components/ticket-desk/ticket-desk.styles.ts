import { css } from 'lit';

export const ticketDeskStyles = css`
  .search {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(120px, 200px);
    gap: calc(var(--_space) * 2);
  }

  .both {
    display: grid;
    gap: calc(var(--_space) * 4);
  }

  @container (inline-size >= 1000px) {
    .both.opened {
      grid-template-columns: minmax(0, 1fr) minmax(360px, 44%);
    }
  }

  @container (inline-size < 1000px) {
    .both.opened > :first-child {
      display: none;
    }
  }

  .rows {
    position: relative;
    overflow: auto;
    block-size: var(--cw-ticket-desk-height, 560px);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    container-type: inline-size;
    overflow-anchor: none;
  }

  .before,
  .after {
    inline-size: 1px;
  }

  [role='row'] {
    display: grid;
    grid-template-columns: 64px minmax(0, 2fr) minmax(0, 1fr) 92px 130px minmax(0, 1fr) 130px;
    align-items: center;
    gap: calc(var(--_space) * 3);
    padding-inline: calc(var(--_space) * 3);
    border-block-end: 1px solid var(--_border);
  }

  [role='row'] > * {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line {
    block-size: 44px;
    cursor: pointer;
    contain: layout paint style;
  }

  .line:hover {
    background: color-mix(in oklab, var(--_text) 5%, transparent);
  }

  .line[aria-selected='true'] {
    background: color-mix(in oklab, var(--_accent) 12%, transparent);
  }

  .rows:focus-visible .line.active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .rows:focus-visible {
    outline-offset: 1px;
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

  @container (inline-size < 760px) {
    .head {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .line {
      grid-template-columns: minmax(0, 1fr) auto;
      grid-template-rows: repeat(3, 1fr);
      gap: 0 calc(var(--_space) * 2);
      block-size: 96px;
      padding-block: calc(var(--_space) * 1.5);
    }

    .line > .title {
      grid-area: 1 / 1;
    }

    .line > .due {
      grid-area: 1 / 2;
      text-align: end;
    }

    .line > .customer {
      grid-area: 2 / 1;
    }

    .line > .state {
      grid-area: 2 / 2;
      text-align: end;
    }

    .line > .assignee {
      grid-area: 3 / 1;
    }

    .line > .priority {
      grid-area: 3 / 2;
      text-align: end;
    }

    .line > .number {
      display: none;
    }
  }

  @container (inline-size < 420px) {
    .search {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
