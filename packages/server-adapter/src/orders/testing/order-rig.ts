import { contract, type InputOf, IRAN, type Order, type OrderTerms } from '@callweave/sdk/protocol';
import { callReader, requireCall } from '../../calls/index.ts';
import { createCustomers, DEFAULT_PIN_POLICY, embeddedDirectory } from '../../customers/index.ts';
import { createDealing } from '../../dealing/index.ts';
import { callerOf, change, read } from '../../http/testing/invoke.ts';
import { newId } from '../../id.ts';
import { importInstruments } from '../../instruments/index.ts';
import { startRecording } from '../../recordings/index.ts';
import type { Store } from '../../store/store.ts';
import { createOrders } from '../operations.ts';
import type { OrdersOptions } from '../orders-context.ts';

export const AGENT = callerOf('account_agent', 'agent');
export const OTHER_AGENT = callerOf('account_other', 'agent');
export const DEALER = callerOf('account_dealer', 'dealer');
export const SECOND_DEALER = callerOf('account_dealer2', 'dealer');
export const SUPERVISOR = callerOf('account_supervisor', 'supervisor');
export const MANAGER = callerOf('account_manager', 'manager');

const NATIONAL_CODES = ['0013542419', '0499370899', '0790419904', '0084575948', '2110123451'];

export const BUY_FOLAD: OrderTerms = {
  side: 'buy',
  instrumentCode: 'IRO1FOLD0001',
  quantity: 500,
  price: { kind: 'limit', rial: 5_120 },
  validity: { kind: 'day' },
};
export const SELL_RIGHT: OrderTerms = {
  side: 'sell',
  instrumentCode: 'IRR1FOLD0101',
  quantity: 20,
  price: { kind: 'market' },
  validity: { kind: 'gtc' },
};
export const BUY_SAFFRON: OrderTerms = {
  side: 'buy',
  instrumentCode: 'IRC1SAFF1404',
  quantity: 200,
  price: { kind: 'market' },
  validity: { kind: 'day' },
};

