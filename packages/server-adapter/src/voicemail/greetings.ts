import { createHash } from 'node:crypto';
import type { VoicemailGreeting } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { fileKey } from '../connectors/recordings/recording-store.ts';
import { newId } from '../id.ts';
import { namesOf } from '../listening/index.ts';
import { soundLengthMs } from '../recordings/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { VoicemailShelf } from './shelf.ts';

export type GreetingRow = Database['voicemail_greetings'];
type Take = Database['voicemail_takes'];

export async function findGreeting(db: Kysely<Database>, boxId: string): Promise<GreetingRow | undefined> {
  return db.selectFrom('voicemail_greetings').selectAll().where('box', '=', boxId).executeTakeFirst();
}

export async function showGreetings(
  shelf: VoicemailShelf,
  db: Kysely<Database>,
  boxIds: readonly string[],
): Promise<ReadonlyMap<string, VoicemailGreeting>> {
  const rows =
    boxIds.length === 0
      ? []
      : await db.selectFrom('voicemail_greetings').selectAll().where('box', 'in', boxIds).execute();
  const names = await namesOf(
    db,
    rows.map(({ recorded_by }) => recorded_by),
  );
  const shown = (boxId: string): VoicemailGreeting => {
    const row = rows.find(({ box }) => box === boxId);
    return {
      boxId,
      kind: row === undefined ? 'default' : 'own',
      durationMs: row?.duration_ms ?? null,
      recordedAt: row?.recorded_at ?? null,
      recordedBy: row === undefined ? null : { id: row.recorded_by, name: names.get(row.recorded_by) ?? '' },
      beingRecorded: shelf.greetingBeingRecorded(boxId),
    };
  };
  return new Map(boxIds.map((boxId) => [boxId, shown(boxId)]));
}

export async function publishGreeting(shelf: VoicemailShelf, tx: Tx, boxId: string): Promise<VoicemailGreeting> {
  const greeting = (await showGreetings(shelf, tx.db, [boxId])).get(boxId) as VoicemailGreeting;
  await tx.publish({ type: 'voicemail-greeting', data: greeting }, await shelf.boxes.audience(tx.db, boxId));
  return greeting;
}

/** Somebody begins to speak: known from before the exchange records anything. */
export async function beginTake(shelf: VoicemailShelf, boxId: string): Promise<string> {
  return shelf.store.write(async (tx) => {
    const id = newId('greet', tx.now);
    await tx.db.insertInto('voicemail_takes').values({ id, box: boxId, at: tx.now.toISOString() }).execute();
    return id;
  });
}

/**
 * From now on callers hear this one. The exchange keeps its copy, which is what it plays; ours is what people listen to,
 * and what is left when the exchange is a new one.
 */
export async function keepGreeting(
  shelf: VoicemailShelf,
  take: { readonly id: string; readonly boxId: string; readonly accountId: string },
  sound: Uint8Array,
): Promise<void> {
  const file = fileKey('voicemail', take.id);
  await shelf.files.put(file, sound);
  const sha256 = createHash('sha256').update(sound).digest('hex');
  await shelf.store.write(async (tx) => {
    await retire(tx, take.boxId);
    await tx.db
      .insertInto('voicemail_greetings')
      .values({
        box: take.boxId,
        id: take.id,
        duration_ms: soundLengthMs(sound) ?? 0,
        file,
        sha256,
        recorded_at: tx.now.toISOString(),
        recorded_by: take.accountId,
      })
      .execute();
    await tx.db.deleteFrom('voicemail_takes').where('id', '=', take.id).execute();
    await tx.record({
      actor: take.accountId,
      action: 'voicemail.greeting-recorded',
      subject: `voicemail-box:${take.boxId}`,
      data: { sha256 },
    });
    await publishGreeting(shelf, tx, take.boxId);
  });
}

export async function resetGreeting(
  shelf: VoicemailShelf,
  tx: Tx,
  boxId: string,
  accountId: string,
): Promise<VoicemailGreeting> {
  if (await retire(tx, boxId))
    await tx.record({
      actor: accountId,
      action: 'voicemail.greeting-reset',
      subject: `voicemail-box:${boxId}`,
      data: {},
    });
  return publishGreeting(shelf, tx, boxId);
}

/** What callers heard until now is to be deleted, after this write. @returns whether there was one */
async function retire(tx: Tx, boxId: string): Promise<boolean> {
  const before = await findGreeting(tx.db, boxId);
  if (before === undefined) return false;
  await tx.db.deleteFrom('voicemail_greetings').where('box', '=', boxId).execute();
  await tx.db.insertInto('voicemail_takes').values({ id: before.id, box: boxId, at: tx.now.toISOString() }).execute();
  return true;
}

/** Takes that nobody wants: their sound is to be deleted, here and at the exchange. */
export async function unwantedTakes(db: Kysely<Database>): Promise<readonly Take[]> {
  return db.selectFrom('voicemail_takes').selectAll().orderBy('id').execute();
}

/** After the exchange has deleted its copy. */
export async function forgetTake(shelf: VoicemailShelf, id: string): Promise<void> {
  await shelf.files.delete(fileKey('voicemail', id));
  await shelf.store.write(async (tx) => {
    await tx.db.deleteFrom('voicemail_takes').where('id', '=', id).execute();
  });
}
