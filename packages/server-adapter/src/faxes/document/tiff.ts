import { type Bitmap, type DecodedPage, decodeCcitt } from './ccitt.ts';
import { FaxDocumentError } from './document-error.ts';
import { readDirectories, type Tags } from './tiff-directories.ts';

/** What a page may have at most: A3 at 400 dpi fits; what asks for more memory than that is no fax. */
const MAX_WIDTH = 5_000;
const MAX_PIXELS = 40_000_000;
const MAX_PAGES = 500;
/** Of all pages together: some three hundred of A4 in fine resolution. */
const MAX_ALL_PIXELS = 1_200_000_000;
const MAX_STRIPS = 20_000;

export interface TiffStrip {
  /** The highest bit of a byte is the left pixel. */
  readonly bytes: Uint8Array;
  readonly height: number;
}

export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Dots per inch. */
  readonly xDpi: number;
  readonly yDpi: number;
  readonly encoding: 'none' | 'RLE' | 'T4' | 'T6';
  /** T.4 lines may refer to the line above. */
  readonly twoDimensional: boolean;
  /** A set bit of the picture is white. */
  readonly inverted: boolean;
  readonly strips: readonly TiffStrip[];
}

const encodings = { 1: 'none', 2: 'RLE', 3: 'T4', 4: 'T6' } as const;

/**
 * The pages of a fax: black and white, group 3, group 4 or not compressed, which is what fax machines, exchanges and
 * providers write. Everything else is refused. Pixels are only looked at by {@link decodePage}.
 *
 * @throws FaxDocumentError
 */
export function readTiff(bytes: Uint8Array): readonly TiffPage[] {
  const directories = readDirectories(bytes, MAX_PAGES);
  // Reduced pictures of a page (a thumbnail) are no pages.
  const pages = directories.filter((tags) => ((tags.first(254) ?? 0) & 1) === 0).map((tags) => pageOf(bytes, tags));
  if (pages.length === 0) throw new FaxDocumentError('unreadable', 'The TIFF holds no page.');
  const dots = pages.reduce((sum, { width, height }) => sum + width * height, 0);
  if (dots > MAX_ALL_PIXELS) throw new FaxDocumentError('too-large', 'The pages together are larger than any fax.');
  // Pages that share one picture would make much work out of a small file.
  const used = pages.reduce((sum, { strips }) => sum + strips.reduce((part, strip) => part + strip.bytes.length, 0), 0);
  if (used > bytes.length) throw new FaxDocumentError('unreadable', 'The pages of the TIFF overlap.');
  return pages;
}

function pageOf(file: Uint8Array, tags: Tags): TiffPage {
  const width = tags.first(256) ?? 0;
  const height = tags.first(257) ?? 0;
  if (width < 1 || height < 1) throw new FaxDocumentError('unreadable', 'A page of the TIFF has no size.');
  if (width > MAX_WIDTH || width * height > MAX_PIXELS)
    throw new FaxDocumentError('too-large', `A page of ${width} × ${height} dots is larger than any fax.`);
  const encoding = encodings[(tags.first(259) ?? 1) as keyof typeof encodings];
  if (encoding === undefined || (tags.first(258) ?? 1) !== 1 || (tags.first(277) ?? 1) !== 1)
    throw new FaxDocumentError(
      'unsupported',
      'Only black and white TIFF is taken, as group 3, group 4 or uncompressed.',
    );
  const options = tags.first(292) ?? 0;
  if (encoding === 'T4' && (options & 2) !== 0)
    throw new FaxDocumentError('unsupported', 'The uncompressed mode of group 3 is not taken.');
  const reversed = tags.first(266) === 2;
  return {
    width,
    height,
    ...resolutionOf(tags),
    encoding,
    twoDimensional: encoding === 'T4' && (options & 1) !== 0,
    inverted: tags.first(262) === 1,
    strips: stripsOf(file, tags, height, reversed),
  };
}

function resolutionOf(tags: Tags): { xDpi: number; yDpi: number } {
  const perInch = tags.first(296) === 3 ? 2.54 : 1;
  const sane = (value: number | undefined, otherwise: number) =>
    value !== undefined && value * perInch >= 50 && value * perInch <= 1200 ? value * perInch : otherwise;
  const xDpi = sane(tags.first(282), 204);
  return { xDpi, yDpi: sane(tags.first(283), xDpi) };
}

function stripsOf(file: Uint8Array, tags: Tags, height: number, reversed: boolean): TiffStrip[] {
  const offsets = tags.all(273);
  const lengths = tags.all(279);
  const rows = Math.min(Math.max(tags.first(278) ?? height, 1), height);
  const count = Math.ceil(height / rows);
  if (offsets.length < count || lengths.length < count || count > MAX_STRIPS)
    throw new FaxDocumentError('unreadable', 'A page of the TIFF does not say where its picture is.');
  return Array.from({ length: count }, (_, index) => {
    const from = offsets[index] as number;
    const length = lengths[index] as number;
    if (from + length > file.length)
      throw new FaxDocumentError('unreadable', 'The TIFF is cut off: a part of a page is missing.');
    const bytes = file.subarray(from, from + length);
    return { bytes: reversed ? reversedBits(bytes) : bytes, height: Math.min(rows, height - index * rows) };
  });
}

const mirrored = Uint8Array.from({ length: 256 }, (_, byte) => {
  let value = 0;
  for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) value |= 128 >> bit;
  return value;
});

function reversedBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => mirrored[byte] as number);
}

/** The picture of a page. Bounded by the page's size, whatever its bytes say; damage is counted, not thrown. */
export function decodePage(page: TiffPage): DecodedPage {
  const { width, height, encoding } = page;
  const stride = (width + 7) >> 3;
  const rows = new Uint8Array(stride * height);
  let offset = 0;
  let damagedLines = 0;
  for (const strip of page.strips) {
    let part: Pick<DecodedPage, 'rows' | 'damagedLines'>;
    if (encoding === 'none') {
      const missing = Math.max(0, strip.height - Math.floor(strip.bytes.length / stride));
      part = { rows: strip.bytes.subarray(0, stride * strip.height), damagedLines: missing };
    } else
      part = decodeCcitt(strip.bytes, {
        scheme: encoding,
        twoDimensional: page.twoDimensional,
        width,
        height: strip.height,
      });
    rows.set(part.rows, offset);
    offset += stride * strip.height;
    damagedLines += part.damagedLines;
  }
  // A fax code's black is ink; where the file says that a set bit is white, everything is turned round.
  if (page.inverted) invert(rows);
  return { width, height, rows, damagedLines };
}

function invert(rows: Uint8Array): void {
  for (let index = 0; index < rows.length; index += 1) rows[index] = ~(rows[index] as number) & 0xff;
}

/** Blank dots to the right of the last one of each row are no ink, whatever the inversion made of them. */
export function inkOf({ width, rows }: Bitmap): number {
  const stride = (width + 7) >> 3;
  let ink = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const last = index % stride === stride - 1 && (width & 7) !== 0;
    let byte = (rows[index] as number) & (last ? (0xff << (8 - (width & 7))) & 0xff : 0xff);
    for (; byte !== 0; byte &= byte - 1) ink += 1;
  }
  return ink;
}
