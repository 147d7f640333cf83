/** A SIP message, parsed just enough for a fake exchange. */
export interface SipMessage {
  /** Method of a request, or of the request that a response answers. */
  readonly method: string;
  /** Responses only. */
  readonly status: number | null;
  readonly uri: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly text: string;
  header(name: string): string | undefined;
}

export function parseSip(text: string): SipMessage | null {
  const split = text.indexOf('\r\n\r\n');
  if (split < 0) return null;
  const [start = '', ...lines] = text.slice(0, split).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  const header = (name: string): string | undefined => headers.find(([key]) => key === name.toLowerCase())?.[1];
  const response = /^SIP\/2\.0 (\d{3})/.exec(start);
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start);
  if (!response && !request) return null;
  return {
    method: request?.[1] ?? header('cseq')?.split(' ')[1] ?? '',
    status: response ? Number(response[1]) : null,
    uri: request?.[2] ?? '',
    headers,
    body: text.slice(split + 4),
    text,
    header,
  };
}

export interface FakeReply {
  readonly status: number;
  readonly phrase?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sdp?: string;
}

export function buildResponse(request: SipMessage, reply: FakeReply, toTag: string | null): string {
  const copied = request.headers.filter(([name]) => name === 'via' || name === 'record-route');
  const to = request.header('to') ?? '';
  const lines = [
    `SIP/2.0 ${reply.status} ${reply.phrase ?? 'Reason'}`,
    ...copied.map(([name, value]) => `${name}: ${value}`),
    `From: ${request.header('from') ?? ''}`,
    `To: ${toTag && !/;tag=/.test(to) ? `${to};tag=${toTag}` : to}`,
    `Call-ID: ${request.header('call-id') ?? ''}`,
    `CSeq: ${request.header('cseq') ?? ''}`,
    ...Object.entries(reply.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return finish(lines, reply.sdp);
}

export function finish(lines: readonly string[], sdp: string | undefined): string {
  const body = sdp ?? '';
  const type = body ? ['Content-Type: application/sdp'] : [];
  return [...lines, ...type, `Content-Length: ${body.length}`, '', body].join('\r\n');
}

export type SdpDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export function fakeSdp(direction: SdpDirection = 'sendrecv', extra: readonly string[] = []): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'm=audio 40000 UDP/TLS/RTP/SAVPF 0 101',
    'c=IN IP4 127.0.0.1',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=mid:0',
    `a=${direction}`,
    ...extra,
    '',
  ].join('\r\n');
}

export function directionOf(sdp: string): SdpDirection {
  return (/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(sdp)?.[1] ?? 'sendrecv') as SdpDirection;
}
