import { BitReader } from './bit-reader.ts';
import { blackCodes, HORIZONTAL, MODE_BITS, modeCodes, PASS, RUN_BITS, whiteCodes } from './ccitt-codes.ts';

/** How the lines are written: `T4` one- or two-dimensional with end-of-line codes, `RLE` without them, `T6` (group 4). */
export interface CcittOptions {
  readonly scheme: 'RLE' | 'T4' | 'T6';
  /** T.4: lines may refer to the line above; a bit after each end-of-line tells. */
  readonly twoDimensional: boolean;
  readonly width: number;
  /** Lines at most; a stream that ends before gives white lines. */
  readonly height: number;
}

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Rows of whole bytes, the left pixel in the highest bit; 1 is ink. */
  readonly rows: Uint8Array;
}

export interface DecodedPage extends Bitmap {
  /** Lines that arrived broken and were filled with the line above, as a fax machine prints them. */
  readonly damagedLines: number;
}

/** One array access per code word: index is the next bits, value is (length << 16 | run), 0 where no word fits. */
function lookup(codes: ReadonlyMap<string, number>, bits: number): Int32Array {
  const table = new Int32Array(1 << bits);
  for (const [word, value] of codes) {
    const first = Number.parseInt(word, 2) << (bits - word.length);
    const entry = (word.length << 16) | (value & 0xffff);
    table.fill(entry, first, first + (1 << (bits - word.length)));
  }
  return table;
}

const whiteTable = lookup(whiteCodes, RUN_BITS);
const blackTable = lookup(blackCodes, RUN_BITS);
const modeTable = lookup(modeCodes, MODE_BITS);

/** A line is a list of the positions where its colour changes, beginning with white. */
interface Line {
  readonly changes: Int32Array;
  count: number;
}

/**
 * Decodes fax pages. Never throws on broken data and never does more work than the given width and height allow: a
 * damaged line is counted and replaced, and a stream without sense gives white paper.
 */
export function decodeCcitt(bytes: Uint8Array, options: CcittOptions): DecodedPage {
  const { width, height, scheme } = options;
  const bits = new BitReader(bytes);
  const stride = (width + 7) >> 3;
  const rows = new Uint8Array(stride * height);
  let above: Line = { changes: new Int32Array(width + 4), count: 0 };
  let line: Line = { changes: new Int32Array(width + 4), count: 0 };
  let damagedLines = 0;
  for (let y = 0; y < height && !bits.atEnd; y += 1) {
    let twoDimensional = scheme === 'T6';
    if (scheme === 'T4') {
      const ends = skipEndsOfLine(bits, options.twoDimensional);
      if (ends.count >= 2 || bits.atEnd) break;
      twoDimensional = ends.twoDimensional;
    } else if (scheme === 'T6' && bits.peek(12) === 1) break;
    const whole = twoDimensional ? readReferring(bits, above, line, width) : readRuns(bits, line, width);
    if (!whole) {
      damagedLines += 1;
      if (scheme !== 'T4') {
        // Without end-of-line codes nothing tells where the next line begins.
        damagedLines += height - y - 1;
        break;
      }
      copyLine(above, line);
      seekEndOfLine(bits);
    }
    paint(rows, y * stride, line, width);
    if (scheme === 'RLE') bits.toByte();
    [above, line] = [line, above];
  }
  return { width, height, rows, damagedLines };
}

/** Passes end-of-line codes (with any fill before them); two in a row end the page. */
function skipEndsOfLine(bits: BitReader, mayRefer: boolean): { count: number; twoDimensional: boolean } {
  let count = 0;
  let twoDimensional = false;
  while (!bits.atEnd && bits.peek(11) === 0) {
    while (!bits.atEnd && bits.peek(1) === 0) bits.skip(1);
    if (bits.atEnd) break;
    bits.skip(1);
    count += 1;
    if (mayRefer) {
      twoDimensional = bits.peek(1) === 0;
      bits.skip(1);
    }
  }
  return { count, twoDimensional };
}

function seekEndOfLine(bits: BitReader): void {
  while (!bits.atEnd && bits.peek(11) !== 0) bits.skip(1);
}

/** One run with its make-up codes; negative when no code fits. */
function readRun(bits: BitReader, table: Int32Array): number {
  let run = 0;
  for (;;) {
    const entry = table[bits.peek(RUN_BITS)] as number;
    if (entry === 0 || bits.atEnd) return -1;
    bits.skip(entry >> 16);
    const length = entry & 0xffff;
    run += length;
    if (length < 64) return run;
    if (run > 1_000_000) return -1;
  }
}

/** A run of no length is no change at all. So positions rise, and a line never holds more of them than it has pixels. */
function change(line: Line, at: number): void {
  if (line.count > 0 && line.changes[line.count - 1] === at) line.count -= 1;
  else line.changes[line.count++] = at;
}

function readRuns(bits: BitReader, line: Line, width: number): boolean {
  line.count = 0;
  let at = 0;
  for (let black = false; at < width; black = !black) {
    const run = readRun(bits, black ? blackTable : whiteTable);
    if (run < 0 || at + run > width) return false;
    at += run;
    change(line, at);
  }
  return true;
}

function readReferring(bits: BitReader, above: Line, line: Line, width: number): boolean {
  line.count = 0;
  let at = -1;
  let black = false;
  let reference = 0;
  while (at < width) {
    // b1: the first change above, right of here, to the colour opposite to the current one; b2 is the change after it.
    while (reference > 0 && (above.changes[reference - 1] as number) > at) reference -= 1;
    while (
      reference < above.count &&
      ((above.changes[reference] as number) <= at || (reference & 1) !== (black ? 1 : 0))
    )
      reference += 1;
    const b1 = reference < above.count ? (above.changes[reference] as number) : width;
    const entry = modeTable[bits.peek(MODE_BITS)] as number;
    if (entry === 0 || bits.atEnd) return false;
    bits.skip(entry >> 16);
    const mode = (entry << 16) >> 16;
    if (mode === PASS) {
      at = reference + 1 < above.count ? (above.changes[reference + 1] as number) : width;
    } else if (mode === HORIZONTAL) {
      const first = readRun(bits, black ? blackTable : whiteTable);
      const second = first < 0 ? -1 : readRun(bits, black ? whiteTable : blackTable);
      const from = Math.max(at, 0);
      if (second < 0 || from + first + second > width) return false;
      change(line, from + first);
      change(line, from + first + second);
      at = from + first + second;
    } else {
      const to = b1 + mode;
      if (to < Math.max(at, 0) || to > width) return false;
      change(line, to);
      at = to;
      black = !black;
    }
  }
  return true;
}

function copyLine(from: Line, to: Line): void {
  to.changes.set(from.changes.subarray(0, from.count));
  to.count = from.count;
}

function paint(rows: Uint8Array, offset: number, line: Line, width: number): void {
  for (let index = 0; index < line.count; index += 2) {
    const from = line.changes[index] as number;
    const to = index + 1 < line.count ? (line.changes[index + 1] as number) : width;
    fill(rows, offset, from, to);
  }
}

function fill(rows: Uint8Array, offset: number, from: number, to: number): void {
  if (from >= to) return;
  const first = offset + (from >> 3);
  const last = offset + ((to - 1) >> 3);
  const head = 0xff >> (from & 7);
  const tail = (0xff << (7 - ((to - 1) & 7))) & 0xff;
  if (first === last) rows[first] = (rows[first] ?? 0) | (head & tail);
  else {
    rows[first] = (rows[first] ?? 0) | head;
    rows.fill(0xff, first + 1, last);
    rows[last] = (rows[last] ?? 0) | tail;
  }
}
