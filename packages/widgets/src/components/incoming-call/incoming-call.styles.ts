import { css } from 'lit';

export const incomingCallStyles = css`
  :host([placement='top']) {
    position: fixed;
    inset-block-start: calc(var(--_space) * 3);
    inset-inline: calc(var(--_space) * 3);
    margin-inline: auto !important;
    max-inline-size: 900px;
    z-index: var(--cw-layer, 2147483000);
    pointer-events: none;
  }

  .rings {
    pointer-events: auto;
    background: var(--_raised);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius-large) + 4px);
    box-shadow: var(--_shadow-raised);
    overflow: clip;
    animation: arrive var(--_duration) ease-out;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 -8px;
    }
  }

  .ring {
    display: grid;
    grid-template-columns: auto 1fr auto auto;
    align-items: center;
    column-gap: calc(var(--_space) * 3);
    row-gap: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 2.5) calc(var(--_space) * 3);
  }

  .ring + .ring {
    border-block-start: 1px solid var(--_border);
  }

  .bell {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: var(--_success-ground);
    color: var(--_success);
    font-size: 18px;
  }

  .bell::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 50%;
    border: 2px solid currentcolor;
    animation: ring 1.6s ease-out infinite;
  }

  @keyframes ring {
    from {
      opacity: 0.7;
    }
    to {
      opacity: 0;
      scale: 1.35;
    }
  }

  .who {
    min-inline-size: 0;
  }

  .name {
    font-size: var(--_size-l);
    font-weight: 650;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
    font-size: var(--_size-s);
    color: var(--_muted);
  }

  .facts > span:not(.chip):has(+ span)::after {
    content: '·';
    margin-inline-start: calc(var(--_space) * 2);
  }

  .facts .chip {
    white-space: normal;
  }

  .entitlement {
    font-size: var(--_size-s);
    color: var(--_text);
  }

  .timer {
    font-size: var(--_size-l);
    font-weight: 500;
    min-inline-size: 3.2em;
    text-align: end;
  }

  .actions {
    display: flex;
    gap: calc(var(--_space) * 2);
  }

  .answer {
    min-inline-size: 6em;
    color: var(--_success);
    border-color: currentcolor;
  }

  .answer.primary {
    background: var(--_success);
    border-color: transparent;
    color: light-dark(#ffffff, #06210f);
  }

  .answer.primary:hover {
    background: color-mix(in oklab, var(--_success) 85%, var(--_text));
  }

  .answer:focus-visible {
    outline-color: var(--_success);
  }

  .ring.further .bell {
    inline-size: 28px;
    block-size: 28px;
    font-size: 14px;
    margin-inline: 6px;
  }

  .ring.further .name {
    font-size: var(--_size);
  }

  .at-telephone {
    display: inline-flex;
    gap: calc(var(--_space) * 1.5);
    align-items: center;
    color: var(--_success);
    font-weight: 500;
  }

  .notice {
    display: flex;
    gap: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 4);
    font-size: var(--_size-s);
    background: var(--_warning-ground);
    color: var(--_warning);
  }

  .notice svg {
    margin-block-start: 0.2em;
  }

  .notice.danger {
    background: var(--_danger-ground);
    color: var(--_danger);
  }

  @container (inline-size < 900px) {
    .ring[data-elsewhere] {
      grid-template-columns: auto 1fr auto;
    }

    .ring[data-elsewhere] .actions {
      grid-column: 1 / -1;
      flex-wrap: wrap;
      align-items: center;
    }

    .at-telephone {
      flex: 1 1 100%;
    }
  }

  @container (inline-size < 640px) {
    .ring {
      grid-template-columns: auto 1fr auto;
    }

    .ring .actions {
      grid-column: 1 / -1;
    }

    .ring .actions button:not(.icon) {
      flex: 1;
    }

    .ring .bell {
      align-self: start;
    }

    .timer {
      align-self: start;
    }
  }

  @media (forced-colors: active) {
    .rings {
      border: 2px solid CanvasText;
    }
  }
`;
