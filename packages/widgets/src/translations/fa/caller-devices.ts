import type { CallerDevicesTerms } from '../caller-devices-terms.ts';

export const callerDevices: CallerDevicesTerms = {
  devices: (count, shown) => (count === 0 ? 'بدون دستگاه' : `${shown} دستگاه`),
  service: {
    'not-activated': (shown) => `${shown} فعال نشده`,
    active: (shown) => `${shown} فعال`,
    renewed: (shown) => `${shown} تمدید شده`,
    'per-case': (shown) => `${shown} پرداخت موردی`,
    declined: (shown) => `${shown} انصراف داده`,
    expired: (shown) => `${shown} منقضی`,
  },
  daysLeft: (days, shown) => (days === 0 ? 'روز آخر' : `${shown} روز مانده`),
  inWarranty: (shown) => `${shown} در گارانتی`,
  tickets: (count, shown) => (count === 0 ? 'بدون تیکت باز' : `${shown} تیکت باز`),
  owesNothing: 'بدون بدهی',
  owes: (sum) => `بدهی ${sum}`,
  owesOf: (sum, ceiling) => `بدهی ${sum} از ${ceiling}`,
  ceilingReached: 'به سقف رسیده',
  permitted: 'ثبت مورد جدید مجاز است',
};
