import type { Ringer } from '../ports/media.ts';

/** A calm two-note chime every three seconds, made of sine waves: no file to load, nothing for a CSP to block. */
const NOTES: readonly { readonly hz: number; readonly at: number }[] = [
  { hz: 587.33, at: 0 },
  { hz: 783.99, at: 0.22 },
  { hz: 587.33, at: 0.9 },
  { hz: 783.99, at: 1.12 },
];
/** One note, for somebody who is talking. */
const SOFT_NOTES: typeof NOTES = [{ hz: 440, at: 0 }];
const SOFT_LOUDNESS = 0.04;
const SOFT_REPEAT_MS = 5_000;
const NOTE_SECONDS = 0.75;
const LOUDNESS = 0.16;
const REPEAT_MS = 3_000;

type SinkContext = AudioContext & { setSinkId?: (id: string) => Promise<void> };

export function createRinger(): Ringer {
  let context: SinkContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    void context?.close().catch(() => {});
    context = null;
  };
  return {
    async start(speakerId, soft) {
      stop();
      if (typeof AudioContext === 'undefined') return false;
      const opened: SinkContext = new AudioContext();
      context = opened;
      if (speakerId !== null) await opened.setSinkId?.(speakerId).catch(() => {});
      // Without a gesture `resume()` stays pending for ever instead of failing.
      await Promise.race([opened.resume().catch(() => {}), new Promise((done) => setTimeout(done, 300))]);
      if (context !== opened) return true;
      if (opened.state !== 'running') {
        stop();
        return false;
      }
      const play = (): void => chime(opened, soft ? SOFT_NOTES : NOTES, soft ? SOFT_LOUDNESS : LOUDNESS);
      play();
      timer = setInterval(play, soft ? SOFT_REPEAT_MS : REPEAT_MS);
      return true;
    },
    stop,
  };
}

function chime(context: AudioContext, notes: typeof NOTES, loudness: number): void {
  for (const { hz, at } of notes) {
    const begin = context.currentTime + at;
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    oscillator.frequency.value = hz;
    envelope.gain.setValueAtTime(0, begin);
    envelope.gain.linearRampToValueAtTime(loudness, begin + 0.02);
    envelope.gain.exponentialRampToValueAtTime(0.0001, begin + NOTE_SECONDS);
    oscillator.connect(envelope).connect(context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + NOTE_SECONDS);
  }
}
