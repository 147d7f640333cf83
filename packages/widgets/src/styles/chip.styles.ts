import { css } from 'lit';

/** A word with a shape and a colour: state is never colour alone. */
export const chipStyles = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    padding-inline: calc(var(--_space) * 2);
    min-block-size: calc(var(--_size) * 1.65);
    border-radius: 999px;
    border: 1px solid transparent;
    background: var(--_sunken);
    color: var(--_muted);
    font-size: var(--_size-xs);
    font-weight: 500;
    line-height: 1.4;
    white-space: nowrap;
  }

  .chip.success {
    background: var(--_success-ground);
    color: var(--_success);
  }

  .chip.warning {
    background: var(--_warning-ground);
    color: var(--_warning);
  }

  .chip.danger {
    background: var(--_danger-ground);
    color: var(--_danger);
  }

  .chip.recording {
    background: none;
    border-color: color-mix(in oklab, var(--_recording) 45%, transparent);
    color: var(--_recording);
  }

  @media (forced-colors: active) {
    .chip {
      border-color: CanvasText;
    }
  }
`;
