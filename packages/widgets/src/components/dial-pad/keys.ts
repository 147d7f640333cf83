import { toAsciiDigits } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const LONG_MS = 600;

export interface KeysOptions {
  readonly label: string;
  /** A key as the language writes it. */
  readonly write: (key: string) => string;
  readonly onKey: (key: string) => void;
  readonly onDelete?: () => void;
  /** `+` by holding 0. */
  readonly plus: boolean;
}

let held: ReturnType<typeof setTimeout> | undefined;
/** The press that is over was a long one: its click means nothing more. */
let wasLong = false;

/** The twelve keys, in the order of every telephone, in every direction of writing. */
export function renderKeys({ label, write, onKey, onDelete, plus }: KeysOptions): TemplateResult {
  const handleKeydown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = toAsciiDigits(event.key);
    if (event.key === 'Backspace' && onDelete) onDelete();
    else if ((KEYS as readonly string[]).includes(key) || (plus && key === '+')) onKey(key);
    else return;
    event.preventDefault();
  };
  const handleDown = (key: string) => {
    wasLong = false;
    clearTimeout(held);
    if (key !== '0' || !plus) return;
    held = setTimeout(() => {
      wasLong = true;
      onKey('+');
    }, LONG_MS);
  };
  const handleUp = () => clearTimeout(held);
  const handleClick = (key: string) => {
    if (!wasLong) onKey(key);
    wasLong = false;
  };
  return html`<div class="keys" dir="ltr" role="group" aria-label=${label} @keydown=${handleKeydown}>
    ${KEYS.map(
      (key) =>
        html`<button type="button" data-key=${key} @pointerdown=${() => handleDown(key)} @pointerup=${handleUp} @pointerleave=${handleUp} @pointercancel=${handleUp} @click=${() => handleClick(key)}>${write(key)}${plus && key === '0' ? html`<span class="plus" aria-hidden="true">+</span>` : ''}</button>`,
    )}
  </div>`;
}
