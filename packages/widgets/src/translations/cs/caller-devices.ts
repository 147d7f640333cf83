import type { CallerDevicesTerms } from '../caller-devices-terms.ts';

const few = (count: number): boolean => count >= 2 && count <= 4;

export const callerDevices: CallerDevicesTerms = {
  // The word for a device is the same for one and for many.
  devices: (count, shown) => (count === 0 ? 'Žádné zařízení' : `${shown} zařízení`),
  service: {
    'not-activated': (shown) => `${shown} neaktivováno`,
    active: (shown) => `${shown} v servisu`,
    renewed: (shown) => `${shown} prodlouženo`,
    'per-case': (shown) => `${shown} za případ`,
    declined: (shown) => `${shown} odmítnuto`,
    expired: (shown) => `${shown} vypršelo`,
  },
  daysLeft: (days, shown) =>
    days === 0
      ? 'poslední den'
      : days === 1
        ? 'zbývá 1 den'
        : few(days)
          ? `zbývají ${shown} dny`
          : `zbývá ${shown} dní`,
  inWarranty: (shown) => `${shown} v záruce`,
  tickets: (count, shown) =>
    count === 0
      ? 'Žádný otevřený požadavek'
      : count === 1
        ? '1 otevřený požadavek'
        : few(count)
          ? `${shown} otevřené požadavky`
          : `${shown} otevřených požadavků`,
  owesNothing: 'Nic nedluží',
  owes: (sum) => `Dluží ${sum}`,
  owesOf: (sum, ceiling) => `Dluží ${sum} z ${ceiling}`,
  ceilingReached: 'limit vyčerpán',
  permitted: 'nové případy povoleny',
};
