import { PhoneError } from '../../errors/phone-error.ts';

// JsSIP pastes header values and display names into the message as they are: a line break would start a new header.
const CONTROL = /[\u0000-\u001f\u007f\u0080-\u009f\u2028\u2029]/;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
/** Headers that the SIP stack writes itself; a second one would contradict it. */
const RESERVED = new Set(
  'via from to call-id cseq contact max-forwards route record-route content-length content-type authorization proxy-authorization'.split(
    ' ',
  ),
);

export function refuseControlCharacters(value: string, what: string): void {
  if (CONTROL.test(value)) {
    throw new PhoneError('invalid-header', `${what} contains a control character. Remove line breaks and the like.`);
  }
}

/** Turns a record into SIP header lines, refusing whatever could smuggle another header in. */
export function headerLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => {
    if (!HEADER_NAME.test(name)) {
      throw new PhoneError(
        'invalid-header',
        `"${printable(name)}" is not a header name. Use letters, digits and hyphens.`,
      );
    }
    if (RESERVED.has(name.toLowerCase())) {
      throw new PhoneError(
        'invalid-header',
        `The header ${name} is written by the phone itself. Use one that begins with X-.`,
      );
    }
    refuseControlCharacters(value, `The header ${name}`);
    return `${name}: ${value}`;
  });
}

const TARGET = /^(?:sip:)?[A-Za-z0-9\-_.!~*'()&=+$,;?/%#]+(?:@[A-Za-z0-9.\-[\]:]+)?(?:;[A-Za-z0-9\-_.=]+)*$/;

/** Accepts `+420777123456`, `1234`, `alice`, `sip:alice@example.com`. Separators people type in numbers are dropped. */
export function checkTarget(target: string): string {
  const trimmed = target.trim();
  refuseTargetControl(trimmed);
  const compact = /^[+0-9\s().-]+$/.test(trimmed) ? trimmed.replace(/[\s().-]/g, '') : trimmed;
  if (compact.length === 0 || compact.length > 256 || !TARGET.test(compact)) {
    throw new PhoneError(
      'invalid-target',
      `"${printable(target)}" cannot be called. Give a telephone number or a SIP address.`,
    );
  }
  return compact;
}

function refuseTargetControl(target: string): void {
  if (CONTROL.test(target)) {
    throw new PhoneError(
      'invalid-target',
      'The target contains a control character. Give a telephone number or a SIP address.',
    );
  }
}

export function checkDigits(digits: string): string {
  if (!/^[0-9A-Da-d*#,]{1,64}$/.test(digits)) {
    throw new PhoneError(
      'invalid-digits',
      `"${printable(digits)}" cannot be sent. Use 0–9, *, #, A–D, and a comma for a pause.`,
    );
  }
  return digits.toUpperCase();
}

function printable(text: string): string {
  return text.replace(new RegExp(CONTROL.source, 'g'), '·').slice(0, 60);
}
