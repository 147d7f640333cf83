import type { CallPortal, Device, DeviceType, Import } from '@callweave/sdk/protocol';

let count = 0;

/** A device whose service runs for some weeks yet. */
export const device = (changes: Partial<Device> = {}): Device => {
  count += 1;
  return {
    id: `device_${count}`,
    customerId: 'customer_sara',
    typeId: 'devicetype_1',
    brand: 'Artin',
    model: 'S1',
    serial: `SN-100${count}`,
    dongle: null,
    userId: null,
    installedOn: '2025-03-21',
    installationSealed: true,
    warrantyEndsOn: '2027-03-20',
    serviceEndsOn: '2026-12-31',
    service: { state: 'active', daysLeft: 39, choice: 'none' },
    asOf: '2026-11-22',
    createdAt: '2025-03-01T08:00:00.000Z',
    updatedAt: '2025-03-01T08:00:00.000Z',
    ...changes,
  };
};

const over = { warrantyEndsOn: '2026-03-20', serviceEndsOn: '2026-03-20' };

/** One in each state. */
export const deviceInEachState = (): Device[] => [
  device({ id: 'device_active' }),
  device({ id: 'device_last', serviceEndsOn: '2026-11-22', service: { state: 'active', daysLeft: 0, choice: 'none' } }),
  device({
    id: 'device_renewed',
    dongle: 'D-77',
    serviceEndsOn: '2028-12-31',
    service: { state: 'renewed', daysLeft: 770, choice: 'none' },
  }),
  device({ id: 'device_case', ...over, service: { state: 'per-case', daysLeft: null, choice: 'per-case' } }),
  device({ id: 'device_declined', ...over, service: { state: 'declined', daysLeft: null, choice: 'declined' } }),
  device({ id: 'device_expired', ...over, service: { state: 'expired', daysLeft: null, choice: 'none' } }),
  device({
    id: 'device_new',
    serial: null,
    userId: 'sara.karimi',
    installedOn: null,
    warrantyEndsOn: null,
    serviceEndsOn: null,
    installationSealed: false,
    service: { state: 'not-activated', daysLeft: null, choice: 'none' },
  }),
];

export const deviceType = (changes: Partial<DeviceType> = {}): DeviceType => ({
  id: 'devicetype_1',
  names: { en: 'Scanner S1', fa: 'اسکنر اس۱', cs: 'Skener S1' },
  brand: 'Artin',
  model: 'S1',
  kind: 'scanner',
  serviceMonths: 12,
  warrantyMonths: 24,
  active: true,
  ...changes,
});

export const importOf = (changes: Partial<Import> = {}): Import => ({
  id: 'import_1',
  kind: 'devices',
  fileName: 'devices.csv',
  state: 'ready',
  rows: 1200,
  checked: 1200,
  applied: 0,
  faults: [],
  faultCount: 0,
  preview: [{ line: 2, cells: { customer: '0013542419', brand: 'Artin', model: 'S1', serial: 'SN-1' } }],
  createdBy: 'account_1',
  createdAt: '2026-11-22T08:00:00.000Z',
  endedAt: null,
  ...changes,
});

/** What a caller has who has bought devices: one of two without service, and a debt below the ceiling. */
export function callPortal(changes: Partial<CallPortal> = {}): CallPortal {
  return {
    devices: 2,
    inWarranty: 1,
    service: { active: 1, expired: 1 },
    attention: { brand: 'Arvin', model: 'S2', state: 'expired', daysLeft: null },
    openTickets: 1,
    debt: {
      balance: { amount: 30_000_000, currency: 'IRR' },
      ceiling: { amount: 100_000_000, currency: 'IRR' },
      level: 'clear',
      override: false,
    },
    ...changes,
  };
}
