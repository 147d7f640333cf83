import { createHash } from 'node:crypto';
import type { Locale } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import { fileKey } from '../connectors/recordings/recording-store.ts';
import { type DirectoryCustomer, mirrorCustomer } from '../customers/index.ts';
import { newId } from '../id.ts';
import { soundLengthMs } from '../recordings/index.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import { changeMessage, findMessage, type MessageRow } from './message-rows.ts';
import type { VoicemailShelf } from './shelf.ts';

export interface NewMessage {
  readonly boxId: string;
  /** The call that nobody answered; null where the number led straight to the box. */
  readonly callId: string | null;
  readonly leg: string;
  readonly callerNumber: string;
  readonly calledNumber: string;
  readonly locale: Locale;
}

/** A caller is led to a box: written before they hear anything, so that a restart finds them. */
export async function openMessage(shelf: VoicemailShelf, message: NewMessage): Promise<string> {
  return shelf.store.write(async (tx) => {
    // The same call, offered again after the connection was away, is the same message.
    const known = await tx.db
      .selectFrom('voicemail_messages')
      .select('id')
      .where('leg', '=', message.leg)
      .where('state', 'in', ['greeting', 'recording'])
      .executeTakeFirst();
    if (known !== undefined) return known.id;
    const id = newId('vm', tx.now);
    await tx.db
      .insertInto('voicemail_messages')
      .values({
        id,
        box: message.boxId,
        call_id: message.callId,
        state: 'greeting',
        leg: message.leg,
        caller_number: message.callerNumber,
        called_number: message.calledNumber,
        locale: message.locale,
        customer_id: null,
        candidates: '[]',
        started_at: tx.now.toISOString(),
        spoken_at: null,
        duration_ms: 0,
        file: null,
        sha256: null,
        heard_at: null,
        heard_by: null,
        note: '',
        deleted_at: null,
      })
      .execute();
    return id;
  });
}

/** From now on there may be a recording at the exchange. */
export async function noteSpeaking(shelf: VoicemailShelf, id: string): Promise<void> {
  await shelf.store.write(async (tx) => {
    await tx.db
      .updateTable('voicemail_messages')
      .set({ state: 'recording', spoken_at: tx.now.toISOString() })
      .where('id', '=', id)
      .where('state', '=', 'greeting')
      .execute();
  });
}

/**
 * They have spoken, or hung up.
 *
 * @param durationMs undefined: it ended while nobody listened; the sound itself will tell
 */
export async function noteSpoken(shelf: VoicemailShelf, id: string, durationMs: number | undefined): Promise<void> {
  await shelf.store.write(async (tx) => {
    if ((await findMessage(tx.db, id))?.state !== 'recording') return;
    const state = 'storing';
    if (durationMs === undefined)
      await tx.db.updateTable('voicemail_messages').set({ state }).where('id', '=', id).execute();
    else await changeMessage(shelf, tx, id, { state, duration_ms: Math.round(durationMs) });
  });
}

/** Their call has ended. */
export async function noteLeft(shelf: VoicemailShelf, id: string): Promise<void> {
  await shelf.store.write(async (tx) => {
    await tx.db.updateTable('voicemail_messages').set({ leg: null }).where('id', '=', id).execute();
  });
}

/** Nothing was said: it never was. */
export async function dropMessage(shelf: VoicemailShelf, id: string): Promise<void> {
  await shelf.store.write(async (tx) => {
    await tx.db
      .deleteFrom('voicemail_messages')
      .where('id', '=', id)
      .where('state', 'in', ['greeting', 'recording', 'storing'])
      .execute();
  });
}

/** Those that are not stored yet, or whose caller had not left when we last knew. */
export async function unfinishedMessages(db: Kysely<Database>): Promise<readonly MessageRow[]> {
  return db
    .selectFrom('voicemail_messages')
    .selectAll()
    .where((eb) => eb.or([eb('state', 'in', ['greeting', 'recording', 'storing']), eb('leg', 'is not', null)]))
    .orderBy('id')
    .execute();
}

/** Messages that came home lately: when the adapter was killed in that moment, the exchange still has a copy. */
export async function storedSince(db: Kysely<Database>, since: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('voicemail_messages')
    .select(['id', 'started_at'])
    .where('state', 'in', ['stored', 'failed'])
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.filter(({ started_at }) => Date.parse(started_at) >= since.getTime()).map(({ id }) => id);
}

/**
 * Keeps the sound, finds whose it is, and shows it. Doing it again changes nothing.
 *
 * @param sound undefined: the exchange has none
 */
export async function keepMessage(shelf: VoicemailShelf, id: string, sound: Uint8Array | undefined): Promise<void> {
  const row = await findMessage(shelf.store.db, id);
  if (row?.state !== 'storing') return;
  const durationMs = sound === undefined ? undefined : soundLengthMs(sound);
  // Only what was not shown yet may still turn out to be nothing.
  if (row.duration_ms === 0 && (durationMs ?? 0) < shelf.policy.minSeconds * 1000) return dropMessage(shelf, id);
  const callers = await lookUp(shelf, row.caller_number);
  if (sound === undefined || durationMs === undefined) {
    await shelf.store.write(async (tx) => {
      if ((await findMessage(tx.db, id))?.state !== 'storing') return;
      await tx.record({ actor: 'system', action: 'voicemail.failed', subject: `voicemail:${id}`, data: {} });
      await changeMessage(shelf, tx, id, { state: 'failed', ...(await callerColumns(tx, callers)) });
    });
    return;
  }
  const key = fileKey('voicemail', id);
  await shelf.files.put(key, sound);
  const sha256 = createHash('sha256').update(sound).digest('hex');
  await shelf.store.write(async (tx) => {
    if ((await findMessage(tx.db, id))?.state !== 'storing') return;
    await tx.record({
      actor: 'system',
      action: 'voicemail.stored',
      subject: `voicemail:${id}`,
      data: { box: row.box, callId: row.call_id, sha256, durationMs },
    });
    const stored = { state: 'stored', file: key, sha256, duration_ms: durationMs };
    await changeMessage(shelf, tx, id, { ...stored, ...(await callerColumns(tx, callers)) });
  });
}

async function lookUp(shelf: VoicemailShelf, number: string): Promise<readonly DirectoryCustomer[]> {
  if (number === '') return [];
  try {
    return await shelf.directory.findByNumber(number);
  } catch (error) {
    // Nobody who could be found is no reason to lose what somebody said.
    shelf.onError('The customer base could not be asked who left a message.', error);
    return [];
  }
}

async function callerColumns(tx: Tx, callers: readonly DirectoryCustomer[]): Promise<Partial<MessageRow>> {
  for (const caller of callers) await mirrorCustomer(tx, caller);
  const [only] = callers;
  if (callers.length === 1 && only !== undefined) return { customer_id: only.id };
  return { candidates: JSON.stringify(callers.slice(0, 20).map(({ id }) => id)) };
}
