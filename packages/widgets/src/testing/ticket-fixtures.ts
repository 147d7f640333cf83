import { type Loadable, type TicketListView, type TicketView, ticketDevices, tickets, Value } from '@callweave/sdk';
import type {
  Account,
  Attachment,
  CustomerBalance,
  CustomerSummary,
  Device,
  Ticket,
  TicketEntry,
} from '@callweave/sdk/protocol';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';
import { mina, session } from './fixtures.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const ahead = (seconds: number) => ago(-seconds);
const day = (days: number) => ahead(days * 86_400).slice(0, 10);

export const clinic: CustomerSummary = { id: 'cus_clinic', name: 'کلینیک مهر', username: '30112', kind: 'devices' };

/** The buyer of {@link clinic}. */
export const nasrin: Account = {
  ...mina,
  id: 'acc_nasrin',
  username: 'nasrin',
  name: 'نسرین کریمی',
  roles: ['buyer'],
  customerId: clinic.id,
};

export const babak: Account = { ...mina, id: 'acc_babak', username: 'babak', name: 'بابک نوری', roles: ['technician'] };
export const leila: Account = { ...babak, id: 'acc_leila', username: 'leila', name: 'لیلا صدر' };

const person = ({ id, name }: Account) => ({ id, name });

export function device(changes: Partial<Device> = {}): Device {
  return {
    id: 'dev_scanner',
    customerId: clinic.id,
    typeId: 'typ_scanner',
    brand: 'Medit',
    model: 'i700',
    serial: 'MD-70012',
    dongle: null,
    userId: null,
    installedOn: day(-200),
    installationSealed: true,
    warrantyEndsOn: day(165),
    serviceEndsOn: day(165),
    service: { state: 'active', daysLeft: 165, choice: 'none' },
    asOf: day(0),
    createdAt: ago(200 * 86_400),
    updatedAt: ago(200 * 86_400),
    ...changes,
  };
}

export const laser = device({
  id: 'dev_laser',
  typeId: 'typ_laser',
  brand: 'Fotona',
  model: 'LightWalker',
  serial: 'FL-88',
});

export function ticket(changes: Partial<Ticket> = {}): Ticket {
  return {
    id: 'tic_1',
    number: 1042,
    customer: clinic,
    device: { id: 'dev_scanner', brand: 'Medit', model: 'i700', serial: 'MD-70012' },
    title: 'اسکنر پس از به‌روزرسانی وصل نمی‌شود',
    description: 'از صبح چراغ آن زرد است و نرم‌افزار دستگاه را نمی‌بیند.',
    priority: 'high',
    state: 'open',
    closed: null,
    assignee: null,
    createdBy: person(nasrin),
    callId: null,
    createdAt: ago(3_600),
    updatedAt: ago(1_200),
    firstAnswer: { due: ahead(3_600), metAt: null, late: false },
    resolution: { due: ahead(86_400), metAt: null, late: false },
    entries: 1,
    ...changes,
  };
}

export function attachment(changes: Partial<Attachment> = {}): Attachment {
  return {
    id: 'att_1',
    name: 'چراغ زرد.jpg',
    mediaType: 'image/jpeg',
    bytes: 1_800_000,
    state: 'ready',
    scanned: true,
    ...changes,
  };
}

const entry = (id: string, by: Account, seconds: number) => ({
  id,
  ticketId: 'tic_1',
  at: ago(seconds),
  by: person(by),
});

/** The story of a ticket, with everything that can stand in one. */
export function history(): TicketEntry[] {
  return [
    { ...entry('ent_1', nasrin, 3_600), kind: 'created', text: ticket().description, attachments: [attachment()] },
    { ...entry('ent_2', babak, 3_000), kind: 'assigned', assignee: person(babak) },
    {
      ...entry('ent_3', babak, 2_400),
      kind: 'answer',
      text: 'لطفاً کابل را جدا کنید و گزارش را بفرستید:\nتنظیمات ← پشتیبانی.',
      attachments: [],
    },
    {
      ...entry('ent_4', nasrin, 1_200),
      kind: 'message',
      text: 'The report is attached.',
      attachments: [
        attachment({ id: 'att_2', name: 'report.txt', mediaType: 'text/plain', bytes: 4_200, state: 'scanning' }),
        attachment({ id: 'att_3', name: 'setup.mp4', mediaType: 'video/mp4', state: 'infected' }),
      ],
    },
    { ...entry('ent_6', babak, 600), kind: 'priority', from: 'medium', to: 'high' },
  ];
}

