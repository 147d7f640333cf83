import type { PortalSeed } from './portal/database.ts';

/** Everything that is invented for the demonstration, in one place. */
export const DEMO_PASSWORD = 'callweave-demo';
export const PUBLIC_NUMBER = '+982181021380';
export const VOICEMAIL_NUMBER = '+982181021377';
export const FAX_NUMBER = '+982181021399';
/** Field callers ring this one to call out, and that one to return a missed call. */
export const ACCESS_NUMBER = '+420234234399';
export const EXCHANGE_NUMBER = '+420234234390';

export const DEMO: PortalSeed = {
  users: [
    { id: 'u-agent', username: 'agent', name: 'نگار کریمی', job: 'agent', branch: 'تهران', password: DEMO_PASSWORD },
    { id: 'u-backup', username: 'backup', name: 'بابک راد', job: 'agent', branch: 'اصفهان', password: DEMO_PASSWORD },
    { id: 'u-dealer', username: 'dealer', name: 'دارا مرادی', job: 'dealer', branch: 'تالار', password: DEMO_PASSWORD },
    {
      id: 'u-supervisor',
      username: 'supervisor',
      name: 'سیما فرهادی',
      job: 'supervisor',
      branch: 'تهران',
      password: DEMO_PASSWORD,
    },
    {
      id: 'u-field',
      username: 'field',
      name: 'Petr Dvořák',
      job: 'field-caller',
      branch: 'Praha',
      password: DEMO_PASSWORD,
    },
    {
      id: 'u-manager',
      username: 'manager',
      name: 'مینا شریفی',
      job: 'manager',
      branch: 'دفتر مرکزی',
      password: DEMO_PASSWORD,
    },
  ],
  clients: [
    {
      id: 'c-sara',
      fullName: 'سارا احمدی',
      clientNumber: '10001',
      nationalCode: '0499370899',
      phone1: '+989121234567',
      phone2: '+982188776655',
      market: 'both',
      contractDate: '2025-04-12',
      balanceRial: 2_450_000_000,
      managers: ['u-agent', 'u-backup'],
    },
    {
      id: 'c-reza',
      fullName: 'رضا موسوی',
      clientNumber: '10002',
      nationalCode: '0790419904',
      phone1: '+989351112233',
      phone2: null,
      market: 'securities',
      contractDate: '2024-11-03',
      balanceRial: 730_000_000,
      managers: ['u-agent', 'u-backup'],
    },
    {
      id: 'c-leila',
      fullName: 'لیلا موسوی',
      clientNumber: '10003',
      nationalCode: '0084575948',
      phone1: '+989351112233',
      phone2: null,
      market: 'securities',
      contractDate: '2025-01-20',
      balanceRial: 91_500_000,
      managers: ['u-backup', 'u-agent'],
    },
    {
      id: 'c-kaveh',
      fullName: 'کاوه نادری',
      clientNumber: '10004',
      nationalCode: '3051143979',
      phone1: '+989124445566',
      phone2: null,
      market: 'commodity',
      contractDate: '2025-09-01',
      balanceRial: 5_120_000_000,
      managers: ['u-agent'],
    },
    {
      id: 'c-jana',
      fullName: 'Jana Nováková',
      clientNumber: '10005',
      nationalCode: '0013542419',
      phone1: '+420777123456',
      phone2: null,
      market: 'securities',
      contractDate: null,
      balanceRial: 18_000_000,
      managers: ['u-agent', 'u-backup'],
    },
  ],
};

/** What the desk knows of the same people besides: how they are verified. */
export const DEMO_CUSTOMERS = [
  {
    username: '10001',
    questions: [
      ['نام اولین معلم شما چه بود؟', 'زهرا'],
      ['نام شهر محل تولد مادرتان؟', 'یزد'],
      ['رنگ اولین خودروی شما؟', 'سفید'],
      ['نام بهترین دوست دوران کودکی؟', 'مریم'],
    ],
  },
  {
    username: '10002',
    questions: [
      ['نام اولین مدرسهٔ شما؟', 'البرز'],
      ['غذای محبوب شما؟', 'قرمه سبزی'],
      ['نام خیابان کودکی شما؟', 'بهار'],
    ],
  },
  {
    username: '10003',
    questions: [
      ['نام اولین مدرسهٔ شما؟', 'پروین'],
      ['گل محبوب شما؟', 'نرگس'],
      ['ماه تولد پدرتان؟', 'مهر'],
    ],
  },
  {
    username: '10004',
    questions: [
      ['نام پدربزرگ شما؟', 'حسین'],
      ['اولین شغل شما؟', 'معلم'],
      ['شهر محبوب شما؟', 'شیراز'],
    ],
  },
  {
    username: '10005',
    questions: [
      ['Jméno vaší první učitelky?', 'Eva'],
      ['Oblíbené jídlo?', 'svíčková'],
    ],
  },
] as const;

/** A survey in the field: who calls out through which fictitious number. */
export const DEMO_FIELD = {
  project: 'Průzkum prodejců vozů',
  info: 'Zavolejte jako zákazník, který hledá rodinný vůz. Zeptejte se na předváděcí jízdu.',
  numbersToCall: [{ label: 'Autosalon Praha', number: '+420222333444' }],
  fictitiousNumbers: ['+420234234501', '+420234234502'],
  caller: { name: 'Petr Dvořák', number: '+420601112233', accountId: 'u-field', locale: 'cs' },
} as const;
