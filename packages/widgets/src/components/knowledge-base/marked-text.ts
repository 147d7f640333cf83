import type { MarkedText } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';

/** Plain text with what was looked for marked in it. */
export function markedText({ text, marks }: MarkedText): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(end, from), html`<mark>${text.slice(from, to)}</mark>`);
    end = to;
  }
  return [...parts, text.slice(end)];
}
