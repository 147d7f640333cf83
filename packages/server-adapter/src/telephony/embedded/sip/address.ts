import { splitList } from './message.ts';

export interface SipUri {
  readonly scheme: string;
  /** Decoded; empty when there is none. */
  readonly user: string;
  readonly host: string;
}

export interface NameAddress {
  readonly displayName: string;
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export function parseSipUri(text: string): SipUri | undefined {
  const match = /^(sips?|tel):(?:([^@;?<>"\s]{0,128})@)?([^;?<>"\s@]{1,255})/i.exec(text);
  if (match === null) return undefined;
  const scheme = (match[1] as string).toLowerCase();
  if (scheme === 'tel') return { scheme, user: match[3] as string, host: '' };
  try {
    // A password after the user (`user:secret@`) is of no use to us.
    const user = decodeURIComponent((match[2] ?? '').split(':')[0] as string);
    return { scheme, user, host: (match[3] as string).toLowerCase() };
  } catch {
    return undefined;
  }
}

/** `"Name" <sip:user@host>;tag=x` and its shorter forms. */
export function parseNameAddress(header: string): NameAddress | undefined {
  const text = header.trim();
  // Every part of this pattern starts with what the part before it cannot contain, so that no input makes it slow.
  const bracketed = /^(?:"((?:[^"\\]|\\.)*)"[ \t]*|([^<"]*))<([^<>]*)>(.*)$/.exec(text);
  if (bracketed !== null) {
    const displayName = bracketed[1]?.replace(/\\(.)/g, '$1') ?? (bracketed[2] ?? '').trim();
    const uri = bracketed[3] as string;
    const rest = (bracketed[4] as string).trim();
    if (rest !== '' && !rest.startsWith(';')) return undefined;
    return { displayName, uri, parameters: parseParameters(rest) };
  }
  if (/[<>"]/.test(text)) return undefined;
  // Without brackets, parameters belong to the header and not to the URI (RFC 3261, 20).
  const [uri = '', ...rest] = text.split(';');
  if (uri.trim() === '') return undefined;
  return { displayName: '', uri: uri.trim(), parameters: parseParameters(`;${rest.join(';')}`) };
}

export function parseParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of splitList(text, ';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value = equals < 0 ? '' : part.slice(equals + 1).trim();
    if (name !== '' && !parameters.has(name)) parameters.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  return parameters;
}

/** Branch of the topmost Via, which names the transaction. */
export function topBranch(via: string): string | undefined {
  const first = splitList(via)[0];
  if (first === undefined || !/^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+\S/i.test(first)) return undefined;
  return parseParameters(first.slice(first.indexOf(';') < 0 ? first.length : first.indexOf(';'))).get('branch');
}

/** The user part of a SIP URI for a number or account. */
export function encodeUser(user: string): string {
  return encodeURIComponent(user).replace(/%2B/g, '+');
}

export function quoteDisplayName(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}
