import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCcitt } from '../testing/encode-ccitt.ts';
import { FAX_WIDTH, faxPicture } from '../testing/fax-picture.ts';
import { type WriteTiffOptions, writeTiff } from '../testing/write-tiff.ts';
import { type Bitmap, decodeCcitt } from './ccitt.ts';
import { blackCodes, whiteCodes } from './ccitt-codes.ts';
import { FaxDocumentError } from './document-error.ts';
import { writePdf } from './pdf.ts';
import { writePng } from './png.ts';
import { decodePage, readTiff } from './tiff.ts';

const forms: readonly (WriteTiffOptions & { readonly form: string })[] = [
  { form: 'uncompressed' },
  { form: 'big-endian', littleEndian: false },
  { form: 'G3', compression: 3, encode: (bitmap) => encodeCcitt(bitmap, 'T4') },
  { form: 'G3 in two dimensions', compression: 3, t4Options: 1, encode: (bitmap) => encodeCcitt(bitmap, 'T4-2D') },
  { form: 'G4', compression: 4, encode: (bitmap) => encodeCcitt(bitmap, 'T6') },
  { form: 'G4, bits reversed', compression: 4, fillOrder: 2, encode: (bitmap) => encodeCcitt(bitmap, 'T6') },
  { form: 'G4 in strips', compression: 4, rowsPerStrip: 37, encode: (bitmap) => encodeCcitt(bitmap, 'T6') },
  { form: 'Huffman without line ends', compression: 2, encode: (bitmap) => encodeCcitt(bitmap, 'RLE') },
];

const same = (a: Bitmap, b: Bitmap) => Buffer.compare(a.rows, b.rows) === 0;

/** Any picture, with runs of every length and with dots of one. */
const bitmaps = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 12 })).chain(([width, height]) =>
  fc.uint8Array({ minLength: ((width + 7) >> 3) * height, maxLength: ((width + 7) >> 3) * height }).map((bytes) => {
    const stride = (width + 7) >> 3;
    const spare = (0xff << (stride * 8 - width)) & 0xff;
    const rows = bytes.map((byte, index) => (index % stride === stride - 1 ? byte & spare : byte));
    return { width, height, rows };
  }),
);

describe('the codes of T.4', () => {
  it('are complete but for the beginning of the end-of-line code', () => {
    for (const codes of [whiteCodes, blackCodes]) {
      expect(codes.size).toBe(64 + 40);
      const used = [...codes.keys()].reduce((sum, word) => sum + 2 ** -word.length, 0);
      expect(used).toBe(1 - 2 ** -8);
    }
  });

  it.each(['RLE', 'T4', 'T4-2D', 'T6'] as const)('bring any picture back (%s)', (scheme) => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const decoded = decodeCcitt(encodeCcitt(bitmap, scheme), {
          scheme: scheme === 'T4-2D' ? 'T4' : scheme,
          twoDimensional: scheme === 'T4-2D',
          width: bitmap.width,
          height: bitmap.height,
        });
        expect(decoded.damagedLines).toBe(0);
        expect(same(decoded, bitmap)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('repeat the line above for a broken one, and go on at the next', () => {
    const picture = faxPicture(1, 120);
    const encoded = encodeCcitt(picture, 'T4');
    encoded.fill(0x55, 400, 404);
    const decoded = decodeCcitt(encoded, { scheme: 'T4', twoDimensional: false, width: FAX_WIDTH, height: 120 });
    expect(decoded.damagedLines).toBeGreaterThan(0);
    expect(decoded.damagedLines).toBeLessThan(4);
    const lastLines = (bitmap: Bitmap) => bitmap.rows.subarray(-(FAX_WIDTH / 8) * 20);
    expect(Buffer.compare(lastLines(decoded), lastLines(picture))).toBe(0);
  });
});

describe('a TIFF', () => {
  it.each(forms)('is read: $form', (options) => {
    const pages = [faxPicture(1, 130), faxPicture(2, 90)];
    const read = readTiff(writeTiff(pages, options));
    expect(read).toHaveLength(2);
    for (const [index, page] of read.entries()) {
      const decoded = decodePage(page);
      expect(decoded).toMatchObject({ width: FAX_WIDTH, height: pages[index]?.height, damagedLines: 0 });
      expect(same(decoded, pages[index] as Bitmap)).toBe(true);
      expect(page).toMatchObject({ xDpi: 204, yDpi: 196 });
    }
  });

  it.each([
    ['nothing', new Uint8Array(), 'unreadable'],
    ['a text', Buffer.from('Hello, this is not a fax'), 'unreadable'],
    ['a cut-off file', writeTiff([faxPicture()]).subarray(0, 5_000), 'unreadable'],
  ] as const)('is refused: %s', (_what, bytes, reason) => {
    expect(() => readTiff(bytes)).toThrow(expect.objectContaining({ name: 'FaxDocumentError', reason }));
  });

  const patched = (change: (data: DataView, directory: number) => void) => {
    const bytes = Uint8Array.from(writeTiff([faxPicture(1, 50)]));
    const data = new DataView(bytes.buffer);
    change(data, data.getUint32(4, true));
    return bytes;
  };
  const field = (data: DataView, directory: number, tag: number) => {
    for (let at = directory + 2; ; at += 12) if (data.getUint16(at, true) === tag) return at + 8;
  };
  it.each([
    [
      'a size that would fill the memory',
      'too-large',
      (d: DataView, at: number) => d.setUint32(field(d, at, 257), 4e9, true),
    ],
    [
      'a page wider than any fax',
      'too-large',
      (d: DataView, at: number) => d.setUint32(field(d, at, 256), 60_000, true),
    ],
    [
      'pages in a circle',
      'unreadable',
      (d: DataView, at: number) => d.setUint32(at + 2 + 12 * d.getUint16(at, true), at, true),
    ],
    ['a picture beyond the end', 'unreadable', (d: DataView, at: number) => d.setUint32(field(d, at, 273), 4e9, true)],
    ['colours', 'unsupported', (d: DataView, at: number) => d.setUint16(field(d, at, 277), 3, true)],
    ['another compression', 'unsupported', (d: DataView, at: number) => d.setUint16(field(d, at, 259), 7, true)],
  ] as const)('is refused: %s', (_what, reason, change) => {
    expect(() => readTiff(patched(change))).toThrow(expect.objectContaining({ name: 'FaxDocumentError', reason }));
  });

  it('never hangs, never grows and never fails in another way, whatever bytes come', () => {
    const samples = forms.map((options) => writeTiff([faxPicture(3, 60)], options));
    const mutated = fc
      .tuple(
        fc.nat(samples.length - 1),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        // Half of the changes fall where the description of the page is.
        fc.boolean(),
      )
      .map(([which, changes, inDirectory]) => {
        const bytes = Uint8Array.from(samples[which] as Uint8Array);
        const from = inDirectory ? Math.max(0, bytes.length - 240) : 0;
        for (const [place, value] of changes) bytes[from + Math.floor(place * (bytes.length - from - 1))] = value;
        return bytes;
      });
    const started = process.memoryUsage().rss;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: mutated }, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        try {
          for (const page of readTiff(bytes)) {
            const decoded = decodePage(page);
            expect(decoded.rows.length).toBe(((page.width + 7) >> 3) * page.height);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FaxDocumentError);
        }
      }),
      { numRuns: 3000 },
    );
    expect(process.memoryUsage().rss - started).toBeLessThan(600e6);
  });
});

