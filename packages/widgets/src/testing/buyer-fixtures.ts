import type { AuditEntry, Buyer, BuyerProfile } from '@callweave/sdk/protocol';

const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

export const buyerProfile: BuyerProfile = {
  customerId: 'cus_nima',
  name: 'دکتر نیما فرهادی',
  nationalCode: '0013542419',
  operator: 'لیلا صادقی',
  address: { city: 'شیراز', street: 'خیابان زند، کوچهٔ ۱۲', building: 'ساختمان پزشکان نور، طبقهٔ ۳' },
  telephone: '+989171234567',
  locale: 'fa',
};

export const nimaBuyer: Buyer = {
  ...buyerProfile,
  account: { id: 'acc_nima', username: '10301', state: 'active', until: null },
  invitable: true,
  keptByHost: false,
  updatedAt: '2026-11-20T08:00:00.000Z',
};

const other = (id: string, name: string, nationalCode: string, account: Buyer['account']): Buyer => ({
  ...nimaBuyer,
  customerId: id,
  name,
  nationalCode,
  account,
});

export const fiveBuyers: readonly Buyer[] = [
  nimaBuyer,
  other('cus_bahar', 'بهار نوری', '0499370899', null),
  other('cus_omid', 'امید کاظمی', '0790419904', {
    id: 'acc_omid',
    username: '10302',
    state: 'invited',
    until: ahead(40),
  }),
  other('cus_tara', 'تارا موسوی', '0084575948', {
    id: 'acc_tara',
    username: '10303',
    state: 'locked',
    until: ahead(0.2),
  }),
  other('cus_jan', 'Jan Novák', '0076229645', { id: 'acc_jan', username: '10304', state: 'off', until: null }),
];

export const auditEntries: readonly AuditEntry[] = [
  {
    id: 'change_2',
    at: '2026-11-20T08:00:00.000Z',
    actor: 'acc_hamid',
    actorName: 'حمید کریمی',
    subject: 'buyer:cus_nima',
    changes: {
      telephone: { from: '+989171234500', to: '+989171234567' },
      address: { from: { building: '۱', city: 'تهران', street: 'ولیعصر' }, to: { ...buyerProfile.address } },
    },
    reason: 'جابه‌جایی مطب',
    intact: true,
  },
  {
    id: 'change_1',
    at: '2026-11-02T10:30:00.000Z',
    actor: 'system',
    actorName: null,
    subject: 'buyer:cus_nima',
    changes: { active: { from: false, to: true }, invitedUntil: { from: null, to: '2026-11-05T10:30:00.000Z' } },
    reason: null,
    intact: true,
  },
];
