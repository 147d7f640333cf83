/** 128 random bits. `crypto.randomUUID` exists on secure origins only, and a phone must at least say why it cannot start. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** RFC 4122 version 4, which SIP's `+sip.instance` demands. */
export function newUuid(): string {
  const hex = newId();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
