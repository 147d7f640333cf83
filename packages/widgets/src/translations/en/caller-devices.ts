import type { CallerDevicesTerms } from '../caller-devices-terms.ts';

export const callerDevices: CallerDevicesTerms = {
  devices: (count, shown) => (count === 1 ? '1 device' : count === 0 ? 'No devices' : `${shown} devices`),
  service: {
    'not-activated': (shown) => `${shown} not activated`,
    active: (shown) => `${shown} active`,
    renewed: (shown) => `${shown} renewed`,
    'per-case': (shown) => `${shown} per case`,
    declined: (shown) => `${shown} declined`,
    expired: (shown) => `${shown} expired`,
  },
  daysLeft: (days, shown) => (days === 0 ? 'last day' : days === 1 ? '1 day left' : `${shown} days left`),
  inWarranty: (shown) => `${shown} in warranty`,
  tickets: (count, shown) =>
    count === 1 ? '1 open ticket' : count === 0 ? 'No open tickets' : `${shown} open tickets`,
  owesNothing: 'Owes nothing',
  owes: (sum) => `Owes ${sum}`,
  owesOf: (sum, ceiling) => `Owes ${sum} of ${ceiling}`,
  ceilingReached: 'ceiling reached',
  permitted: 'new cases permitted',
};
