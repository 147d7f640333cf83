import type { RecordingName } from '../exchange.ts';
import { type AriChannel, bridgeListSchema, channelListSchema } from './ari-messages.ts';
import type { ExchangeContext } from './exchange-context.ts';
import type { DriverParts, LegLifecycle } from './leg-lifecycle.ts';
import { type Leg, legOf } from './legs.ts';
import { recordingOfSnoop } from './recordings.ts';
import { snoopedLeg } from './snoops.ts';

/**
 * After every (re)connect: compares what we know with what Asterisk has. Legs that are new to us are taken over, those
 * that are gone are ended, and what serves no leg any more is swept.
 *
 * @param restarted Asterisk is another process than the one we knew.
 */
export async function resynchronise(
  context: ExchangeContext,
  parts: DriverParts,
  lifecycle: LegLifecycle,
  restarted: boolean,
): Promise<void> {
  const { ari, application, legs } = context;
  const channels = await ari.json(channelListSchema, ['channels']);
  const bridges = await ari.json(bridgeListSchema, ['bridges']);

  for (const channel of channels) {
    const known = legs.get(channel.id);
    const found = legOf(channel, application);
    if (known !== undefined) {
      if (channel.state === 'Up' && (known.origin !== 'ring' || found?.entered))
        Object.assign(known, { state: 'up', entered: true });
    } else if (found !== undefined) {
      legs.set(found.id, found);
      await recall(context, parts, found);
    }
  }

  const now = new Date();
  const present = new Set(channels.map(({ id }) => id));
  for (const leg of legs.values()) {
    if (present.has(leg.id)) continue;
    // It died with Asterisk, or else ended in the ordinary way (16) while nobody listened.
    if (restarted) leg.ending ??= 'failed';
    lifecycle.end(leg, 16, now);
  }
  await parts.bridges.resync(bridges);
  await parts.supervisions.resync(bridges, channels);
  parts.recordings.lost(await takeOverSnoops(context, parts, channels), now);
}

/** A leg of before a restart of this process: what was noted of it, and the hold that goes on. */
async function recall(context: ExchangeContext, { notes, bridges, playbacks }: DriverParts, leg: Leg): Promise<void> {
  const { tag, hold } = await notes.read(leg.id);
  leg.tag = tag ?? leg.tag;
  if (hold === undefined) return;
  leg.onHold = true;
  if (hold.bridge !== undefined) bridges.adoptHeld(hold.bridge, leg);
  await playbacks.adoptHeld(leg).catch((error: unknown) => {
    context.problem(`Hold music could not be taken over: ${String(error)}`);
  });
}

/** Recordings go on under us; any other snoop of ours that nobody here waits for is closed. Returns what is recorded. */
async function takeOverSnoops(
  { legs }: ExchangeContext,
  { snoops, recordings, playbacks, supervisions }: DriverParts,
  channels: readonly AriChannel[],
): Promise<ReadonlySet<RecordingName>> {
  const live = new Set<RecordingName>();
  for (const { id, name } of channels) {
    const leg = snoopedLeg(name);
    if (leg === undefined || !id.startsWith('cw-') || playbacks.usesSnoop(id) || supervisions.usesSnoop(id)) continue;
    const recording = recordingOfSnoop(id);
    if (recording !== undefined && legs.has(leg) && (await recordings.isLive(recording))) {
      live.add(recording);
      recordings.adopt(recording, leg);
    } else await snoops.close(id);
  }
  return live;
}
