import type { contract, VoicemailBox, VoicemailGreeting } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { logListening } from '../listening/index.ts';
import { Problem } from '../problem.ts';
import { assertStored, serveFile } from '../recordings/index.ts';
import type { Tx } from '../store/store.ts';
import type { Box } from './boxes.ts';
import { findGreeting, resetGreeting, showGreetings } from './greetings.ts';
import {
  changeMessage,
  findMessage,
  isShown,
  type MessageRow,
  publishMessage,
  toMessages,
  whereShown,
} from './message-rows.ts';
import type { VoicemailShelf } from './shelf.ts';

/** One line in the listening log covers the many range requests of a player within this time. */
const LISTENING_MS = 60_000;

/** What the telephone does for greetings. */
export interface GreetingControl {
  /** Rings the caller's own device. @returns what it rings with */
  record(box: Box, caller: Caller): Promise<string>;
  /** Deletes what nobody wants any more. */
  tidyUp(): void;
}

/** The contract's `voicemail`. For whoever a box is not, it is not there: every answer is the same. */
export function createVoicemailOperations(
  shelf: VoicemailShelf,
  control: GreetingControl,
): Implementation<typeof contract.voicemail> {
  const { store, boxes, policy } = shelf;
  const listened = new Map<string, number>();

  async function ownBox(db: Tx['db'], boxId: string, caller: Caller): Promise<Box> {
    const box = (await boxes.of(db, caller)).find(({ id }) => id === boxId);
    if (box === undefined) throw new Problem('not-found', `There is no voicemail box ${boxId}.`);
    return box;
  }

  async function greetable(db: Tx['db'], boxId: string, caller: Caller): Promise<Box> {
    const box = await ownBox(db, boxId, caller);
    if (!boxes.mayGreet(caller, box))
      throw new Problem('not-allowed', 'The greeting of a queue is spoken by a supervisor or a manager.');
    return box;
  }

  async function shown(db: Tx['db'], messageId: string, caller: Caller): Promise<MessageRow> {
    const row = await findMessage(db, messageId);
    const mine = row !== undefined && isShown(row) && (await boxes.of(db, caller)).some(({ id }) => id === row.box);
    if (!mine) throw new Problem('not-found', `There is no message ${messageId}.`);
    return row;
  }

  async function noted(tx: Tx, caller: Caller, action: string, row: MessageRow) {
    await tx.record({
      actor: caller.accountId,
      action: `voicemail.${action}`,
      subject: `voicemail:${row.id}`,
      data: { sha256: row.sha256 },
    });
  }

  /** Who hears what is written before the first byte (G8); the pieces of one playing are one line. */
  async function logPlaying(row: MessageRow, caller: Caller): Promise<void> {
    const key = `${caller.accountId} ${row.id}`;
    const now = Date.now();
    for (const [old, at] of listened) if (now - at > LISTENING_MS) listened.delete(old);
    if (listened.has(key)) return;
    const agentId = boxes.queue(row.box) === undefined ? row.box : null;
    await store.write((tx) =>
      logListening(tx, {
        kind: 'voicemail',
        accountId: caller.accountId,
        callId: row.call_id,
        voicemailId: row.id,
        agentId,
        reason: '',
      }),
    );
    listened.set(key, now);
  }

  async function unheardIn(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await store.db
      .selectFrom('voicemail_messages')
      .select(['box', (each) => each.fn.countAll<number>().as('count')])
      .where('box', 'in', ids)
      .where('heard_at', 'is', null)
      .where('deleted_at', 'is', null)
      .where(whereShown)
      .groupBy('box')
      .execute();
    return new Map(rows.map(({ box, count }) => [box, Number(count)]));
  }

  return {
    async boxes(_input, { caller }) {
      const mine = await boxes.of(store.db, caller);
      const ids = mine.map(({ id }) => id);
      const unheard = await unheardIn(ids);
      const greetings = await showGreetings(shelf, store.db, ids);
      return {
        boxes: mine.map(
          (box): VoicemailBox => ({
            ...box,
            unheard: unheard.get(box.id) ?? 0,
            greeting: greetings.get(box.id) as VoicemailGreeting,
            mayGreet: boxes.mayGreet(caller, box),
          }),
        ),
      };
    },

    async list({ boxId, unheard, deleted, before, limit }, { caller }) {
      const mine = boxId === undefined ? await boxes.of(store.db, caller) : [await ownBox(store.db, boxId, caller)];
      const ids = mine.map(({ id }) => id);
      if (ids.length === 0) return { messages: [], unheard: 0, more: false };
      let query = store.db
        .selectFrom('voicemail_messages')
        .selectAll()
        .where('box', 'in', ids)
        .where(whereShown)
        .where('deleted_at', deleted === true ? 'is not' : 'is', null)
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (unheard === true) query = query.where('heard_at', 'is', null);
      if (before !== undefined) query = query.where('id', '<', before);
      const rows = await query.execute();
      const counts = await unheardIn(ids);
      return {
        messages: await toMessages(store.db, rows.slice(0, limit), policy.binDays),
        unheard: [...counts.values()].reduce((sum, count) => sum + count, 0),
        more: rows.length > limit,
      };
    },

    async get({ messageId }, { caller }) {
      const [message] = await toMessages(store.db, [await shown(store.db, messageId, caller)], policy.binDays);
      return message as NonNullable<typeof message>;
    },

    async audio({ messageId }, { caller, request }) {
      const row = await shown(store.db, messageId, caller);
      return serveFile(shelf, row, request, { disposition: 'inline', note: () => logPlaying(row, caller) });
    },

    markHeard: {
      async write(tx, { messageId, heard }, { caller }) {
        const row = await shown(tx.db, messageId, caller);
        if ((row.heard_at !== null) === heard) return publishMessage(shelf, tx, messageId);
        await noted(tx, caller, heard ? 'heard' : 'unheard', row);
        return changeMessage(shelf, tx, messageId, {
          heard_at: heard ? tx.now.toISOString() : null,
          heard_by: heard ? caller.accountId : null,
        });
      },
    },

    note: {
      async write(tx, { messageId, note }, { caller }) {
        await shown(tx.db, messageId, caller);
        return changeMessage(shelf, tx, messageId, { note });
      },
    },

    delete: {
      async write(tx, { messageId }, { caller }) {
        const row = await shown(tx.db, messageId, caller);
        // What is not stored yet would come back.
        if (row.state !== 'failed' && row.state !== 'expired') assertStored(row);
        if (row.deleted_at !== null) return publishMessage(shelf, tx, messageId);
        await noted(tx, caller, 'deleted', row);
        return changeMessage(shelf, tx, messageId, { deleted_at: tx.now.toISOString() });
      },
    },

    restore: {
      async write(tx, { messageId }, { caller }) {
        const row = await shown(tx.db, messageId, caller);
        if (row.deleted_at !== null) await noted(tx, caller, 'restored', row);
        return changeMessage(shelf, tx, messageId, { deleted_at: null });
      },
    },

    async greeting({ boxId }, { caller }) {
      await ownBox(store.db, boxId, caller);
      return (await showGreetings(shelf, store.db, [boxId])).get(boxId) as VoicemailGreeting;
    },

    async greetingAudio({ boxId }, { caller, request }) {
      await ownBox(store.db, boxId, caller);
      const row = await findGreeting(store.db, boxId);
      if (row === undefined) throw new Problem('not-found', 'This box has no greeting of its own.');
      // Ours to the callers: nobody's words are overheard, so the listening log has no line of it.
      return serveFile(shelf, { ...row, state: 'stored' }, request, { disposition: 'inline', note: async () => {} });
    },

    recordGreeting: {
      async prepare({ boxId }, { caller }) {
        return control.record(await greetable(store.db, boxId, caller), caller);
      },
      write: async (_tx, _input, _context, callId: string) => ({ callId }),
    },

    resetGreeting: {
      async write(tx, { boxId }, { caller }) {
        await greetable(tx.db, boxId, caller);
        tx.afterCommit(() => control.tidyUp());
        return resetGreeting(shelf, tx, boxId, caller.accountId);
      },
    },
  };
}
