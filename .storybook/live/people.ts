// Everything that is invented for the live page, in one place. The page imports it too: nothing here may need Node.

export const PUBLIC_NUMBER = '+982181021380';

export const AGENT = {
  id: 'agent',
  username: 'agent',
  name: 'نگار کریمی',
  branch: 'تهران',
  roles: ['agent'],
  inGroup: true,
  locale: 'fa',
} as const;

export const CUSTOMERS = [
  {
    name: 'سارا احمدی',
    username: '10001',
    nationalCode: '0499370899',
    kind: 'both',
    numbers: ['+989121234567', '+982188776655'],
    locale: 'fa',
    questions: [
      { text: 'نام اولین معلم شما چه بود؟', answer: 'زهرا' },
      { text: 'نام شهر محل تولد مادرتان؟', answer: 'یزد' },
      { text: 'رنگ اولین خودروی شما؟', answer: 'سفید' },
    ],
  },
  {
    name: 'Jana Nováková',
    username: '10002',
    nationalCode: '0013542419',
    kind: 'securities',
    numbers: ['+420777123456'],
    locale: 'cs',
    questions: [
      { text: 'Jméno vaší první učitelky?', answer: 'Eva' },
      { text: 'Oblíbené jídlo?', answer: 'svíčková' },
    ],
  },
] as const;

/** Who calls: the customers, and somebody whom nobody knows. */
export const CALLERS = [
  ...CUSTOMERS.flatMap(({ name, numbers }) => numbers.map((number) => ({ name, number: number as string }))),
  { name: 'Unknown', number: '+989199999999' },
];
