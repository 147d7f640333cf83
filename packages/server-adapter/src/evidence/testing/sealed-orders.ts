import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { floorDealing } from '../../connectors/dealing/floor.ts';
import { createDealingWorker } from '../../dealing/index.ts';
import { instructionsInRecording } from '../../orders/index.ts';
import { BUY_FOLAD, BUY_SAFFRON, createOrderRig, openInstruction, SELL_RIGHT } from '../../orders/testing/order-rig.ts';
import {
  addTrack,
  finishRecording,
  type RecordingArchive,
  recordingFiles,
  storeRecording,
} from '../../recordings/index.ts';
import { toneWav } from '../../recordings/testing/tone-wav.ts';
import type { Store } from '../../store/store.ts';

/** A morning at the desk: orders filled, changed, withdrawn, and the recordings of the calls in which they were given. */
export async function createSealedOrders(store: Store) {
  const rig = await createOrderRig(store);
  const folder = await mkdtemp(join(tmpdir(), 'callweave-evidence-'));
  // Encrypted, as it ought to be: what is sealed is the hash of the sound, not of the file.
  const files = recordingFiles(store, folder, [{ id: 'test', key: randomBytes(32) }]);
  const archive: RecordingArchive = {
    store,
    files,
    links: { instructionsOf: instructionsInRecording, agentsOf: async () => [] },
  };
  const sound = toneWav(440, 20_000);

  async function record(call: { callId: string; recordingId: string | null }): Promise<void> {
    const id = call.recordingId ?? '';
    await store.write(async (tx) => {
      await addTrack(tx, id, { name: 'customer', role: 'customer', offsetMs: 0 });
      await addTrack(tx, id, { name: 'agent', role: 'agent', offsetMs: 100 });
      await finishRecording(tx, id);
    });
    await rig.end(call.callId);
    await storeRecording(archive, id, async () => sound);
  }

  const customerId = await rig.customer();
  const first = await rig.call(customerId, { startedMsAgo: 1000 });
  const [filled, changed, withdrawn] = await rig.submitted(first.callId, BUY_FOLAD, SELL_RIGHT, BUY_SAFFRON);
  if (!filled || !changed || !withdrawn) throw new Error('no orders');
  await record(first);
  // The floor has them.
  const announce = () => createDealingWorker({ ...rig.options, connector: floorDealing() }).drain();
  await announce();
  await rig.claim(filled.id);
  await rig.accept(filled.id);
  await rig.fill(filled.id, 200);
  await rig.fill(filled.id, 300);

  const second = await rig.call(customerId, { startedMsAgo: 1000 });
  const change = await rig.change(changed.id, second.callId, { ...SELL_RIGHT, quantity: 10 });
  const withdrawal = await rig.withdraw(withdrawn.id, second.callId);
  const ids = [openInstruction(change), openInstruction(withdrawal)];
  await rig.readBack(second.callId, ids);
  await rig.submit(second.callId, ids);
  await record(second);

  return {
    rig,
    files,
    archive,
    record,
    announce,
    calls: [first, second],
    orders: { filled: filled.id, changed: changed.id, change: change.id, withdrawn: withdrawn.id },
    folder,
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

export type SealedOrders = Awaited<ReturnType<typeof createSealedOrders>>;
