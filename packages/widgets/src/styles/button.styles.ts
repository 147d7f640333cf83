import { css } from 'lit';

/** `button` is a quiet one; `.primary`, `.danger`, `.plain` (no frame), `.icon` (square). */
export const buttonStyles = css`
  button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_space) * 1.5);
    min-block-size: var(--_control);
    margin: 0;
    padding-block: 0;
    padding-inline: calc(var(--_space) * 3);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_raised);
    color: var(--_text);
    font: inherit;
    font-weight: 500;
    line-height: 1.3;
    text-align: center;
    white-space: nowrap;
    cursor: pointer;
    transition:
      background-color var(--_duration),
      border-color var(--_duration);
  }

  button:hover {
    background: color-mix(in oklab, currentcolor 7%, var(--_raised));
  }

  button:active {
    background: color-mix(in oklab, currentcolor 13%, var(--_raised));
  }

  button.primary {
    background: var(--_accent);
    border-color: transparent;
    color: var(--_on-accent);
  }

  button.primary:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  button.danger {
    border-color: color-mix(in oklab, var(--_danger) 55%, transparent);
    color: var(--_danger);
  }

  button.danger.primary {
    background: light-dark(var(--_danger), #c5424a);
    border-color: transparent;
    color: #ffffff;
  }

  button.plain {
    background: none;
    border-color: transparent;
  }

  button.plain:hover {
    background: color-mix(in oklab, currentcolor 8%, transparent);
  }

  button.icon {
    inline-size: var(--_control);
    padding: 0;
  }

  button[aria-pressed='true'] {
    background: color-mix(in oklab, var(--_accent) 16%, var(--_raised));
    border-color: var(--_accent);
  }

  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
    color: var(--_muted);
    background: var(--_sunken);
    border-color: var(--_border);
  }

  button.link {
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    white-space: normal;
    text-align: start;
  }

  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      border-width: 3px;
    }
  }
`;
