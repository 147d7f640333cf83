import type { contract, Pairing } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { smallestFree } from './callback-cases.ts';
import type { NumbersContext } from './numbers-context.ts';
import { accountsWithPairings, endOverdue, endPairing, publishChange } from './overdue.ts';
import { exportedPairings } from './pairing-export.ts';
import { importPairings } from './pairing-import.ts';
import { complete, stateOf, toPairing, type WholePairing } from './pairing-view.ts';
import { requireActiveProject, requireComing } from './projects.ts';
import { findFieldCaller, findNumber, findPairing, type PairingRow } from './rows.ts';

/** The contract's `pairings`. */
export function createPairings(context: NumbersContext): Implementation<typeof contract.pairings> {
  const { store, dayOf } = context;

  async function known(tx: Tx, id: string): Promise<WholePairing> {
    const row = await findPairing(tx.db, id);
    const [whole] = row === undefined ? [] : await complete(tx.db, [row]);
    if (whole === undefined) throw new Problem('not-found', `There is no pairing ${id}.`);
    return whole;
  }

  return {
    async list({ state, projectId, fieldCallerId, after, limit }) {
      let query = store.db
        .selectFrom('pairings')
        .selectAll()
        .orderBy('id')
        .limit(limit + 1);
      if (state === 'active') query = query.where('state', '=', 'active');
      if (projectId !== undefined) query = query.where('project_id', '=', projectId);
      if (fieldCallerId !== undefined) query = query.where('field_caller_id', '=', fieldCallerId);
      if (after !== undefined) query = query.where('id', '>', after);
      const rows = await query.execute();
      const whole = await complete(store.db, rows.slice(0, limit));
      const today = dayOf(new Date());
      return { pairings: whole.map((pairing) => toPairing(pairing, today)), more: rows.length > limit };
    },

    create: {
      async write(tx, { numberId, fieldCallerId, expiresOn }, { caller }): Promise<Pairing> {
        const today = dayOf(tx.now);
        await endOverdue(tx, today);
        requireComing(expiresOn, today, 'expiresOn');
        const number = await findNumber(tx.db, numberId);
        if (number === undefined) throw new Problem('not-found', `There is no fictitious number ${numberId}.`);
        if (number.project_id === null)
          throw new Problem('number-without-project', 'This number belongs to no project.');
        const project = await requireActiveProject(tx, number.project_id, today);
        const fieldCaller = await findFieldCaller(tx.db, fieldCallerId);
        if (fieldCaller === undefined) throw new Problem('not-found', `There is no field caller ${fieldCallerId}.`);
        if (fieldCaller.active !== 1) throw new Problem('field-caller-inactive', 'This field caller is switched off.');
        const held = await tx.db
          .selectFrom('pairings')
          .select(['number_id', 'spoken_id'])
          .where('field_caller_id', '=', fieldCallerId)
          .where('state', '=', 'active')
          .execute();
        if (held.some(({ number_id }) => number_id === numberId))
          throw new Problem('already-paired', 'This number is paired with this field caller already.');
        const pairing: PairingRow = {
          id: newId('pairing', tx.now),
          project_id: project.id,
          number_id: number.id,
          fictitious_number: number.number,
          field_caller_id: fieldCallerId,
          spoken_id: smallestFree(held.map(({ spoken_id }) => spoken_id)),
          expires_on: expiresOn,
          state: 'active',
          created_at: tx.now.toISOString(),
          ended_at: null,
        };
        await tx.db.insertInto('pairings').values(pairing).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'pairing.created',
          subject: `pairing:${pairing.id}`,
          data: { projectId: project.id, numberId, fieldCallerId, expiresOn },
        });
        await publishChange(tx, fieldCaller.account_id === null ? [] : [fieldCaller.account_id]);
        return toPairing({ pairing, project, fieldCaller }, today);
      },
    },

    update: {
      async write(tx, { pairingId, expiresOn }, { caller }) {
        const today = dayOf(tx.now);
        const whole = await known(tx, pairingId);
        requireComing(expiresOn, today, 'expiresOn');
        // One whose day has passed and was not written as over yet may still be prolonged.
        if (whole.pairing.state !== 'active' || stateOf(whole, today) === 'ended')
          throw new Problem('pairing-over', 'This pairing is over.');
        await tx.db.updateTable('pairings').set({ expires_on: expiresOn }).where('id', '=', pairingId).execute();
        await tx.record({
          actor: caller.accountId,
          action: 'pairing.updated',
          subject: `pairing:${pairingId}`,
          data: { expiresOn },
        });
        await publishChange(tx, await accountsWithPairings(tx, [pairingId]));
        return toPairing({ ...whole, pairing: { ...whole.pairing, expires_on: expiresOn } }, today);
      },
    },

    end: {
      async write(tx, { pairingId }, { caller }) {
        const whole = await known(tx, pairingId);
        if (whole.pairing.state === 'active') {
          await endPairing(tx, pairingId);
          await tx.record({ actor: caller.accountId, action: 'pairing.ended', subject: `pairing:${pairingId}` });
          await publishChange(tx, await accountsWithPairings(tx, [pairingId]));
        }
        return toPairing(await known(tx, pairingId), dayOf(tx.now));
      },
    },

    import: {
      write: (tx, { csv, dryRun }, { caller }) => importPairings(tx, context, { csv, dryRun, actor: caller.accountId }),
    },

    async export() {
      return new Response(await exportedPairings(store.db, dayOf(new Date())), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="pairings.csv"',
          'cache-control': 'private, no-store',
        },
      });
    },
  };
}
