import { randomBytes } from 'node:crypto';

/** Without I, L, O and U: nobody has to tell them from 1, 0 and V on paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;

/** 100 random bits: nobody finds one by trying. */
export function newCertificateCode(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('');
}

/** As it stands on paper: in groups of five. */
export const printedCode = (code: string): string => code.match(/.{1,5}/g)?.join('-') ?? code;

const LOOKALIKE: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/** Whatever was typed in (small letters, spaces, Persian digits) as a code; undefined for what cannot be one. */
export function readCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\s-]/g, '')
    .toUpperCase()
    .replace(/[ILO]/g, (letter) => LOOKALIKE[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]{20}$/.test(code) ? code : undefined;
}

/** All but the last three characters, at most half of a short one, are hidden. */
export function maskSerial(serial: string | null): string | null {
  if (serial === null) return null;
  const shown = Math.min(3, Math.floor(serial.length / 2));
  return `${'•'.repeat(Math.min(8, serial.length - shown))}${serial.slice(serial.length - shown)}`;
}
