import type { OrderTerms } from '../order-terms.ts';

export const orders: OrderTerms = {
  side: { buy: 'خرید', sell: 'فروش' },
  section: { securities: 'اوراق بهادار', commodity: 'بورس کالا' },
  instrumentKind: { share: 'سهام', right: 'حق تقدم', bond: 'اوراق مشارکت', commodity: 'کالا' },
  state: {
    draft: 'پیش‌نویس',
    'read-back': 'بازخوانی‌شده',
    submitted: 'ثبت‌شده',
    announced: 'اعلام‌شده به تالار',
    accepted: 'در حال اقدام',
    'partly-filled': 'انجام بخشی',
    filled: 'انجام‌شده',
    rejected: 'رد شده',
    returned: 'برگشت از تالار',
    cancelled: 'انصراف مشتری',
    replaced: 'تغییر یافته',
    expired: 'پایان اعتبار',
  },
  validity: { day: 'روز', gtc: 'معتبر تا لغو', until: 'تا تاریخ', 'fill-and-kill': 'انجام و حذف' },
};
