import type { MarkedText } from '@callweave/sdk/protocol';
import { formsOf, type SearchTerm, wordsIn } from './search-words.ts';

const LENGTH = 180;
/** What is shown before the first word that was found. */
const BEFORE = 50;
const MAX_MARKS = 20;

/** Markdown as one line of plain text: for snippets, where nothing is drawn. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^\s*(?:```|~~~).*$/gm, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+|[-*_=]{3,}\s*$)/gm, '')
    .replace(/[*_`~|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Marks, in a text, the words that were looked for; as places in it, so that no markup is ever made. */
export function markWords(text: string, terms: readonly SearchTerm[]): MarkedText {
  const marks: [number, number][] = [];
  if (terms.length > 0)
    for (const match of wordsIn(text)) {
      if (marks.length >= MAX_MARKS) break;
      if (isFound(match[0], terms)) marks.push([match.index, match.index + match[0].length]);
    }
  return { text, marks };
}

/** A line of the text: around the first word that was found, or else its beginning. */
export function snippetOf(text: string, terms: readonly SearchTerm[]): MarkedText {
  const first = markWords(text, terms).marks[0]?.[0] ?? 0;
  const from = first > BEFORE ? wordStart(text, first - BEFORE) : 0;
  const to = text.length - from > LENGTH ? text.lastIndexOf(' ', from + LENGTH) : text.length;
  const cut = text.slice(from, to > from ? to : from + LENGTH);
  return markWords(`${from > 0 ? '… ' : ''}${cut}${from + cut.length < text.length ? ' …' : ''}`, terms);
}

function wordStart(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  return space === -1 ? at : space + 1;
}

function isFound(word: string, terms: readonly SearchTerm[]): boolean {
  const { whole, parts } = formsOf(word);
  const forms = [whole, ...parts];
  return terms.some((term) =>
    [term.whole, ...term.parts].some((wanted) => forms.some((form) => form.startsWith(wanted))),
  );
}

/** Whether every word that is looked for stands in the text. */
export function holdsAll(text: string, terms: readonly SearchTerm[]): boolean {
  const forms = Array.from(wordsIn(text), ([word]) => formsOf(word)).flatMap(({ whole, parts }) => [whole, ...parts]);
  const begins = (wanted: string) => forms.some((form) => form.startsWith(wanted));
  return terms.every(({ whole, parts }) => begins(whole) || (parts.length > 0 && parts.every(begins)));
}
