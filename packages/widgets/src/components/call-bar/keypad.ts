import { toAsciiDigits } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

export interface KeypadOptions {
  readonly hint: string;
  readonly sentLabel: string;
  /** What was sent so far in this call. */
  readonly sent: string;
  /** A key as the language writes it. */
  readonly write: (key: string) => string;
  readonly onKey: (key: string) => void;
}

/** The twelve keys, in the order of every telephone, in every direction of writing. */
export function renderKeypad({ hint, sentLabel, sent, write, onKey }: KeypadOptions): TemplateResult {
  const handleKeydown = (event: KeyboardEvent) => {
    const key = asKey(event.key);
    if (key === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onKey(key);
  };
  return html`
    <div class="keypad" @keydown=${handleKeydown}>
      <p class="sent tabular" dir="ltr"><span class="visually-hidden">${sentLabel}</span><span role="status">${write(sent)}</span></p>
      <div class="keys" dir="ltr">${KEYS.map((key, index) => html`<button type="button" ?autofocus=${index === 0} @click=${() => onKey(key)}>${write(key)}</button>`)}</div>
      <p class="hint">${hint}</p>
    </div>
  `;
}

/** Persian and Arabic keyboards type their own digits. */
function asKey(typed: string): string | undefined {
  const key = toAsciiDigits(typed);
  return (KEYS as readonly string[]).includes(key) ? key : undefined;
}