describe('a picture of a page', () => {
  it('is a PNG of one bit per dot, with lines repeated to square dots', async () => {
    const picture = faxPicture(1, 40);
    const png = Buffer.from(await writePng(picture, 2));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(FAX_WIDTH);
    expect(png.readUInt32BE(20)).toBe(80);
    const lines = inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8));
    const stride = FAX_WIDTH / 8;
    for (let y = 0; y < 80; y += 1) {
      const line = lines.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
      const ink = picture.rows.subarray((y >> 1) * stride, ((y >> 1) + 1) * stride);
      expect(line.every((byte, x) => byte === (~(ink[x] as number) & 0xff))).toBe(true);
    }
  });
});

describe('a PDF', () => {
  it.each(forms)('holds the pages as they came: $form', (options) => {
    const pages = readTiff(writeTiff([faxPicture(1, 130), faxPicture(2, 90)], options));
    const pdf = Buffer.from(writePdf(pages, new Date('2026-11-22T10:00:00Z')));
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.4\n')).toBe(true);
    expect(text).toContain('/Count 2');
    // The table at the end finds every object.
    const xref = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    const entries = text.slice(xref).match(/^\d{10} 00000 n $/gm) ?? [];
    for (const [index, entry] of entries.entries())
      expect(text.slice(Number(entry.slice(0, 10))).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
    const streams = pages.flatMap(({ strips }) => strips);
    const images = [...text.matchAll(/\/Subtype \/Image[^>]*?(?:>>[^>]*)?\/Length (\d+) >>\nstream\n/g)];
    expect(images).toHaveLength(streams.length);
    for (const [index, image] of images.entries()) {
      const from = image.index + image[0].length;
      expect(
        Buffer.compare(pdf.subarray(from, from + Number(image[1])), streams[index]?.bytes ?? Buffer.alloc(0)),
      ).toBe(0);
    }
  });

  it('says the size of the paper in points', () => {
    const [page] = readTiff(writeTiff([faxPicture(1, 2292)], { yDpi: 196 }));
    const text = Buffer.from(writePdf([page as NonNullable<typeof page>], new Date())).toString('latin1');
    // A4 is 595 × 842.
    expect(text).toContain('/MediaBox [0 0 609.882 841.959]');
  });
});
