/** The little of SDP (RFC 8866, RFC 8829) that an audio-only exchange decides by itself; the rest is the WebRTC stack's. */

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface RemoteAudio {
  /** What is handed to the WebRTC stack: PCMU and telephone-event only, reachable candidates only. */
  readonly sdp: string;
  /** As the far end says it: `sendonly` and `inactive` mean that it holds the call. */
  readonly direction: MediaDirection;
}

const MAX_SDP_BYTES = 32_768;
const MAX_CANDIDATES = 20;

/**
 * Checks a description from outside and reduces it. Undefined when it is not one WebRTC audio stream with PCMU, which is
 * answered 488.
 */
export function reduceRemoteSdp(sdp: string, acceptCandidate: (address: string) => boolean): RemoteAudio | undefined {
  if (sdp.length > MAX_SDP_BYTES || !sdp.startsWith('v=0')) return undefined;
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length > 500 || lines.some((line) => !/^[a-z]=[^\x00-\x08\x0a-\x1f\x7f]*$/.test(line))) return undefined;
  const mediaAt = lines.flatMap((line, index) => (line.startsWith('m=') ? [index] : []));
  if (mediaAt.length !== 1) return undefined;
  const at = mediaAt[0] as number;
  const media = /^m=audio (\d{1,5}) (UDP\/TLS\/RTP\/SAVPF?) ([\d ]{1,200})$/.exec(lines[at] as string);
  if (media === null) return undefined;
  const formats = (media[3] as string).trim().split(/ +/);
  if (!formats.includes('0')) return undefined;
  const attributes = lines.slice(at + 1);
  const session = lines.slice(0, at);
  const has = (prefix: string) =>
    attributes.some((line) => line.startsWith(prefix)) || session.some((line) => line.startsWith(prefix));
  if (!has('a=ice-ufrag:') || !has('a=ice-pwd:') || !has('a=fingerprint:')) return undefined;

  const digits = attributes
    .map((line) => /^a=rtpmap:(\d{1,3}) telephone-event\/8000/i.exec(line)?.[1])
    .find((type) => type !== undefined && formats.includes(type));
  const kept = new Set(['0', ...(digits === undefined ? [] : [digits])]);
  let candidates = 0;
  const reduced = attributes.filter((line) => {
    const type = /^a=(?:rtpmap|fmtp|rtcp-fb):(\S+)/.exec(line)?.[1];
    if (type !== undefined) return kept.has(type);
    const candidate = /^a=candidate:(\S+) 1 udp \d+ (\S+) \d+ typ \w+/i.exec(line);
    if (candidate !== null) return candidates++ < MAX_CANDIDATES && acceptCandidate(candidate[2] as string);
    // Header extensions would only cost bytes on every packet.
    return !/^a=(candidate|extmap|ssrc-group|simulcast|rid)\b/.test(line);
  });
  const direction = (attributes
    .concat(session)
    .map((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.exec(line)?.[1])
    .find((each) => each !== undefined) ?? 'sendrecv') as MediaDirection;
  const mediaLine = `m=audio ${media[1]} ${media[2]} ${[...kept].join(' ')}`;
  return { sdp: `${[...session, mediaLine, ...reduced].join('\r\n')}\r\n`, direction };
}

/**
 * Our own description, with no candidate but those at the address that we announce. The first of them also stands in the
 * media and connection lines (RFC 8839, 3.2.1): some telephones take the placeholder `0.0.0.0` for a call on hold.
 */
export function reduceLocalSdp(sdp: string, announcedAddress: string): string {
  const lines = sdp.split(/\r?\n/).filter((line) => {
    const candidate = /^a=candidate:\S+ \d+ \w+ \d+ (\S+) /.exec(line);
    return line !== '' && (candidate === null || candidate[1] === announcedAddress);
  });
  const port = lines
    .map((line) => /^a=candidate:\S+ 1 udp \d+ \S+ (\d+) /.exec(line)?.[1])
    .find((each) => each !== undefined);
  if (port === undefined) return `${lines.join('\r\n')}\r\n`;
  const placed = lines.map((line) =>
    line
      .replace(/^m=audio 9 /, `m=audio ${port} `)
      .replace(/^c=IN IP4 0\.0\.0\.0$/, `c=IN IP4 ${announcedAddress}`)
      .replace(/^a=rtcp:9 IN IP4 0\.0\.0\.0$/, `a=rtcp:${port} IN IP4 ${announcedAddress}`),
  );
  return `${placed.join('\r\n')}\r\n`;
}

/** Whether the person at the far end does not want to hear us: it put us on hold. */
export function isHold(direction: MediaDirection): boolean {
  return direction === 'sendonly' || direction === 'inactive';
}
