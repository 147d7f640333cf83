import type { Bitmap } from '../document/ccitt.ts';
import { blackCodes, HORIZONTAL, modeCodes, PASS, whiteCodes } from '../document/ccitt-codes.ts';

/** For tests: the encoder to the decoder, written from the standard and not from it. */
export function encodeCcitt(bitmap: Bitmap, scheme: 'RLE' | 'T4' | 'T4-2D' | 'T6'): Uint8Array {
  const bits: string[] = [];
  const { width, height } = bitmap;
  let above: number[] = [];
  for (let y = 0; y < height; y += 1) {
    const line = changesOf(bitmap, y);
    const twoDimensional = scheme === 'T6' || (scheme === 'T4-2D' && y % 4 !== 0);
    if (scheme === 'T4') bits.push(EOL);
    if (scheme === 'T4-2D') bits.push(EOL, twoDimensional ? '0' : '1');
    bits.push(twoDimensional ? encodeReferring(line, above, width) : encodeRuns(line, width));
    if (scheme === 'RLE') bits.push('0'.repeat((8 - (bits.join('').length % 8)) % 8));
    if (scheme === 'RLE') bits.splice(0, bits.length, bits.join(''));
    above = line;
  }
  if (scheme === 'T4') bits.push(EOL.repeat(6));
  if (scheme === 'T4-2D') bits.push(`${EOL}1`.repeat(6));
  if (scheme === 'T6') bits.push(EOL, EOL);
  return pack(bits.join(''));
}

const EOL = '000000000001';
const inverse = (codes: ReadonlyMap<string, number>) => new Map([...codes].map(([word, value]) => [value, word]));
const white = inverse(whiteCodes);
const black = inverse(blackCodes);
const modes = inverse(modeCodes);

function changesOf({ width, rows }: Bitmap, y: number): number[] {
  const stride = (width + 7) >> 3;
  const changes: number[] = [];
  let before = 0;
  for (let x = 0; x < width; x += 1) {
    const dot = ((rows[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
    if (dot !== before) changes.push(x);
    before = dot;
  }
  return changes;
}

function run(length: number, isBlack: boolean): string {
  const codes = isBlack ? black : white;
  let text = '';
  let left = length;
  while (left >= 2560 + 64) {
    text += codes.get(2560);
    left -= 2560;
  }
  if (left >= 64) {
    text += codes.get(left - (left % 64));
    left %= 64;
  }
  return text + codes.get(left);
}

function encodeRuns(changes: readonly number[], width: number): string {
  let text = '';
  let at = 0;
  for (const [index, change] of [...changes, width].entries()) {
    text += run(change - at, index % 2 === 1);
    at = change;
  }
  return text;
}

function encodeReferring(line: readonly number[], above: readonly number[], width: number): string {
  let text = '';
  let a0 = -1;
  let isBlack = false;
  while (a0 < width) {
    const a1 = line.find((change, index) => change > a0 && index % 2 === (isBlack ? 1 : 0)) ?? width;
    const b1Index = above.findIndex((change, index) => change > a0 && index % 2 === (isBlack ? 1 : 0));
    const b1 = above[b1Index] ?? width;
    const b2 = (b1Index < 0 ? undefined : above[b1Index + 1]) ?? width;
    if (b2 < a1) {
      text += modes.get(PASS);
      a0 = b2;
    } else if (Math.abs(a1 - b1) <= 3) {
      text += modes.get(a1 - b1);
      a0 = a1;
      isBlack = !isBlack;
    } else {
      const a2 = line.find((change) => change > a1) ?? width;
      text += `${modes.get(HORIZONTAL)}${run(a1 - Math.max(a0, 0), isBlack)}${run(a2 - a1, !isBlack)}`;
      a0 = a2;
    }
  }
  return text;
}

function pack(bits: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let index = 0; index < bits.length; index += 1)
    if (bits[index] === '1') bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (128 >> (index & 7));
  return bytes;
}
