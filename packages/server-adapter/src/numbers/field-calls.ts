import type { contract, DialCheck, FieldCall, ProblemCode } from '@callweave/sdk/protocol';
import { readDialled } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { openCases, showCases } from './callback-cases.ts';
import { findFieldCall, latestFieldCalls, showFieldCalls } from './field-call-book.ts';
import type { FieldCallControl, FieldDevice } from './field-call-control.ts';
import { isFictitious } from './link.ts';
import type { NumbersOptions } from './numbers-options.ts';
import { toOwnPairing, usablePairings, type WholePairing } from './pairing-view.ts';
import { planOf, policyOf } from './project-view.ts';
import { type FieldCallerRow, fieldCallerOfAccount } from './rows.ts';

const REFUSALS: Readonly<Record<Exclude<DialCheck, 'allowed'>, ProblemCode>> = {
  emergency: 'dial-emergency',
  premium: 'dial-premium',
  country: 'dial-country',
  'not-listed': 'dial-not-listed',
  'not-a-number': 'dial-not-a-number',
};

/** The contract's `fieldCalls`: what a field caller sees and does. Nothing of another field caller is ever found. */
export function createFieldCalls(options: NumbersOptions): Implementation<typeof contract.fieldCalls> {
  const { store, dayOf, clock, control, accessNumber, exchangeNumber } = options;

  async function self(caller: Caller): Promise<FieldCallerRow | undefined> {
    return fieldCallerOfAccount(store.db, caller.accountId);
  }

  function requireControl(): FieldCallControl {
    if (control === undefined) throw new Problem('exchange-unavailable', 'There is no exchange for such calls.');
    return control;
  }

  async function ownPairing(me: FieldCallerRow | undefined, pairingId: string): Promise<WholePairing> {
    const known =
      me === undefined
        ? undefined
        : await store.db
            .selectFrom('pairings')
            .select('id')
            .where('id', '=', pairingId)
            .where('field_caller_id', '=', me.id)
            .executeTakeFirst();
    if (me === undefined || known === undefined) throw new Problem('not-found', `There is no pairing ${pairingId}.`);
    const usable = await usablePairings(store.db, me.id, dayOf(clock.now()));
    const whole = usable.find(({ pairing }) => pairing.id === pairingId);
    if (whole === undefined) throw new Problem('pairing-over', 'This number can no longer be called through.');
    return whole;
  }

  async function deviceOf(
    caller: Caller,
    me: FieldCallerRow,
    via: 'browser' | 'telephone' | undefined,
  ): Promise<FieldDevice> {
    const phone = await options.phoneOf(store.db, caller.accountId);
    const browser = via === undefined ? phone?.kind === 'browser' : via === 'browser';
    return browser && phone !== undefined
      ? { kind: 'browser', account: phone.username }
      : { kind: 'number', number: me.number };
  }

  /** As it was typed, by the project's policy; a number of ours would only come back. */
  async function readTo(whole: WholePairing, to: string): Promise<string> {
    const read = readDialled(policyOf(whole.project), to, planOf(whole.project, options.plan));
    if (read.check !== 'allowed')
      throw new Problem(REFUSALS[read.check], 'This number is not dialled.', {
        fields: [{ path: 'to', message: read.check }],
      });
    if (options.ownNumbers.includes(read.number) || (await isFictitious(store.db, read.number)))
      throw new Problem('dial-not-listed', 'This is a number of the exchange itself.', {
        fields: [{ path: 'to', message: 'not-listed' }],
      });
    return read.number;
  }

  async function show(tx: Tx, callId: string): Promise<FieldCall> {
    const row = await findFieldCall(tx.db, callId);
    const [shown] = row === undefined ? [] : await showFieldCalls(tx.db, [row]);
    if (shown === undefined) throw new Problem('not-found', `There is no call ${callId}.`);
    return shown;
  }

  return {
    async pairings(_input, { caller }) {
      const me = await self(caller);
      const whole = me === undefined ? [] : await usablePairings(store.db, me.id, dayOf(clock.now()));
      return { pairings: whole.map(toOwnPairing), accessNumber, exchangeNumber };
    },

    async list({ limit }, { caller }) {
      const me = await self(caller);
      if (me === undefined) return { calls: [], cases: [] };
      return {
        calls: await showFieldCalls(store.db, await latestFieldCalls(store.db, me.id, limit)),
        cases: await showCases(store.db, await openCases(store.db, me.id, clock.now())),
      };
    },

    dial: {
      async prepare({ pairingId, to, via }, { caller }) {
        const me = await self(caller);
        const whole = await ownPairing(me, pairingId);
        const number = await readTo(whole, to);
        const device = await deviceOf(caller, whole.fieldCaller, via);
        return requireControl().start({ whole, kind: 'out', to: number, device });
      },
      write: (tx, _input, _context, callId: string) => show(tx, callId),
    },

    callBack: {
      async prepare({ caseId, via }, { caller }) {
        const me = await self(caller);
        const row =
          me === undefined
            ? undefined
            : await store.db
                .selectFrom('callback_cases')
                .selectAll()
                .where('id', '=', caseId)
                .where('field_caller_id', '=', me.id)
                .executeTakeFirst();
        if (row === undefined) throw new Problem('not-found', `There is no missed call ${caseId}.`);
        if (row.state !== 'open' || row.expires_at <= clock.now().toISOString())
          throw new Problem('callback-closed', 'This missed call is no longer open.');
        const whole = await ownPairing(me, row.pairing_id);
        const device = await deviceOf(caller, whole.fieldCaller, via);
        return requireControl().start({ whole, kind: 'callback', to: row.other_number, caseRow: row, device });
      },
      write: (tx, _input, _context, callId: string) => show(tx, callId),
    },

    hangup: {
      async prepare({ callId }, { caller }) {
        const me = await self(caller);
        const row = await findFieldCall(store.db, callId);
        if (me === undefined || row?.field_caller_id !== me.id)
          throw new Problem('not-found', `There is no call ${callId}.`);
        // Over already: asking twice is no error.
        if (row.state !== 'ended') await requireControl().hangup(callId);
      },
      write: (tx, { callId }) => show(tx, callId),
    },
  };
}
