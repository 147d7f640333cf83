import { css } from 'lit';

/** A card, its heading line, and messages inside it. */
export const surfaceStyles = css`
  h2,
  h3,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
    list-style: none;
  }

  h2,
  h3 {
    font-size: var(--_size-l);
    font-weight: 600;
  }

  .surface {
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-large);
    padding: calc(var(--_space) * 4);
  }

  .stack {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 3);
  }

  /* A place for announcements is always there, and takes no room while it is silent. */
  .stack > [role='status']:empty {
    margin-block-start: calc(var(--_space) * -3);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2);
  }

  .spread {
    justify-content: space-between;
  }

  .message {
    display: flex;
    gap: calc(var(--_space) * 2);
    align-items: flex-start;
    padding: calc(var(--_space) * 2) calc(var(--_space) * 3);
    border-radius: var(--_radius);
    background: var(--_sunken);
    font-size: var(--_size-s);
  }

  .message > svg {
    margin-block-start: 0.2em;
  }

  .message.success {
    color: var(--_success);
    background: var(--_success-ground);
  }

  .message.warning {
    color: var(--_warning);
    background: var(--_warning-ground);
  }

  .message.danger {
    color: var(--_danger);
    background: var(--_danger-ground);
  }

  .empty {
    color: var(--_muted);
    padding: calc(var(--_space) * 4);
    text-align: center;
  }

  .skeleton {
    display: block;
    block-size: 1em;
    border-radius: var(--_radius);
    background: var(--_sunken);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  @media (forced-colors: active) {
    .message {
      border: 1px solid CanvasText;
    }

    .skeleton {
      border: 1px solid GrayText;
    }
  }
`;
