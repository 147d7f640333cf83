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
