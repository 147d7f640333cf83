import type { Checklist, DeviceType, Installation, Wording } from '@callweave/sdk/protocol';

const ITEMS = [
  {
    id: 'item_1',
    texts: { en: 'The cables are laid safely', fa: 'کابل‌ها ایمن کشیده شده‌اند', cs: 'Kabely jsou bezpečně vedeny' },
  },
  {
    id: 'item_2',
    texts: { en: 'A test scan was made', fa: 'اسکن آزمایشی انجام شد', cs: 'Byl proveden zkušební sken' },
  },
] as const;

const wording = (text: string): Wording => ({ text, digest: 'a'.repeat(64) });

export const installation = (changes: Partial<Installation> = {}): Installation => ({
  id: 'inst_1',
  deviceId: 'device_1',
  customerId: 'customer_1',
  state: 'waiting',
  device: { brand: 'Artin', model: 'S1', serial: 'SN-48/12-A' },
  checklist: { id: 'checklist_1', version: 2, items: [...ITEMS] },
  installedOn: '2026-11-20',
  notes: 'Second floor, beside the window',
  revision: 1,
  wordings: {
    en: wording('Confirmation of installation\nDevice: Artin S1\n1. The cables are laid safely'),
    fa: wording('تأیید نصب\nدستگاه: Artin S1\n۱. کابل‌ها ایمن کشیده شده‌اند'),
    cs: wording('Potvrzení instalace\nZařízení: Artin S1\n1. Kabely jsou bezpečně vedeny'),
  },
  preparedAt: '2026-11-20T10:00:00.000Z',
  preparedBy: { id: 'acc_reza', name: 'Reza Karimi' },
  confirmed: null,
  ...changes,
});

export const confirmedInstallation = (changes: Partial<Installation> = {}): Installation =>
  installation({
    state: 'confirmed',
    confirmed: {
      at: '2026-11-22T11:00:00.000Z',
      by: { id: 'acc_sara', name: 'Sara Mohammadi' },
      locale: 'fa',
      text: 'تأیید نصب\nدستگاه: Artin S1',
      code: 'ABCDEFGHJK0123456789',
    },
    ...changes,
  });

export const checklist = (changes: Partial<Checklist> = {}): Checklist => ({
  id: 'checklist_1',
  typeId: 'general',
  version: 2,
  state: 'published',
  items: [...ITEMS],
  revision: 3,
  updatedAt: '2026-11-01T10:00:00.000Z',
  publishedAt: '2026-11-01T10:00:00.000Z',
  ...changes,
});

export const scannerType: DeviceType = {
  id: 'devicetype_1',
  names: { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' },
  brand: 'Artin',
  model: 'S1',
  kind: 'device',
  serviceMonths: 12,
  warrantyMonths: 24,
  active: true,
};
