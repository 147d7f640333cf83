import type { Clock } from '../ports/clock.ts';
import type { JsSipSession } from './jssip-types.ts';

/**
 * JsSIP sends the offer or answer only when gathering is complete: 10–40 s when a STUN server is silent. Here it goes
 * out with the first usable candidate, or after a second with what there is; the browser finds the rest of the pairs.
 */
export function hastenIce(
  session: JsSipSession,
  connection: RTCPeerConnection,
  options: {
    readonly clock: Clock;
    readonly iceReadyMs: number;
    readonly usableCandidate?: (candidate: RTCIceCandidate) => boolean;
  },
): () => void {
  const usable = options.usableCandidate ?? isUsableCandidate;
  let ready: (() => void) | null = null;
  let cancel: () => void = () => {};
  session.on('icecandidate', (event) => {
    ready = event.ready;
    if (!usable(event.candidate)) return;
    cancel();
    event.ready();
  });
  connection.addEventListener('icegatheringstatechange', () => {
    cancel();
    if (connection.iceGatheringState !== 'gathering') return;
    ready = null;
    cancel = options.clock.after(options.iceReadyMs, () => {
      // Without a single candidate JsSIP has not handed out `ready` yet; an event without one is its own end signal.
      if (ready) ready();
      else connection.dispatchEvent(new Event('icecandidate'));
    });
  });
  return () => cancel();
}

/** Host, server-reflexive and relayed addresses over UDP. An mDNS name (`….local`) tells an exchange nothing. */
export function isUsableCandidate(candidate: RTCIceCandidate): boolean {
  const text = candidate.candidate;
  const fields = text.split(' ');
  const protocol = (fields[2] ?? '').toLowerCase();
  const address = fields[4] ?? '';
  return text !== '' && protocol === 'udp' && !address.endsWith('.local');
}
