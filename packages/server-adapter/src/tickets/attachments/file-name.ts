import type { AttachmentType } from '@callweave/sdk/protocol';

/** How files of a type may be called; the first is given to those that are called otherwise. */
export const EXTENSIONS = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'log', 'csv'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
} as const satisfies Record<AttachmentType, readonly [string, ...string[]]>;

const LONGEST = 100;
/** Names that Windows takes for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name that is safe to show and to save under: no folders, no control or direction characters, nothing hidden, and an
 * ending that says what the file is. «گزارش.html» that holds text becomes «گزارش.html.txt».
 */
export function safeFileName(name: string, type: AttachmentType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, (sign) => (sign === '\u200c' ? sign : ''))
    .replace(/[<>:"|?*]/g, '-')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const endings: readonly string[] = EXTENSIONS[type];
  const dot = plain.lastIndexOf('.');
  const ending = dot < 0 ? '' : plain.slice(dot + 1).toLowerCase();
  const fits = endings.includes(ending);
  const stem = Array.from(fits ? plain.slice(0, dot) : plain)
    .slice(0, LONGEST)
    .join('')
    .replace(/[.\s]+$/, '');
  const safe = stem === '' || DEVICES.test(stem) ? `file${stem === '' ? '' : `-${stem}`}` : stem;
  return `${safe}.${fits ? ending : endings[0]}`;
}

/** A file to be saved under this name, also by clients that know ASCII alone (RFC 6266, RFC 8187). */
export function attachmentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
