/** Removes what must never reach a log: credentials, media keys, and the digits that a caller keys (a PIN). */
export function redact(message: string): string {
  return message
    .replace(/^((?:proxy-)?authorization|(?:www|proxy)-authenticate)\s*:.*$/gim, '$1: [redacted]')
    .replace(/^(a=(?:crypto|ice-pwd|fingerprint)[: ]).*$/gim, '$1[redacted]')
    .replace(/^(signal\s*=).*$/gim, '$1[redacted]');
}
