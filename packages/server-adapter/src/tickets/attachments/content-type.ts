import type { AttachmentType } from '@callweave/sdk/protocol';

/** Brands of ISO media files that browsers play as MP4. */
const MP4_BRANDS = new Set(['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash', 'M4V ', 'MSNV']);

/** What a file is, by its own first bytes; undefined: nothing that is taken. Its name and what the sender calls it do not count. */
export function contentTypeOf(bytes: Uint8Array): AttachmentType | undefined {
  const latin = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (latin(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (latin(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (/^GIF8[79]a$/.test(latin(0, 6))) return 'image/gif';
  if (latin(0, 4) === 'RIFF' && latin(8, 12) === 'WEBP') return 'image/webp';
  if (/^%PDF-[12]\.\d/.test(latin(0, 8))) return 'application/pdf';
  if (latin(4, 8) === 'ftyp' && MP4_BRANDS.has(latin(8, 12))) return 'video/mp4';
  if (latin(0, 4) === '\x1a\x45\xdf\xa3' && latin(4, 64).includes('webm')) return 'video/webm';
  return isPlainText(bytes) ? 'text/plain' : undefined;
}

/** UTF-8 without control characters: what a program or a picture is, is no text. */
function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}
