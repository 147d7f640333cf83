import { type CrmView, type Loadable, type ServicePlansView, servicePlans, Value } from '@callweave/sdk';
import type { CrmRecord, ServicePlan, ServicePlanChoice } from '@callweave/sdk/protocol';
import { device } from './device-fixtures.ts';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';

const HOUR = 3_600_000;
const rial = (amount: number) => ({ amount, currency: 'IRR' as const });
const expired = { serviceEndsOn: '2026-03-20', service: { state: 'expired', daysLeft: null, choice: 'none' } } as const;

export const choice = (changes: Partial<ServicePlanChoice> = {}): ServicePlanChoice => ({
  id: 'choice_1',
  deviceId: 'device_plan',
  customerId: 'customer_sara',
  kind: 'renewal',
  state: 'waiting',
  years: 2,
  amount: rial(55_000_000),
  priceHoldsUntil: new Date(Date.now() + 72 * HOUR).toISOString(),
  paymentId: 'payment_1',
  reason: null,
  serviceEndsOn: null,
  chosenAt: new Date(Date.now() - HOUR).toISOString(),
  settledAt: null,
  ...changes,
});

const settled = { years: null, amount: null, priceHoldsUntil: null, paymentId: null, state: 'done' } as const;

/** Service is over, and nothing was chosen. */
export const plan = (changes: Partial<ServicePlan> = {}): ServicePlan => ({
  device: device({ id: 'device_plan', serial: 'SN-7', ...expired }),
  choice: null,
  renewals: [
    { years: 1, amount: rial(30_000_000) },
    { years: 2, amount: rial(55_000_000) },
    { years: 3, amount: rial(75_000_000) },
  ],
  ...changes,
});

export const planWaiting = () => plan({ choice: choice() });
export const planLapsed = () => plan({ choice: choice({ state: 'lapsed' }) });
export const planRefunded = () => plan({ choice: choice({ state: 'refunded' }) });
export const planRenewed = () =>
  plan({
    device: device({
      id: 'device_plan',
      serviceEndsOn: '2028-11-21',
      service: { state: 'renewed', daysLeft: 730, choice: 'none' },
    }),
    choice: choice({ state: 'done', serviceEndsOn: '2028-11-21' }),
  });
export const planPerCase = () =>
  plan({
    device: device({
      id: 'device_plan',
      ...expired,
      service: { state: 'per-case', daysLeft: null, choice: 'per-case' },
    }),
    choice: choice({ ...settled, kind: 'per-case' }),
  });
export const planDeclined = () =>
  plan({
    device: device({ id: 'device_plan', service: { state: 'active', daysLeft: 20, choice: 'declined' } }),
    choice: choice({ ...settled, kind: 'declined', reason: 'We sell it' }),
  });
export const planNotInstalled = () =>
  plan({
    device: device({
      id: 'device_plan',
      installedOn: null,
      serviceEndsOn: null,
      service: { state: 'not-activated', daysLeft: null, choice: 'none' },
    }),
    renewals: [],
  });

export const crmRecord = (changes: Partial<CrmRecord> = {}): CrmRecord => ({
  id: 'choice_1',
  deviceId: 'device_plan',
  customerId: 'customer_sara',
  state: 'waiting',
  problem: null,
  attempts: 0,
  remoteId: null,
  changedAt: '2026-11-22T08:00:00.000Z',
  syncedAt: null,
  ...changes,
});

export interface ServicePlanDesk extends FakeDesk {
  readonly plans: Value<Loadable<ServicePlansView>>;
  readonly crm: Value<Loadable<CrmView>>;
  /** How often a widget asked to load anew. */
  reloads(): number;
  show(plans: readonly ServicePlan[], changes?: Partial<ServicePlansView>): void;
  tell(records: readonly CrmRecord[]): void;
}

/** A desk with plans and what the CRM knows of them, which a test sets. */
export function servicePlanDesk(): ServicePlanDesk {
  const plans = new Value<Loadable<ServicePlansView>>({ status: 'loading' });
  const crm = new Value<Loadable<CrmView>>({ status: 'ready', value: { records: [], crm: 'didar' } });
  const desk = createFakeDesk();
  let reloads = 0;
  Object.assign(desk.use(servicePlans), {
    follow: () => ({
      state: plans,
      reload: () => {
        reloads += 1;
      },
      close: () => {},
    }),
    followCrm: () => ({ state: crm, close: () => {} }),
  });
  return Object.assign(desk, {
    plans,
    crm,
    reloads: () => reloads,
    show: (list: readonly ServicePlan[], changes: Partial<ServicePlansView> = {}) =>
      plans.set({
        status: 'ready',
        value: {
          plans: [...list],
          perCase: { unitMinutes: 15, currency: 'IRR', from: 1_000_000, to: 4_000_000 },
          payable: true,
          ...changes,
        },
      }),
    tell: (records: readonly CrmRecord[]) =>
      crm.set({ status: 'ready', value: { records: [...records], crm: 'didar' } }),
  });
}
