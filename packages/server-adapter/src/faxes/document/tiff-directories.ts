import { FaxDocumentError } from './document-error.ts';

/** The fields of one page. Values are read when they are asked for. */
export interface Tags {
  first(tag: number): number | undefined;
  all(tag: number): readonly number[];
}

/** Bytes of one value, by TIFF's type number; the types that describe a picture. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8 };
const MAX_FIELDS = 200;
const MAX_VALUES = 20_000;

/**
 * The directories (one per page) of a TIFF, in order. Every offset is checked against the file, a chain that bites its
 * tail ends, and no field is believed to hold more values than the file has bytes.
 *
 * @throws FaxDocumentError
 */
export function readDirectories(bytes: Uint8Array, limit: number): readonly Tags[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = bytes.length >= 8 ? view.getUint16(0) : 0;
  const little = order === 0x4949;
  if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42)
    throw new FaxDocumentError('unreadable', 'This is no TIFF file.');
  const directories: Tags[] = [];
  const seen = new Set<number>();
  for (let at = view.getUint32(4, little); at !== 0; ) {
    if (seen.has(at)) throw new FaxDocumentError('unreadable', 'The pages of the TIFF run in a circle.');
    seen.add(at);
    if (directories.length === limit) throw new FaxDocumentError('too-large', `The TIFF has more than ${limit} pages.`);
    const { tags, next } = readDirectory(view, at, little);
    directories.push(tags);
    at = next;
  }
  return directories;
}

function readDirectory(view: DataView, at: number, little: boolean): { tags: Tags; next: number } {
  const cutOff = () => new FaxDocumentError('unreadable', 'The TIFF is cut off: the description of a page is missing.');
  if (at + 2 > view.byteLength) throw cutOff();
  const count = view.getUint16(at, little);
  const end = at + 2 + 12 * count;
  if (count > MAX_FIELDS) throw new FaxDocumentError('unreadable', 'A page of the TIFF has too many fields.');
  if (end + 4 > view.byteLength) throw cutOff();
  const fields = new Map<number, { type: number; count: number; at: number }>();
  for (let field = at + 2; field < end; field += 12) {
    const type = view.getUint16(field + 2, little);
    const values = view.getUint32(field + 4, little);
    const size = sizes[type];
    if (size === undefined) continue;
    const inside = size * values <= 4;
    const place = inside ? field + 8 : view.getUint32(field + 8, little);
    if (values > MAX_VALUES || place + size * values > view.byteLength) continue;
    fields.set(view.getUint16(field, little), { type, count: values, at: place });
  }
  const all = (tag: number): number[] => {
    const field = fields.get(tag);
    if (field === undefined) return [];
    return Array.from({ length: field.count }, (_, index) => {
      const place = field.at + index * (sizes[field.type] as number);
      if (field.type === 1) return view.getUint8(place);
      if (field.type === 3) return view.getUint16(place, little);
      if (field.type === 4) return view.getUint32(place, little);
      return view.getUint32(place, little) / (view.getUint32(place + 4, little) || 1);
    });
  };
  return { tags: { all, first: (tag) => all(tag)[0] }, next: view.getUint32(end, little) };
}
