import type { NewPerson } from './site/people.ts';

export const DEMO_PASSWORD = 'callweave-demo';
/** At which buyers call (E.164). */
export const PUBLIC_NUMBER = '+982188990011';

const staff = (id: string, job: NewPerson['job'], name: string): NewPerson => ({
  id: `s-${id}`,
  username: id,
  name,
  job,
  customerId: null,
  password: DEMO_PASSWORD,
});

/** The vendor's people. Buyers are made by the manager. */
export const STAFF: readonly NewPerson[] = [
  staff('manager', 'manager', 'نرگس سلطانی'),
  staff('technician', 'technician', 'پیمان رستگار'),
  staff('technician2', 'technician', 'Tomáš Dvořák'),
  staff('supervisor', 'supervisor', 'لیلا ناصری'),
  staff('agent', 'agent', 'مینا رضایی'),
];

const name = (model: string, en: string, fa: string, cs: string) => ({
  names: { en: `${en} ${model}`, fa: `${fa} ${model}`, cs: `${cs} ${model}` },
  model,
});

/** What the vendor sells, with the prices of one, two and three more years of service in rial. */
export const DEMO_TYPES = [
  {
    ...name('M5', 'Milling machine', 'دستگاه تراش', 'Frézka'),
    brand: 'Arvin',
    kind: 'milling',
    renewals: { 1: 180_000_000, 2: 330_000_000, 3: 450_000_000 },
  },
  {
    ...name('S2', 'Scanner', 'اسکنر', 'Skener'),
    brand: 'Arvin',
    kind: 'scanner',
    renewals: { 1: 90_000_000, 2: 165_000_000, 3: null },
  },
  {
    ...name('F1', 'Sintering furnace', 'کورهٔ سینتر', 'Sintrovací pec'),
    brand: 'Kilnova',
    kind: 'furnace',
    renewals: { 1: 60_000_000, 2: null, 3: null },
  },
] as const;

/** Seed 003: device fully installed; driver, compressor, connections; initial training. */
export const DEMO_CHECKLIST = [
  {
    en: 'The device is fully installed.',
    fa: 'نصب کامل دستگاه انجام شده است.',
    cs: 'Zařízení je kompletně nainstalováno.',
  },
  {
    en: 'Driver, compressor and connections are installed.',
    fa: 'نصب درایور، کمپرسور و اتصالات انجام شده است.',
    cs: 'Ovladač, kompresor a přípojky jsou nainstalovány.',
  },
  { en: 'The initial training was given.', fa: 'آموزش اولیه انجام شده است.', cs: 'Proběhlo úvodní školení.' },
] as const;

export const DEMO_PRICES = {
  currency: 'IRR',
  unitMinutes: 30,
  work: { simple: 3_000_000, normal: 6_000_000, hard: 12_000_000, expert: 20_000_000 },
} as const;

/** Buyers, with their logins and devices (last days of warranty and service in the Gregorian calendar). */
export const DEMO_BUYERS = [
  {
    username: 'buyer',
    name: 'شرکت دندان‌سازی سپید (رضا کاظمی)',
    nationalCode: '0499370899',
    telephone: '+989121112233',
    operator: 'الهام شریفی',
    address: { city: 'تهران', street: 'خیابان ولیعصر، کوچهٔ نسترن', building: 'ساختمان ۱۲، طبقهٔ ۳' },
    locale: 'fa',
    devices: [
      { model: 'M5', serial: 'M5-24-00117', dongle: 'D-88213' },
      {
        model: 'S2',
        serial: 'S2-23-00450',
        userId: 'sepid-lab',
        installedOn: '2025-02-10',
        warrantyEndsOn: '2026-02-09',
        serviceEndsOn: '2026-02-09',
      },
    ],
  },
  {
    username: 'buyer2',
    name: 'Laboratoř Bílý zub (Jana Nováková)',
    nationalCode: '0790419904',
    telephone: '+420777123456',
    operator: 'Jana Nováková',
    address: { city: 'Brno', street: 'Lidická 31', building: '2. patro' },
    locale: 'cs',
    devices: [],
  },
] as const;
