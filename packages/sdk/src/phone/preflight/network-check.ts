import type { Clock } from '../ports/clock.ts';
import type { MediaPort } from '../ports/media.ts';
import type { PreflightFigures, PreflightResult } from './state.ts';

const GATHER_MS = 6_000;

type Kind = NonNullable<PreflightFigures['candidates']>[number];

/** Which addresses the browser finds for sound, and whether the servers that are to help it answer. */
export async function checkNetwork(
  configuration: RTCConfiguration,
  media: Pick<MediaPort, 'createSilence'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Omit<PreflightResult, 'check'>> {
  const connection = new RTCPeerConnection(configuration);
  const silence = media.createSilence();
  const kinds = new Set<Kind>();
  try {
    const gathered = new Promise<void>((resolve) => {
      const cancel = clock.after(GATHER_MS, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      connection.addEventListener('icecandidate', (event) => {
        const kind = / typ (\w+)/.exec(event.candidate?.candidate ?? '')?.[1];
        if (kind) kinds.add(kind as Kind);
      });
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') done();
      });
    });
    for (const track of silence.getAudioTracks()) connection.addTrack(track, silence);
    await connection.setLocalDescription(await connection.createOffer());
    await gathered;
  } finally {
    connection.close();
    for (const track of silence.getTracks()) track.stop();
  }
  const figures = { candidates: Object.freeze([...kinds].sort()) };
  if (kinds.size === 0) return { status: 'failed', reason: 'no-candidates', figures };
  const urls = (configuration.iceServers ?? []).flatMap((server) => server.urls);
  const silent =
    (urls.some((url) => url.startsWith('stun')) && !kinds.has('srflx') && !kinds.has('relay')) ||
    (urls.some((url) => url.startsWith('turn')) && !kinds.has('relay'));
  return silent ? { status: 'warning', reason: 'server-silent', figures } : { status: 'passed', figures };
}
