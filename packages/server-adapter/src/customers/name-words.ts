import { foldText, foldTight } from '@callweave/sdk/protocol';

const MAX_WORDS = 12;

/** The folded words of a text, for looking up a part of a name. */
export function wordsOf(text: string): string[] {
  const words = foldText(text)
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** What is indexed of a name: its words, and the whole without spaces, for «محمد رضا» is written «محمدرضا» as well. */
export function indexedWordsOf(name: string): string[] {
  return [...new Set([...wordsOf(name), foldTight(name)])].filter((word) => word !== '');
}
