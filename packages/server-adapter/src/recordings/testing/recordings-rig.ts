import { createHmac } from 'node:crypto';
import type { RecordingStore } from '../../connectors/recordings/recording-store.ts';
import type { Store } from '../../store/store.ts';
import type { LinkedInstruction, RecordingArchive } from '../archive.ts';
import { createLinkSigner } from '../links.ts';
import { createRecordings } from '../operations.ts';
import { addTrack, finishRecording, startRecording } from '../recorder.ts';
import { createRetention } from '../retention.ts';
import { retentionClock } from '../retention-clock.ts';
import { DEFAULT_RETENTION, type RetentionPolicy } from '../retention-policy.ts';
import { storeRecording } from '../store-recording.ts';
import { toneWav } from './tone-wav.ts';

const SOUND = toneWav(440, 200);

/** The operations over an archive, for tests that need neither links nor retention. */
export function operationsOver(archive: RecordingArchive) {
  const clock = { now: () => new Date() };
  return createRecordings({
    archive,
    clock,
    signer: createLinkSigner(archive.store, clock, (text) => text),
    retention: createRetention({
      archive,
      asOf: async () => clock.now(),
      policy: DEFAULT_RETENTION,
      kindOfCall: async () => undefined,
      onError: () => {},
    }),
    isWarden: async () => true,
  });
}

/** Recordings of calls that have been, on a clock that the test sets. */
export function createRecordingsRig(
  store: Store,
  files: RecordingStore,
  policy: RetentionPolicy = DEFAULT_RETENTION,
  /** Against a clock that jumps, as in the adapter. */
  guarded = false,
) {
  let now = new Date('2026-11-22T10:00:00.000Z');
  const clock = { now: () => now };
  const orders = new Map<string, LinkedInstruction[]>();
  const kinds = new Map<string, string>();
  const wardens = new Set(['account_supervisor', 'account_manager']);
  const errors: unknown[] = [];
  const archive: RecordingArchive = {
    store,
    files,
    links: { instructionsOf: async (_db, id) => orders.get(id) ?? [], agentsOf: async () => ['account_agent'] },
  };
  const retention = createRetention({
    archive,
    policy,
    asOf: guarded
      ? retentionClock({ store, clock, name: 'recordings', onAhead: (error) => errors.push(error) })
      : async () => now,
    kindOfCall: async (_db, callId) => kinds.get(callId),
    onError: (error) => errors.push(error),
  });
  const signer = createLinkSigner(store, clock, (text) =>
    createHmac('sha256', 'test').update(text).digest('base64url'),
  );
  const operations = createRecordings({
    archive,
    clock,
    retention,
    signer,
    isWarden: async (_db, id) => wardens.has(id),
  });
  let calls = 0;

  return {
    archive,
    retention,
    operations,
    orders,
    wardens,
    errors,
    get now() {
      return now;
    },
    setNow(at: Date) {
      now = at;
    },
    /** A recording that was made at this instant, stored. */
    async recorded(options: { at?: Date; kind?: string; order?: boolean } = {}): Promise<string> {
      calls += 1;
      const callId = `call_${calls}`;
      if (options.kind !== undefined) kinds.set(callId, options.kind);
      const id = await store.write(async (tx) => {
        const made = await startRecording(tx, { callId, startedAt: options.at ?? now });
        await addTrack(tx, made, { name: 'customer', role: 'customer', offsetMs: 0 });
        await finishRecording(tx, made);
        return made;
      });
      if (options.order)
        orders.set(id, [
          {
            orderId: 'order_1',
            instructionId: 'ins_1',
            label: '1',
            offsetMs: 0,
            agentId: 'account_agent',
            dealerIds: [],
          },
        ]);
      await storeRecording(archive, id, async () => SOUND);
      return id;
    },
    row: (id: string) => store.db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    async lines(action: string) {
      const rows = await store.db
        .selectFrom('ledger')
        .select(['actor', 'subject', 'data'])
        .where('action', '=', action)
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, unknown> }));
    },
  };
}