/** What the technical team sees besides. */
export function teamHistory(): TicketEntry[] {
  return [
    ...history(),
    {
      ...entry('ent_7', babak, 500),
      kind: 'note',
      text: 'گواهی درایور منقضی شده؛ نسخهٔ تازه لازم است.',
      attachments: [],
    },
    { ...entry('ent_8', babak, 400), kind: 'work', difficulty: 'hard', quantity: 2, text: '' },
  ];
}

export function balance(changes: Partial<CustomerBalance> = {}): CustomerBalance {
  return {
    customerId: clinic.id,
    balance: { amount: 0, currency: 'IRR' },
    threshold: { amount: 80_000_000, currency: 'IRR' },
    ceiling: { amount: 100_000_000, currency: 'IRR' },
    level: 'clear',
    overrideUntil: null,
    ...changes,
  };
}

const WORDS = ['اسکنر', 'لیزر', 'نرم‌افزار', 'کابل', 'به‌روزرسانی', 'Calibration', 'driver', 'گزارش'];
const STATES = ['open', 'in-review', 'answered'] as const;
const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;

/** Many, of every kind; the same ones every time. */
export function manyTickets(count: number): Ticket[] {
  return Array.from({ length: count }, (_, index) => {
    const word = (by: number) => WORDS[(index * by) % WORDS.length];
    return ticket({
      id: `tic_${String(count - index).padStart(6, '0')}`,
      number: 1000 + count - index,
      title: `${word(3)} ${word(5)} ${index}`,
      state: STATES[index % 3] ?? 'open',
      priority: PRIORITIES[(index * 7) % 4] ?? 'low',
      assignee: index % 3 === 0 ? null : person(index % 2 === 0 ? babak : leila),
      createdAt: ago(index * 60),
      updatedAt: ago(index * 45),
      firstAnswer: { due: index % 3 === 0 ? ahead(3_600 - index * 30) : null, metAt: null, late: index > 120 },
      resolution: { due: null, metAt: null, late: false },
    });
  });
}

export interface TicketDesk extends FakeDesk {
  /** What `tickets.follow(…)` shows, for every filter. */
  readonly list: Value<Loadable<TicketListView>>;
  /** What `tickets.followOne(…)` shows. */
  readonly one: Value<Loadable<TicketView>>;
  /** Filters that were followed, the latest last. */
  readonly followed: unknown[];
}

export const listed = (...shown: Ticket[]): Loadable<TicketListView> => ({
  status: 'ready',
  value: { tickets: shown, more: false, total: shown.length },
});

export const thread = (
  shown: Ticket,
  entries: readonly TicketEntry[] = history(),
  more = false,
): Loadable<TicketView> => ({
  status: 'ready',
  value: { ticket: shown, entries, more },
});

/** A fake desk with tickets, where somebody is signed in. */
export function withTickets(who: Account = nasrin, desk: FakeDesk = createFakeDesk()): TicketDesk {
  const list = new Value<Loadable<TicketListView>>(listed(ticket()));
  const one = new Value<Loadable<TicketView>>(thread(ticket()));
  const followed: unknown[] = [];
  desk.values.session.set({ status: 'signed-in', session: session(who) });
  Object.assign(desk.use(tickets), {
    follow: (filter: unknown) => {
      followed.push(filter);
      return { state: list, more: async () => {}, reload: async () => {}, close: () => {} };
    },
    followOne: () => ({ state: one, older: async () => {}, reload: async () => {}, close: () => {} }),
    fileUrl: (id: string) => `data:application/octet-stream,${id}`,
  });
  desk.answer('tickets.rules', () => ({
    attachments: {
      maxBytes: 10_000_000,
      maxFiles: 5,
      mediaTypes: ['image/jpeg', 'image/png', 'application/pdf', 'text/plain', 'video/mp4'],
    },
    goals: {},
  }));
  desk.answer('tickets.eligibility', () => ({ ticketsAllowed: true }));
  desk.answer('tickets.count', () => 3);
  desk.answer('tickets.technicians', () => [person(babak), person(leila)]);
  desk.answer('tickets.upload', (file: File) =>
    attachment({ id: `att_${file.name}`, name: file.name, bytes: file.size }),
  );
  desk.answer('tickets.discard', () => undefined);
  const changed = () => ({ ticket: ticket(), entries: [] });
  for (const name of ['create', 'write', 'answer', 'note', 'assign', 'setPriority', 'recordWork', 'close', 'reopen'])
    desk.answer(`tickets.${name}`, changed);
  desk.answer(`${ticketDevices.name}.list`, () => [device(), laser]);
  desk.answer(`${ticketDevices.name}.balance`, () => balance());
  return Object.assign(desk, { list, one, followed });
}
