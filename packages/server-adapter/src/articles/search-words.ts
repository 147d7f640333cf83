import { foldText } from '@callweave/sdk/protocol';

/** What one word may consist of: letters, digits, the marks on them, and what joins the parts of a Persian word. */
const WORD = /(?:[\p{L}\p{N}\p{M}]|\u200c|\u200d)+/gu;
const JOINER = /\u200c/;
/** Longer ones are no words, and an index has its limits. */
const MAX_LETTERS = 60;
const MAX_TERMS = 12;

/**
 * The forms in which a word is found, folded: as one, and, when a zero-width non-joiner parts it, by its parts too, since
 * people write «نرم‌افزار», «نرم افزار» and «نرمافزار». Nothing but letters and digits is left in any of them.
 */
export function formsOf(word: string): { readonly whole: string; readonly parts: readonly string[] } {
  const whole = bare(word);
  const parts = JOINER.test(word) ? word.split(JOINER).map(bare).filter(Boolean) : [];
  return { whole, parts: parts.length > 1 ? parts : [] };
}

const bare = (word: string) =>
  foldText(word)
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, MAX_LETTERS);

/** The words of a text as they are written, with their places. */
export const wordsIn = (text: string) => text.matchAll(WORD);

/** All words of a text, each once, parted by single spaces: what both databases index. */
export function searchWords(text: string): string {
  const words = new Set<string>();
  for (const [word] of wordsIn(text)) {
    const { whole, parts } = formsOf(word);
    for (const form of [whole, ...parts]) if (form !== '') words.add(form);
  }
  return [...words].join(' ');
}

/** One word of what is looked for: found as it is, or, where it has parts, by all of them. */
export interface SearchTerm {
  readonly whole: string;
  readonly parts: readonly string[];
}

export function searchTerms(query: string): readonly SearchTerm[] {
  return Array.from(wordsIn(query), ([word]) => formsOf(word))
    .filter(({ whole }) => whole !== '')
    .slice(0, MAX_TERMS);
}

/** The terms in the language of each index; every word is taken as a beginning. They hold letters and digits alone. */
export function ftsQuery(terms: readonly SearchTerm[], column: 'title_words' | 'words'): string {
  const one = (word: string) => `"${word}" *`;
  return `{${column}} : (${join(terms, one, 'AND', 'OR')})`;
}

export const tsQuery = (terms: readonly SearchTerm[]): string => join(terms, (word) => `'${word}':*`, '&', '|');

function join(terms: readonly SearchTerm[], one: (word: string) => string, and: string, or: string): string {
  return terms
    .map(({ whole, parts }) =>
      parts.length === 0 ? one(whole) : `(${one(whole)} ${or} (${parts.map(one).join(` ${and} `)}))`,
    )
    .join(` ${and} `);
}
