import type { RenewalYears, ServicePlanChoice } from '@callweave/sdk/protocol';
import type { PaymentGateway } from '../../connectors/payments/payment-gateway.ts';
import { createDevices } from '../../devices/index.ts';
import type { Caller, RequestContext } from '../../http/operation.ts';
import { createPayments } from '../../payments/index.ts';
import type { createPaymentOperations } from '../../payments/operations.ts';
import type { MakeStore } from '../../store/testing.ts';
import { createServicePlans } from '../index.ts';

const CUSTOMER = 'customer_1';
/** Far ahead, and a day that every month has. */
export const FIRST_END = '2027-01-15';
export const DEVICES = ['device_0', 'device_1', 'device_2'] as const;
export const PRICES = { 1: 30_000_000, 2: 55_000_000, 3: 75_000_000 } as const;

/** The domain with the real payments and devices over a store; the gateway, the clock and the crashes are the test's. */
export async function renewalStage(makeStore: MakeStore) {
  let ahead = 0;
  const clock = { now: () => new Date(Date.parse('2026-11-22T08:30:00.000Z') + ahead) };
  const store = await makeStore({ clock });
  const paidThere = new Set<string>();
  let asked = 0;
  const gateway: PaymentGateway = {
    name: 'memory',
    currencies: ['IRR'],
    limits: { min: 1, max: 1_000_000_000_000 },
    async request() {
      asked += 1;
      return { authority: `a${asked}`, redirectTo: `https://bank.example/a${asked}` };
    },
    readCallback: ({ authority }) => (authority === undefined ? undefined : { authority }),
    verify: async ({ authority }) =>
      paidThere.has(authority)
        ? { state: 'verified', reference: authority, card: null, amount: null }
        : { state: 'not-paid', reason: 'waits', final: false },
    isReversed: async () => false,
  };
  const payments = createPayments({
    store,
    clock,
    options: { gateways: [gateway], publicUrl: 'https://shop.example/callweave' },
    timeZone: 'Asia/Tehran',
    onError: () => {},
  });
  const book = createDevices({ store, directory: {} as never, clock, dayOf: (at) => at.toISOString().slice(0, 10) });
  let crash = false;
  const told: ServicePlanChoice[] = [];
  const plans = createServicePlans({
    store,
    clock,
    devices: {
      ...book,
      // The power goes in the middle of the write that books a payment.
      async extendService(tx, input) {
        const device = await book.extendService(tx, input);
        if (!crash) return device;
        crash = false;
        throw new Error('the power went');
      },
    },
    payments,
    priceListInForce: async () => ({
      id: 'prices_1',
      state: 'published',
      version: 1,
      revision: 1,
      validFrom: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      publishedAt: '2026-01-01T00:00:00.000Z',
      currency: 'IRR',
      unitMinutes: 15,
      work: { simple: 1, normal: 2, hard: 3, expert: 4 },
      renewals: [{ typeId: 'type_1', prices: PRICES }],
    }),
    localeOf: async () => 'en',
    changed: async (_tx, choice) => void told.push(choice),
  });
  const at = clock.now().toISOString();
  await store.write(async (tx) => {
    const names = JSON.stringify({ en: 'S1', fa: 'S1', cs: 'S1' });
    const type = { id: 'type_1', names, brand: 'Artin', model: 'S1', model_key: 'artins1', kind: 'device' };
    await tx.db
      .insertInto('device_types')
      .values({ ...type, service_months: 12, warranty_months: 12, active: 1, created_at: at, updated_at: at })
      .execute();
    for (const id of DEVICES)
      await tx.db
        .insertInto('devices')
        .values({
          id,
          customer_id: CUSTOMER,
          type_id: 'type_1',
          serial: id,
          serial_key: id,
          dongle: null,
          dongle_key: null,
          user_id: null,
          user_key: null,
          installed_on: '2026-01-15',
          installation_sealed: 1,
          warranty_ends_on: null,
          service_ends_on: FIRST_END,
          renewed: 0,
          service_choice: 'none',
          choice_reason: null,
          created_at: at,
          updated_at: at,
        })
        .execute();
  });
  const context = (caller: Partial<Caller> = {}): RequestContext => ({
    caller: { accountId: 'account_1', name: 'B', roles: ['buyer'], branch: '', customerId: CUSTOMER, ...caller },
    requestId: 'r',
    request: new Request('https://shop.example/'),
    body: new Uint8Array(),
  });
  const operations = payments.operations?.['payments'] as unknown as ReturnType<typeof createPaymentOperations>;
  const { servicePlans } = plans.operations;

  return {
    store,
    told,
    renew: (deviceId: string, years: RenewalYears) =>
      store.write((tx) =>
        servicePlans.renew.write(
          tx,
          { deviceId, years, amount: { amount: PRICES[years], currency: 'IRR' } },
          context(),
          undefined,
        ),
      ),
    perCase: (deviceId: string) =>
      store.write((tx) => servicePlans.choosePerCase.write(tx, { deviceId }, context(), undefined)),
    decline: (deviceId: string, reason: string) =>
      store.write((tx) => servicePlans.decline.write(tx, { deviceId, reason, confirmed: true }, context(), undefined)),
    plans: async () => {
      const answer = await servicePlans.own({}, context());
      return answer instanceof Response ? [] : answer.plans;
    },
    /** To the bank and back, as often as the browser comes; or the window is closed after paying. */
    async pay(paymentId: string, { callbacks, crashes }: { readonly callbacks: number; readonly crashes: boolean }) {
      const input = { paymentId, returnTo: '/done' };
      const ready = await operations.start.prepare?.(input, context());
      const { redirectTo } = await store.write((tx) => operations.start.write(tx, input, context(), ready));
      const authority = redirectTo.split('/').at(-1) ?? '';
      paidThere.add(authority);
      const attempt = await store.db
        .selectFrom('payment_attempts')
        .select('id')
        .where('authority', '=', authority)
        .executeTakeFirstOrThrow();
      crash = crashes;
      await Promise.all(
        Array.from({ length: callbacks }, () => operations.callback({ key: attempt.id, authority }, context())),
      );
      crash &&= callbacks === 0;
    },
    async refund(paymentId: string) {
      const attempt = await store.db
        .selectFrom('payment_attempts')
        .select('id')
        .where('payment_id', '=', paymentId)
        .where('state', '=', 'verified')
        .executeTakeFirstOrThrow();
      const input = { paymentId, attemptId: attempt.id, how: 'outside' as const, reason: 'Agreed' };
      await operations.refund.prepare?.(input, context({ roles: ['manager'] }));
      await store.write((tx) => operations.refund.write(tx, input, context({ roles: ['manager'] }), undefined));
    },
    /** Time passes, and whoever looks after payments looks. */
    async later(minutes: number) {
      ahead += minutes * 60_000;
      await payments.reconcile();
      await plans.lapse();
    },
  };
}

export type RenewalStage = Awaited<ReturnType<typeof renewalStage>>;
