import { html, type TemplateResult } from 'lit';

/** An address ends before punctuation that closes the sentence around it. */
const ADDRESS = /https:\/\/[^\s<>"'()]+[^\s<>"'().,;:!?،؛؟]/g;

/** Plain text in which `https://` addresses can be followed. Nothing else becomes a link, and nothing becomes markup. */
export function linkedText(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const [address] = match;
    if (!URL.canParse(address)) continue;
    parts.push(
      text.slice(end, match.index),
      html`<a href=${address} target="_blank" rel="noopener noreferrer"><bdi dir="ltr">${address}</bdi></a>`,
    );
    end = match.index + address.length;
  }
  return [...parts, text.slice(end)];
}
