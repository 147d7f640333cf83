import { css } from 'lit';

/** `.field` holds a label, a control, a hint and an error, in this order. */
export const fieldStyles = css`
  .field {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    min-inline-size: 0;
  }

  label,
  legend,
  .label {
    font-size: var(--_size-s);
    font-weight: 500;
    color: var(--_text);
    padding: 0;
  }

  .optional {
    font-weight: 400;
    color: var(--_muted);
  }

  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    appearance: none;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_control);
    margin: 0;
    padding-block: var(--_space);
    padding-inline: calc(var(--_space) * 2.5);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  select {
    padding-inline-end: calc(var(--_space) * 7);
    background-image: linear-gradient(45deg, transparent 50%, var(--_muted) 50%), linear-gradient(135deg, var(--_muted) 50%, transparent 50%);
    background-position:
      calc(100% - 16px) 52%,
      calc(100% - 11px) 52%;
    background-size: 5px 5px;
    background-repeat: no-repeat;
  }

  select:dir(rtl) {
    background-position:
      11px 52%,
      16px 52%;
  }

  textarea {
    min-block-size: calc(var(--_control) * 2);
    resize: vertical;
    line-height: var(--_line);
  }

  input::placeholder,
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  /* An empty field of either direction begins where the language does; browsers would begin it at the left. */
  :is(input, textarea)[dir='auto']:placeholder-shown {
    direction: inherit;
  }

  input[type='checkbox'],
  input[type='radio'] {
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0;
    flex: none;
    accent-color: var(--_accent);
  }

  :is(input, select, textarea):focus-visible {
    outline-offset: -1px;
  }

  :is(input, select, textarea)[aria-invalid='true'] {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  :is(input, select, textarea):disabled {
    background: var(--_sunken);
    color: var(--_muted);
    border-color: var(--_border);
  }

  /* Numbers that are read aloud digit by digit. */
  input.code {
    direction: ltr;
    text-align: start;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
  }

  input.code:dir(rtl) {
    text-align: end;
  }

  .hint {
    font-size: var(--_size-xs);
    color: var(--_muted);
  }

  .field-error {
    font-size: var(--_size-xs);
    color: var(--_danger);
  }

  .choice {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 2);
    font-size: var(--_size);
    font-weight: 400;
  }
`;
