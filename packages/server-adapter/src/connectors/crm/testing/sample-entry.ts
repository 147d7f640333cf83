import type { CrmEntry } from '../crm-connector.ts';

export const sampleEntry: CrmEntry = {
  id: 'crm_1',
  reference: 'choice_01hx',
  remoteId: null,
  choice: {
    id: 'choice_01hx',
    deviceId: 'device_1',
    customerId: 'customer_1',
    kind: 'renewal',
    state: 'waiting',
    years: 2,
    amount: { amount: 55_000_000, currency: 'IRR' },
    priceHoldsUntil: '2026-11-25T10:00:00.000Z',
    paymentId: 'payment_1',
    reason: null,
    serviceEndsOn: null,
    chosenAt: '2026-11-22T10:00:00.000Z',
    settledAt: null,
  },
  device: { id: 'device_1', brand: 'Artin', model: 'S1', serial: 'SN-7' },
  customer: { id: 'customer_1', name: 'Sara Karimi', telephone: '+989121234567' },
};
