import { css } from 'lit';

export const callBarStyles = css`
  .bar {
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-large);
    box-shadow: var(--_shadow);
  }

  .main {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2) calc(var(--_space) * 4);
    padding: calc(var(--_space) * 2.5) calc(var(--_space) * 3);
    min-block-size: calc(var(--_control) + var(--_space) * 5);
  }

  /* The four facts: always these, always in this order, in columns that keep their width. */
  .facts {
    display: grid;
    grid-template-columns: minmax(9em, 14em) 10em 8.5em auto;
    justify-items: start;
    align-items: center;
    gap: var(--_space) calc(var(--_space) * 4);
    margin-inline-end: auto;
    min-inline-size: 0;
  }

  .who {
    min-inline-size: 0;
    line-height: 1.35;
  }

  .name {
    font-size: var(--_size-l);
    font-weight: 650;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .number {
    font-size: var(--_size-xs);
    color: var(--_muted);
  }

  .verified .tabular {
    min-inline-size: 2.9em;
  }

  .duration {
    font-size: var(--_size-xl);
    font-weight: 500;
    min-inline-size: 3em;
    text-align: end;
    justify-self: end;
  }

  /* A border: forced colours take a background away. */
  .dot {
    border: 0.3em solid;
    border-radius: 50%;
    animation: pulse 1.6s ease-in-out infinite alternate;
  }

  @keyframes pulse {
    to {
      opacity: 0.35;
    }
  }

  .controls {
    display: flex;
    flex: 1 0 auto;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: calc(var(--_space) * 2);
    max-inline-size: 100%;
  }

  .controls .tabular {
    min-inline-size: 2.6em;
    text-align: end;
  }

  .controls [aria-pressed='true'],
  .notice.warning {
    background: var(--_warning-ground);
    color: var(--_warning);
  }

  .controls [aria-pressed='true'] {
    border-color: currentcolor;
  }

  .signal {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    min-inline-size: 4.5em;
    font-size: var(--_size-xs);
    color: var(--_muted);
  }

  .signal svg {
    fill: currentcolor;
    stroke: none;
    inline-size: 1.5em;
  }

  .signal .off {
    opacity: 0.25;
  }

  .signal.fair {
    color: var(--_warning);
  }

  .signal.poor {
    color: var(--_danger);
  }

  .idle {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 2);
    margin-inline-end: auto;
  }

  .below {
    border-block-start: 1px solid var(--_border);
    padding: calc(var(--_space) * 3);
  }

  .notices {
    display: flex;
    flex-direction: column;
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
    font-size: var(--_size-s);
  }

  .notice > span {
    flex: 1;
    min-inline-size: 12em;
  }

  .notice button {
    min-block-size: calc(var(--_control) * 0.85);
  }

  .notice.danger {
    background: var(--_danger-ground);
    color: var(--_danger);
  }

  .notices > :last-child {
    border-end-start-radius: calc(var(--_radius-large) - 1px);
    border-end-end-radius: calc(var(--_radius-large) - 1px);
  }

  .keypad {
    display: grid;
    gap: calc(var(--_space) * 2);
    inline-size: 13em;
  }

  .keys {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: calc(var(--_space) * 1.5);
  }

  .keys button {
    font-size: var(--_size-l);
    min-block-size: calc(var(--_control) * 1.15);
  }

  .sent {
    min-block-size: 1.6em;
    padding-inline: calc(var(--_space) * 2);
    border-radius: var(--_radius);
    background: var(--_sunken);
    text-align: center;
    overflow: hidden;
    letter-spacing: 0.08em;
  }

  .devices {
    display: grid;
    gap: calc(var(--_space) * 2);
    inline-size: 17em;
    max-inline-size: 100%;
  }

  /* Below the facts: the buttons begin where the name does, and hang-up keeps to the far end. */
  @container (inline-size < 860px) {
    .facts {
      grid-template-columns: minmax(9em, 14em) 10em 8.5em 1fr;
      inline-size: 100%;
    }

    .controls {
      justify-content: flex-start;
    }

    .hang-up {
      margin-inline-start: auto;
    }
  }

  @container (inline-size < 1100px) {
    .controls button:not(.hang-up) .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .controls button:not(.hang-up) {
      min-inline-size: var(--_control);
      padding-inline: calc(var(--_space) * 2);
    }
  }

  @container (inline-size < 560px) {
    .facts {
      grid-template-columns: 1fr auto;
    }

    .duration {
      grid-area: 1 / 2;
    }

    .recorded {
      justify-self: end;
    }

    .signal {
      min-inline-size: 0;
      margin-inline-start: auto;
    }

    .hang-up {
      flex: 1 1 9em;
    }
  }
`;
