import createBidi, { type Bidi, type EmbeddingLevels } from 'bidi-js';

// Its types speak of the ES build; Node loads the other one, whose whole export is the function.
const bidi = (createBidi as unknown as () => Bidi)();

/** Characters of one direction and one script without a space among them, as they are handed to the shaper. */
export interface TextChunk {
  readonly text: string;
  /** From the left edge of the line. */
  readonly x: number;
}

export interface TextLine {
  /** From left to right, as they stand on paper. */
  readonly chunks: readonly TextChunk[];
  readonly width: number;
}

export type Direction = 'ltr' | 'rtl';
type Measure = (text: string) => number;

/** Overrides could make a text read as something else than what it says; embeddings are replaced by isolates today. */
const OVERRIDES = /[\u202a-\u202e]/g;
const INVISIBLE = /[\u200e\u200f\u2066-\u2069\ufeff]/;
/** Letters, and the digits of Persian too: what the shaper takes for Arabic script it turns round. */
const ARABIC = /\p{Script=Arabic}/u;

/** Breaks a text at spaces (and inside a word that is wider than the line) and puts each line in visual order. */
export function layOut(text: string, direction: Direction, width: number, measure: Measure): TextLine[] {
  return text
    .replace(OVERRIDES, '')
    .replaceAll('\t', ' ')
    .split(/\r?\n/)
    .flatMap((paragraph) => layOutParagraph(paragraph, direction, width, measure));
}

function layOutParagraph(text: string, direction: Direction, width: number, measure: Measure): TextLine[] {
  if (text === '') return [{ chunks: [], width: 0 }];
  const levels = bidi.getEmbeddingLevels(text, direction);
  const placed = (start: number, end: number) => placeLine(text, levels, start, end, measure);
  return breakLines(text, width, (start, end) => placed(start, end).width).map(([start, end]) => placed(start, end));
}

/** Ranges `[start, end)` of the lines, without the spaces at which they were broken. */
function breakLines(text: string, width: number, measure: (start: number, end: number) => number): [number, number][] {
  const lines: [number, number][] = [];
  let start = 0;
  let end = 0;
  for (const word of text.matchAll(/\S+/g)) {
    const wordEnd = word.index + word[0].length;
    if (end > start && measure(start, wordEnd) > width) {
      lines.push([start, end]);
      start = word.index;
    }
    end = wordEnd;
    while (measure(start, end) > width) {
      const cut = fitting(text, start, end, width, measure);
      if (cut >= end) break;
      lines.push([start, cut]);
      start = cut;
    }
  }
  lines.push([start, end]);
  return lines;
}

/** Where a word that is wider than the line has to be cut; at least one character is taken. */
function fitting(
  text: string,
  start: number,
  end: number,
  width: number,
  measure: (start: number, end: number) => number,
): number {
  let cut = start;
  for (const { index, segment } of new Intl.Segmenter().segment(text.slice(start, end))) {
    const next = start + index + segment.length;
    if (cut > start && measure(start, next) > width) return cut;
    cut = next;
  }
  return cut;
}

function placeLine(text: string, levels: EmbeddingLevels, start: number, end: number, measure: Measure): TextLine {
  const chunks: TextChunk[] = [];
  let x = 0;
  let run: { characters: string[]; rtl: boolean; arabic: boolean } | undefined;
  const close = () => {
    if (run === undefined) return;
    const chunk = shaperText(run.characters);
    chunks.push({ text: chunk, x });
    x += measure(chunk);
    run = undefined;
  };
  const order = end > start ? bidi.getReorderedIndices(text, levels, start, end - 1).slice(start, end) : [];
  for (const index of order) {
    const character = text[index] ?? '';
    if (INVISIBLE.test(character)) continue;
    if (character === ' ' || character === '\u00a0' || character === '\u202f') {
      close();
      x += measure(' ');
      continue;
    }
    const rtl = (levels.levels[index] ?? 0) % 2 === 1;
    const arabic = rtl || ARABIC.test(character);
    if (run === undefined || run.rtl !== rtl || run.arabic !== arabic) {
      close();
      run = { characters: [], rtl, arabic };
    }
    run.characters.push(rtl ? (bidi.getMirroredCharacter(character) ?? character) : character);
  }
  close();
  return { chunks, width: x };
}

/**
 * The shaper takes logical order and turns round whatever holds Arabic script: letters, which want it, and the digits of
 * Persian, which do not. So both are given the other way round than they stand, and signs alone as they stand.
 */
function shaperText(visual: readonly string[]): string {
  const text = visual.join('');
  return ARABIC.test(text) ? Array.from(text).reverse().join('') : text;
}
