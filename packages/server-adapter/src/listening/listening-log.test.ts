import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { supervision } from '../store/migrations/003-supervision.ts';
import { describeStores } from '../store/testing.ts';
import { endListening, logListening, readListeningLog } from './index.ts';

describeStores('listening log', (makeStore) => {
  async function stage() {
    const store = await makeStore();
    await store.write(async (tx) => {
      await tx.db
        .insertInto('recordings')
        .values({
          id: 'rec_1',
          call_id: 'call_1',
          state: 'stored',
          started_at: tx.now.toISOString(),
          duration_ms: 1000,
          sha256: null,
          gaps: '[]',
          tracks: '[]',
          pause_reason: null,
          paused_at: null,
          file: null,
          waiting: null,
        })
        .execute();
    });
    return store;
  }

  it('keeps the reason out of the hash chain, and calls and recordings in one list', async () => {
    const store = await stage();
    await store.write(async (tx) => {
      await logListening(tx, {
        kind: 'recording',
        accountId: 'boss',
        callId: 'call_1',
        recordingId: 'rec_1',
        agentId: 'agent',
        reason: 'complaint of Ms Ahmadi',
      });
      await logListening(tx, {
        kind: 'listen',
        accountId: 'boss',
        callId: 'call_1',
        supervisionId: 'sup_1',
        agentId: 'agent',
        reason: 'training',
      });
    });
    await store.write((tx) => endListening(tx, 'sup_1'));
    const { entries, next } = await readListeningLog(store.db, { limit: 10 });
    expect(next).toBeNull();
    expect(entries.map(({ kind, reason, endedAt }) => [kind, reason, endedAt !== null]).sort()).toEqual([
      ['listen', 'training', true],
      ['recording', 'complaint of Ms Ahmadi', false],
    ]);
    const ledger = await store.db.selectFrom('ledger').select(['action', 'data', 'subject']).orderBy('seq').execute();
    expect(ledger.map(({ action, subject }) => [action, subject])).toEqual([
      ['recording.listened', 'recording:rec_1'],
      ['call.listened', 'call:call_1'],
    ]);
    expect(JSON.stringify(ledger)).not.toMatch(/Ahmadi|training/);
  });

  it('takes over what was listened to before there was a log', async () => {
    const store = await stage();
    await store.write(async (tx) => {
      await tx.record({
        actor: 'boss',
        action: 'recording.listened',
        subject: 'recording:rec_1',
        data: { callId: 'call_1' },
      });
      await tx.record({ actor: 'boss', action: 'recording.stored', subject: 'recording:rec_1' });
    });
    await store.write(async (tx) => void (await sql.raw(supervision.statements.at(-1) as string).execute(tx.db)));
    const { entries } = await readListeningLog(store.db, { limit: 10, listenerId: 'boss' });
    expect(entries).toMatchObject([{ kind: 'recording', callId: 'call_1', recordingId: 'rec_1', reason: '' }]);
  });
});
