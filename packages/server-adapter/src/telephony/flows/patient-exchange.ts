import { type Exchange, ExchangeError } from '../exchange.ts';
import type { Timers } from './timers.ts';

const DEADLINE_MS = 8_000;

type Commands = Omit<Exchange, 'name' | 'start' | 'stop' | 'subscribe'>;

/** The commands of an exchange, each of which settles: one that stays silent fails after a while, so that no call hangs. */
export function withDeadlines(exchange: Exchange, timers: Timers, deadlineMs = DEADLINE_MS): Commands {
  const within = <T>(command: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = timers.after(deadlineMs, () =>
        reject(new ExchangeError('failed', 'The exchange did not answer in time.')),
      );
      command
        .then(resolve, reject)
        .finally(cancel)
        .catch(() => {});
    });
  return {
    legs: () => within(exchange.legs()),
    deviceState: (device) => within(exchange.deviceState(device)),
    credentials: (account) => within(exchange.credentials(account)),
    ring: (options) => within(exchange.ring(options)),
    answer: (leg) => within(exchange.answer(leg)),
    progress: (leg) => within(exchange.progress(leg)),
    hangup: (leg, cause) => within(exchange.hangup(leg, cause)),
    tag: (leg, tag) => within(exchange.tag(leg, tag)),
    play: (leg, items, options) => within(exchange.play(leg, items, options)),
    stopPlayback: (playback) => within(exchange.stopPlayback(playback)),
    createBridge: (bridge) => within(exchange.createBridge(bridge)),
    join: (bridge, leg) => within(exchange.join(bridge, leg)),
    leave: (bridge, leg) => within(exchange.leave(bridge, leg)),
    destroyBridge: (bridge) => within(exchange.destroyBridge(bridge)),
    hold: (leg, held) => within(exchange.hold(leg, held)),
    mute: (leg, muted) => within(exchange.mute(leg, muted)),
    supervise: (options) => within(exchange.supervise(options)),
    endSupervision: (supervision) => within(exchange.endSupervision(supervision)),
    record: (options) => within(exchange.record(options)),
    pauseRecording: (recording, paused) => within(exchange.pauseRecording(recording, paused)),
    stopRecording: (recording) => within(exchange.stopRecording(recording)),
    fetchRecording: (recording) => within(exchange.fetchRecording(recording)),
    deleteRecording: (recording) => within(exchange.deleteRecording(recording)),
    receiveFax: (options) => within(exchange.receiveFax(options)),
    fetchFax: (fax) => within(exchange.fetchFax(fax)),
    deleteFax: (fax) => within(exchange.deleteFax(fax)),
  };
}

export type PatientExchange = ReturnType<typeof withDeadlines>;
