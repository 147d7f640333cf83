/** The few facts that the engine reads from a message before JsSIP takes it. */
export interface PeekedResponse {
  readonly status: number;
  readonly method: string;
  readonly contacts: readonly string[];
}

export function peekResponse(data: string | ArrayBuffer): PeekedResponse | null {
  if (typeof data !== 'string') return null;
  const start = /^SIP\/2\.0 (\d{3})/.exec(data);
  if (!start) return null;
  const head = data.split('\r\n\r\n', 1)[0] ?? '';
  const method = /^cseq\s*:\s*\d+\s+(\w+)/im.exec(head)?.[1] ?? '';
  const contacts = [...head.matchAll(/^(?:contact|m)\s*:(.*)$/gim)].map((match) => match[1] ?? '');
  return { status: Number(start[1]), method: method.toUpperCase(), contacts };
}
