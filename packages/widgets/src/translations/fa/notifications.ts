import type { NotificationTerms } from '../notification-terms.ts';

const number = new Intl.NumberFormat('fa');
const count = (value: number) => number.format(value);

export const notifications: NotificationTerms = {
  title: 'اعلان‌ها',
  open: (n) => `اعلان‌ها، ${count(n)} خوانده‌نشده`,
  announceUnread: (n) => `${count(n)} اعلان خوانده‌نشده`,
  empty: 'هنوز خبری نیست. به‌روزرسانی‌ها، تغییر شرایط و اطلاعیه‌های رسمی خودبه‌خود اینجا دیده می‌شوند.',
  category: { 'software-update': 'به‌روزرسانی نرم‌افزار', 'service-terms': 'شرایط خدمات', legal: 'اطلاعیهٔ حقوقی' },
  state: { unread: 'خوانده‌نشده', read: 'خوانده‌شده', acknowledged: 'تأییدشده' },
  mustAcknowledge: 'لطفاً این متن را بخوانید و آگاهی خود را تأیید کنید.',
  acknowledge: 'آگاه شدم',
  acknowledgedOn: (w) => `در ${w} تأیید شد`,
  consents: 'پیام به تلفن شما',
  consentsHint: 'انتخاب کنید هر گونه خبر از کدام راه نیز برایتان فرستاده شود.',
  fixed: 'همیشه: آگاه‌کردن شما وظیفهٔ ماست',
  channel: { sms: 'پیامک', whatsapp: 'واتساپ' },
  manage: {
    title: 'اطلاعیه‌ها',
    empty: 'هنوز چیزی اعلام نشده است. نخستین پیش‌نویس را بنویسید.',
    write: 'اطلاعیهٔ تازه',
    edit: 'ویرایش',
    categoryLabel: 'دسته',
    titleIn: { en: 'عنوان انگلیسی', fa: 'عنوان فارسی', cs: 'عنوان چکی' },
    contentIn: { en: 'متن انگلیسی', fa: 'متن فارسی', cs: 'متن چکی' },
    models: 'تنها برای این مدل‌ها',
    modelsHint: 'چند مدل را با ویرگول جدا کنید. خالی: همه.',
    serviceStates: 'تنها برای دستگاه‌هایی که خدماتشان',
    serviceState: {
      'not-activated': 'فعال نشده',
      active: 'فعال',
      renewed: 'تمدیدشده',
      'per-case': 'موردی',
      declined: 'رد شده',
      expired: 'منقضی',
    },
    save: 'ذخیرهٔ پیش‌نویس',
    remove: 'حذف پیش‌نویس',
    publish: 'انتشار…',
    publishNow: 'اکنون منتشر شود',
    schedule: 'زمان‌بندی',
    at: 'نه زودتر از',
    reach: (a, b, c, d) => `${count(a)} خریدار: ${count(b)} با پیامک، ${count(c)} با واتساپ، ${count(d)} بدون پیام.`,
    withdraw: 'پس‌گرفتن…',
    withdrawReason: 'چرا پس گرفته می‌شود',
    confirmWithdraw: 'پس گرفته شود',
    state: { draft: 'پیش‌نویس', scheduled: 'زمان‌بندی‌شده', published: 'منتشرشده', withdrawn: 'پس‌گرفته' },
    figures: (a, b, c) => `${count(a)} گیرنده · ${count(b)} خوانده‌اند · ${count(c)} تأیید کرده‌اند`,
    deliveries: (a, b, c, d) =>
      `پیام‌ها: ${count(a)} تحویل شده، ${count(b)} در راه، ${count(c)} ناموفق، ${count(d)} بدون رضایت`,
  },
};
