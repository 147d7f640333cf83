import { callsEndedSince } from '../../calls/index.ts';
import { storedTracks, type Track, unfinishedRecordings } from '../../recordings/index.ts';
import { unwrittenNames } from './call-recording.ts';
import { bridgeOf, type FlowServices } from './call-session.ts';

/** Calls that ended longer ago had all the time to be tidied up. */
const LEFT_BEHIND_MS = 15 * 60_000;

/**
 * After a start, when every flow has taken up what is its own. What an ended call may have left when the adapter went away
 * before it was tidied up, nobody else knows any more: recordings that were not stored are, and its bridge and the copies
 * at the exchange go. Deleting what is not there is harmless.
 */
export async function tidyUp(services: FlowServices): Promise<void> {
  const { store, exchange, clock, debts, keeper, isRunning } = services;
  for (const recording of await unfinishedRecordings(store.db))
    if (!isRunning(recording.callId)) keeper.keep(recording.id);
  const since = new Date(clock.now().getTime() - LEFT_BEHIND_MS);
  const ended = (await callsEndedSince(store.db, since)).filter((id) => !isRunning(id));
  for (const id of ended) await debts.pay(`bridge ${bridgeOf(id)}`, () => exchange.destroyBridge(bridgeOf(id)));
  for (const name of await storedTracks(store.db, ended))
    await debts.pay(`recording ${name}`, () => exchange.deleteRecording(name));
}

/**
 * Tracks that were begun in the very moment the adapter went away, and of which nothing is written.
 *
 * @param written those of which something is
 */
export async function forgetUnwritten(
  services: FlowServices,
  callId: string,
  written: readonly Track[] = [],
): Promise<void> {
  const { exchange, debts } = services;
  for (const name of unwrittenNames(callId, written)) {
    await exchange.stopRecording(name).catch(() => {});
    await debts.pay(`recording ${name}`, () => exchange.deleteRecording(name));
  }
}
