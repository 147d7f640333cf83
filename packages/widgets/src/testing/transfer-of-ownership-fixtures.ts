import { billing, LOADING, type Loadable, transfers, Value } from '@callweave/sdk';
import type { BillingOverride, Transfer, TransferOffer } from '@callweave/sdk/protocol';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';
import { hamid, session } from './fixtures.ts';

const wording = (text: string, digest: string) => ({ text, digest });
const wordings = {
  en: wording('Transfer of ownership\nI transfer this device to the person named above.', 'e'),
  fa: wording('انتقال مالکیت\nاین دستگاه را به شخص نام‌بردهٔ بالا منتقل می‌کنم.', 'f'),
  cs: wording('Převod vlastnictví\nPřevádím toto zařízení na výše uvedenou osobu.', 'c'),
};

/** A transfer that its present owner has begun. */
export const transfer = (changes: Partial<Transfer> = {}): Transfer => ({
  id: 'transfer_1',
  deviceId: 'device_given',
  customerId: 'customer_sara',
  state: 'offered',
  device: { brand: 'Artin', model: 'S1', identifier: 'SN-1001' },
  newOwner: { name: 'نیما کریمی', nationalCode: '0790419904', telephone: '+989123450009', locale: 'fa' },
  wordings,
  startedAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2026-12-06T08:00:00.000Z',
  confirmed: null,
  accepted: null,
  decided: null,
  endedAt: null,
  revision: 1,
  review: null,
  ...changes,
});

/** Both have consented; what the house sees. */
export const acceptedTransfer = (review: Partial<NonNullable<Transfer['review']>> = {}): Transfer =>
  transfer({
    state: 'accepted',
    revision: 3,
    confirmed: { at: '2026-11-22T09:00:00.000Z', locale: 'fa', text: wordings.fa.text },
    accepted: { at: '2026-11-23T09:00:00.000Z', locale: 'en', text: wordings.en.text },
    review: {
      owner: { id: 'customer_sara', name: 'Sara Mohammadi' },
      known: null,
      debt: null,
      debtBlocks: false,
      openTickets: 0,
      ownerAddress: '203.0.113.7',
      newOwnerAddress: '',
      ...review,
    },
  });

export const transferOffer = (changes: Partial<TransferOffer> = {}): TransferOffer => ({
  state: 'confirmed',
  device: { brand: 'Artin', model: 'S1', identifier: 'SN-1001' },
  name: 'نیما کریمی',
  nationalCode: '•••••••904',
  telephone: '+98912•••0009',
  locale: 'fa',
  wordings,
  expiresAt: '2026-12-06T08:00:00.000Z',
  acceptedAt: null,
  ...changes,
});

export const sentCode = {
  to: '+98912•••0009',
  expiresAt: '2026-11-22T08:05:00.000Z',
  againAt: '2026-11-22T08:01:00.000Z',
};

export interface TransferDesk extends FakeDesk {
  readonly own: Value<Loadable<readonly Transfer[]>>;
  readonly toReview: Value<Loadable<readonly Transfer[]>>;
  readonly overrides: Value<Loadable<readonly BillingOverride[]>>;
}

/** A desk with transfers, which a test sets; a manager sits at it. */
export function transferDesk(prepare: (desk: TransferDesk) => void = () => {}): TransferDesk {
  const own = new Value<Loadable<readonly Transfer[]>>(LOADING);
  const toReview = new Value<Loadable<readonly Transfer[]>>(LOADING);
  const overrides = new Value<Loadable<readonly BillingOverride[]>>(LOADING);
  const fake = createFakeDesk();
  Object.assign(fake.use(transfers), {
    own: { state: own, open: () => () => {} },
    toReview: { state: toReview, open: () => () => {} },
  });
  Object.assign(fake.use(billing), { followOverrides: () => ({ state: overrides, close: () => {} }) });
  fake.values.session.set({ status: 'signed-in', session: session({ ...hamid, roles: ['manager'] }) });
  fake.answer('transfers.sendCode', () => sentCode);
  fake.answer('transfers.sendOfferCode', () => sentCode);
  const desk = Object.assign(fake, { own, toReview, overrides });
  prepare(desk);
  return desk;
}