/** The orders domain over real calls, customers, instruments and recordings, with the exchange left out. */
export async function createOrderRig(store: Store) {
  const directory = embeddedDirectory(store, IRAN);
  const customers = createCustomers({
    store,
    directory,
    ownBase: true,
    plan: IRAN,
    pinPolicy: DEFAULT_PIN_POLICY,
    hashSecret: async (text) => `hash:${text.length}`,
    responders: async (_db, ids) => new Set(ids),
  });
  let announced = 0;
  const options: OrdersOptions = {
    store,
    directory,
    requireCall,
    calls: callReader,
    accountNames: async (_db, ids) => new Map(ids.map((id) => [id, `Name of ${id}`])),
    timeZone: 'Asia/Tehran',
    announce: () => {
      announced += 1;
    },
  };
  const orders = createOrders(options);
  const dealing = createDealing(options);
  let customerCount = 0;

  await store.write((tx) =>
    importInstruments(tx, [
      { code: 'IRO1FOLD0001', symbol: 'فولاد', name: 'فولاد مبارکه اصفهان', kind: 'share', lot: 1, active: true },
      { code: 'IRO1MSMI0001', symbol: 'فملی', name: 'ملی صنایع مس ایران', kind: 'share', lot: 1, active: true },
      { code: 'IRO1OLDX0001', symbol: 'قدیم', name: 'نماد متوقف', kind: 'share', lot: 1, active: false },
      {
        code: 'IRR1FOLD0101',
        symbol: 'فولادح',
        name: 'حق تقدم فولاد مبارکه اصفهان',
        kind: 'right',
        lot: 1,
        active: true,
      },
      {
        code: 'IRC1SAFF1404',
        symbol: 'زعفران',
        name: 'گواهی سپرده زعفران نگین',
        kind: 'commodity',
        lot: 100,
        active: true,
      },
    ]),
  );

  return {
    store,
    options,
    orders,
    dealing,
    announcements: () => announced,

    async customer(overrides: Partial<InputOf<typeof contract.customers.create>> = {}): Promise<string> {
      const nationalCode = NATIONAL_CODES[customerCount] ?? '';
      customerCount += 1;
      const input = {
        name: 'زهرا کریمی',
        kind: 'both' as const,
        nationalCode,
        numbers: [`0912000000${customerCount}`],
        contractSignedOn: '2026-01-10',
        ...overrides,
      };
      const created = await change(store, contract.customers.create, customers.create, input, MANAGER);
      // As after the first call: the customer has a PIN of their own.
      await store.write((tx) =>
        tx.db.updateTable('customers').set({ pin_state: 'set' }).where('id', '=', created.id).execute(),
      );
      return created.id;
    },

    /** A call as the flows leave it: answered, recorded, verified, unless told otherwise. */
    async call(
      customerId: string | null,
      state: { recorded?: boolean; verified?: boolean; live?: boolean; agentId?: string; startedMsAgo?: number } = {},
    ): Promise<{ callId: string; recordingId: string | null }> {
      const { recorded = true, verified = true, live = true, agentId = AGENT.accountId, startedMsAgo = 60_000 } = state;
      return store.write(async (tx) => {
        const callId = newId('call', tx.now);
        const startedAt = new Date(tx.now.getTime() - startedMsAgo);
        const recordingId = recorded ? await startRecording(tx, { callId, startedAt }) : null;
        await tx.db
          .insertInto('calls')
          .values({
            id: callId,
            direction: 'inbound',
            state: live ? 'answered' : 'ended',
            outcome: live ? null : 'answered',
            caller_number: '+989120000001',
            called_number: '1000',
            number_declared: 1,
            customer_id: customerId,
            candidates: '[]',
            agent_id: agentId,
            responder_order: 'first',
            started_at: startedAt.toISOString(),
            answered_at: startedAt.toISOString(),
            ended_at: null,
            held_since: null,
            hold_total_ms: 0,
            recording_id: recordingId,
            entitlement: null,
            wrap_up: null,
            kind: 'desk',
            presented_number: null,
            transfers: 0,
            tags: '[]',
            parties: '[]',
            queue: null,
            hold_alert_ms: null,
            updated_at: tx.now.toISOString(),
          })
          .execute();
        if (verified && customerId !== null) {
          const expires = new Date(tx.now.getTime() + 3_600_000).toISOString();
          await tx.db
            .insertInto('verifications')
            .values({
              call_id: callId,
              customer_id: customerId,
              state: 'passed',
              questions: '[]',
              pin: 'not-required',
              attempts_left: 3,
              passed_at: tx.now.toISOString(),
              expires_at: expires,
              reason: null,
              updated_at: tx.now.toISOString(),
            })
            .execute();
          await tx.record({
            actor: agentId,
            action: 'verification.passed',
            subject: `call:${callId}`,
            data: { customerId, questions: 1, pin: 'not-required', expiresAt: expires },
          });
        }
        return { callId, recordingId };
      });
    },

    async end(callId: string): Promise<void> {
      await store.write((tx) =>
        tx.db
          .updateTable('calls')
          .set({ state: 'ended', outcome: 'answered', ended_at: tx.now.toISOString() })
          .where('id', '=', callId)
          .execute(),
      );
    },

    draft: (callId: string, terms: OrderTerms, caller = AGENT) =>
      change(store, contract.orders.draft, orders.draft, { callId, terms }, caller),
    edit: (orderId: string, terms: OrderTerms, caller = AGENT) =>
      change(store, contract.orders.edit, orders.edit, { orderId, terms }, caller),
    discard: (orderId: string, caller = AGENT) =>
      change(store, contract.orders.discard, orders.discard, { orderId }, caller),
    change: (orderId: string, callId: string, terms: OrderTerms, caller = AGENT) =>
      change(store, contract.orders.draftChange, orders.draftChange, { orderId, callId, terms }, caller),
    withdraw: (orderId: string, callId: string, caller = AGENT) =>
      change(store, contract.orders.draftWithdrawal, orders.draftWithdrawal, { orderId, callId }, caller),
    readBack: (callId: string, instructionIds: string[], caller = AGENT, locale: 'en' | 'fa' | 'cs' = 'en') =>
      change(store, contract.orders.readBack, orders.readBack, { callId, instructionIds, locale }, caller),
    submit: (callId: string, instructionIds: string[], caller = AGENT) =>
      change(store, contract.orders.submit, orders.submit, { callId, instructionIds }, caller),
    list: (input: InputOf<typeof contract.orders.list>, caller = AGENT) =>
      read(contract.orders.list, orders.list, input, caller),
    get: (orderId: string, caller = AGENT) => read(contract.orders.get, orders.get, { orderId }, caller),

    /** From a call to submitted orders, one for each of the terms. */
    async submitted(callId: string, ...terms: OrderTerms[]): Promise<Order[]> {
      const drafts = [];
      for (const each of terms)
        drafts.push(await change(store, contract.orders.draft, orders.draft, { callId, terms: each }, AGENT));
      const ids = drafts.map(openInstruction);
      await change(store, contract.orders.readBack, orders.readBack, { callId, instructionIds: ids }, AGENT);
      return (await change(store, contract.orders.submit, orders.submit, { callId, instructionIds: ids }, AGENT))
        .orders;
    },

    claim: (orderId: string, caller = DEALER) =>
      change(store, contract.dealing.claim, dealing.claim, { orderId }, caller),
    release: (orderId: string, caller = DEALER) =>
      change(store, contract.dealing.release, dealing.release, { orderId }, caller),
    accept: (orderId: string, caller = DEALER) =>
      change(store, contract.dealing.accept, dealing.accept, { orderId }, caller),
    fill: (orderId: string, quantity: number, rial = 5_100, caller = DEALER) =>
      change(store, contract.dealing.fill, dealing.fill, { orderId, quantity, rial }, caller),
    reject: (orderId: string, reason: string, caller = DEALER) =>
      change(store, contract.dealing.reject, dealing.reject, { orderId, reason }, caller),
    return: (orderId: string, reason: string, caller = DEALER) =>
      change(store, contract.dealing.return, dealing.return, { orderId, reason }, caller),
    queue: (caller = DEALER) => read(contract.dealing.queue, dealing.queue, {}, caller),
  };
}

export type OrderRig = Awaited<ReturnType<typeof createOrderRig>>;

/** The instruction of an order that is not submitted yet. */
export function openInstruction(order: Order): string {
  const open = order.instructions.find(({ state }) => state !== 'submitted');
  if (!open) throw new Error(`Order ${order.id} has no open instruction.`);
  return open.id;
}
