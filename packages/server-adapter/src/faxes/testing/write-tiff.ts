import type { Bitmap } from '../document/ccitt.ts';

export interface WriteTiffOptions {
  /** @default 196, "fine" */
  readonly yDpi?: number;
  readonly littleEndian?: boolean;
  /** Encoded pictures instead of plain ones. */
  readonly compression?: 1 | 2 | 3 | 4;
  readonly encode?: (bitmap: Bitmap) => Uint8Array;
  readonly t4Options?: number;
  readonly fillOrder?: 1 | 2;
  /** Rows of one strip. @default all of them */
  readonly rowsPerStrip?: number;
}

/** Writes a TIFF for tests, in any of the forms that fax programs write. */
export function writeTiff(pages: readonly Bitmap[], options: WriteTiffOptions = {}): Uint8Array {
  const { littleEndian = true, yDpi = 196, compression = 1, fillOrder = 1 } = options;
  const parts: Uint8Array[] = [new Uint8Array(8)];
  let size = 8;
  const add = (bytes: Uint8Array) => {
    const at = size;
    parts.push(bytes);
    size += bytes.length;
    if (size % 2 === 1) {
      parts.push(new Uint8Array(1));
      size += 1;
    }
    return at;
  };
  const view = (length: number) => {
    const bytes = new Uint8Array(length);
    return { bytes, data: new DataView(bytes.buffer) };
  };
  const links: { part: Uint8Array; at: number }[] = [{ part: parts[0] as Uint8Array, at: 4 }];
  for (const page of pages) {
    const stride = (page.width + 7) >> 3;
    const rows = options.rowsPerStrip ?? page.height;
    const strips: { at: number; length: number }[] = [];
    for (let y = 0; y < page.height; y += rows) {
      const height = Math.min(rows, page.height - y);
      const part = { width: page.width, height, rows: page.rows.subarray(y * stride, (y + height) * stride) };
      const encoded = options.encode?.(part) ?? part.rows;
      const bytes = fillOrder === 2 ? encoded.map(mirror) : encoded;
      strips.push({ at: add(bytes), length: bytes.length });
    }
    const longs = (values: readonly number[]) => {
      const { bytes, data } = view(4 * values.length);
      for (const [index, value] of values.entries()) data.setUint32(4 * index, value, littleEndian);
      return add(bytes);
    };
    const single = strips.length === 1;
    const offsets = single ? (strips[0]?.at ?? 0) : longs(strips.map(({ at }) => at));
    const lengths = single ? (strips[0]?.length ?? 0) : longs(strips.map(({ length }) => length));
    const xResolution = longs([204, 1]);
    const yResolution = longs([yDpi, 1]);
    const fields: [tag: number, type: number, count: number, value: number][] = [
      [254, 4, 1, 2],
      [256, 4, 1, page.width],
      [257, 4, 1, page.height],
      [258, 3, 1, 1],
      [259, 3, 1, compression],
      [262, 3, 1, 0],
      [266, 3, 1, fillOrder],
      [273, 4, strips.length, offsets],
      [277, 3, 1, 1],
      [278, 4, 1, rows],
      [279, 4, strips.length, lengths],
      [282, 5, 1, xResolution],
      [283, 5, 1, yResolution],
      ...(options.t4Options === undefined ? [] : [[292, 4, 1, options.t4Options] as [number, number, number, number]]),
      [296, 3, 1, 2],
    ];
    const { bytes, data } = view(2 + 12 * fields.length + 4);
    data.setUint16(0, fields.length, littleEndian);
    for (const [index, [tag, type, count, value]] of fields.entries()) {
      const at = 2 + 12 * index;
      data.setUint16(at, tag, littleEndian);
      data.setUint16(at + 2, type, littleEndian);
      data.setUint32(at + 4, count, littleEndian);
      if (type === 3) data.setUint16(at + 8, value, littleEndian);
      else data.setUint32(at + 8, value, littleEndian);
    }
    const link = links.at(-1) as { part: Uint8Array; at: number };
    const at = add(bytes);
    new DataView(link.part.buffer).setUint32(link.at, at, littleEndian);
    links.push({ part: bytes, at: 2 + 12 * fields.length });
  }
  const head = new DataView((parts[0] as Uint8Array).buffer);
  head.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  head.setUint16(2, 42, littleEndian);
  return Buffer.concat(parts);
}

function mirror(byte: number): number {
  let value = 0;
  for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) value |= 128 >> bit;
  return value;
}
