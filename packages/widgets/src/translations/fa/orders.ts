import type { OrderTerms } from '../order-terms.ts';

const count = (value: number) => new Intl.NumberFormat('fa-IR').format(value);

export const orders: OrderTerms = {
  side: { buy: 'خرید', sell: 'فروش' },
  section: { securities: 'اوراق بهادار', commodity: 'بورس کالا' },
  instrumentKind: { share: 'سهام', right: 'حق تقدم', bond: 'اوراق مشارکت', commodity: 'کالا' },
  state: {
    draft: 'پیش‌نویس', 'read-back': 'بازخوانی‌شده', submitted: 'ثبت‌شده', announced: 'اعلام‌شده به تالار', accepted: 'در حال اقدام', 'partly-filled': 'انجام بخشی',
    filled: 'انجام‌شده', rejected: 'رد شده', returned: 'برگشت از تالار', cancelled: 'انصراف مشتری', replaced: 'تغییر یافته', expired: 'پایان اعتبار',
  },
  validity: { day: 'روز', gtc: 'معتبر تا لغو', until: 'تا تاریخ', 'fill-and-kill': 'انجام و حذف' },
  market: 'قیمت بازار',
  rial: 'ریال',
  orderNumber: (number) => `شمارهٔ ${number}`,
  instructionKind: { new: 'درخواست تازه', change: 'تغییر', withdraw: 'انصراف' },
  columns: { number: 'شماره', side: 'نوع', symbol: 'نماد', quantity: 'تعداد', price: 'قیمت', validity: 'اعتبار', state: 'وضعیت', filled: 'انجام‌شده', customer: 'مشتری', age: 'انتظار', time: 'زمان', actions: 'اقدام', select: 'انتخاب' },
  form: {
    newTitle: 'درخواست تازه', editTitle: 'ویرایش درخواست', changeTitle: (number) => `تغییر درخواست ${number}`,
    side: 'نوع درخواست', symbol: 'نماد', symbolHint: 'نماد، نام یا کد', noMatch: 'در فهرست نمادها چیزی پیدا نشد. املا یا بخش مشتری را بررسی کنید.', searching: 'در حال جست‌وجو…',
    quantity: 'تعداد', price: 'قیمت هر واحد (ریال)', priceKind: 'نوع قیمت', limit: 'قیمت معین', validity: 'اعتبار', until: 'معتبر تا',
    save: 'ثبت در برگه', saving: 'در حال ذخیره…',
    problem: { required: 'این بخش را پر کنید.', 'whole-number': 'عددی صحیح و دست‌کم ۱ بنویسید.', 'too-large': 'این عدد بیش از اندازه بزرگ است.', 'past-day': 'این روز گذشته است.', lot: (lot) => `باید مضربی از ${lot} باشد.` },
    total: (rial) => `ارزش ${rial} ریال`,
  },
  sheet: {
    title: 'برگهٔ درخواست',
    noCall: 'درخواست‌های تماس‌گیرنده اینجا نمایش داده می‌شود. تماسی را پاسخ دهید یا منتظر نشانهٔ تلفن در بالای صفحه بمانید.',
    noCustomer: 'نخست مشخص کنید چه کسی تماس گرفته است: مشتری را در بخش احراز هویت برگزینید.',
    caller: 'تماس‌گیرنده', numbers: 'شماره‌های ثبت‌شده', username: 'نام کاربری', contract: 'قرارداد از', noContract: 'قرارداد امضا نشده است: درخواست‌ها قابل ثبت نیست.',
    requests: 'درخواست‌های این تماس', earlier: 'درخواست‌های باز پیشین', noEarlier: 'درخواست باز دیگری نیست.',
    empty: 'هنوز درخواستی نیست. آنچه مشتری می‌خواهد را بیفزایید؛ در یک تماس می‌توان چند درخواست ثبت کرد.',
    add: 'افزودن درخواست', edit: 'ویرایش', discard: 'ابطال', discardAsk: 'ابطال شود؟', change: 'تغییر…', withdraw: 'انصراف…',
    keyboardHint: 'با Space ردیف را تیک بزنید؛ با Enter یا دو بار کلیک باز می‌شود.',
    readBack: (value) => `بازخوانی ${count(value)} درخواست`, readAgain: 'بازخوانی دوباره', readBackTitle: 'برای مشتری بخوانید',
    readBackHint: 'هر جمله را بلند بخوانید و منتظر «بله» بمانید: همین لحظهٔ ضبط، درخواست مشتری است.',
    submit: (value) => `ثبت ${count(value)} درخواست`, submitting: 'در حال ثبت…', submitted: (value) => `${count(value)} درخواست به تالار اعلام شد.`,
    needsVerification: 'پیش از بازخوانی، هویت مشتری را احراز کنید.', needsRecording: 'تماس ضبط نمی‌شود: هیچ درخواستی قابل ثبت نیست.',
    needsLiveCall: 'تماس پایان یافته است: آنچه ثبت نشده به تماس تازه نیاز دارد.', needsPinChange: 'مشتری باید نخست رمز اولیه را تغییر دهد.',
    needsReadBack: 'درخواست‌ها را تیک بزنید و بازخوانی کنید؛ سپس قابل ثبت است.', customerSays: 'مشتری تأیید کرد:',
  },
  list: {
    title: 'درخواست‌ها', empty: 'درخواستی برای نمایش نیست. درخواست‌های تلفنی پس از ثبت اینجا دیده می‌شود.', filter: 'نمایش', all: 'همه', open: 'باز', final: 'پایان‌یافته', search: 'جست‌وجوی نماد، مشتری یا شماره',
    details: 'جزئیات', instructions: 'دستورهای مشتری', listen: 'شنیدن', reason: 'دلیل', fills: 'انجام‌ها', replaces: (number) => `به جای ${number}`,
    prove: 'بررسی مدرک', proven: 'اثبات شد: زنجیره، تماس، احراز هویت، بازخوانی و صدای ضبط‌شده با هم می‌خوانند.', broken: (where) => `اثبات نشد. نخستین گسست: ${where}`,
  },
  floor: {
    title: 'تالار', empty: 'درخواستی در انتظار نیست. درخواست‌های تلفنی خودبه‌خود اینجا می‌رسد.', waiting: (value) => `${count(value)} درخواست`,
    claim: 'برداشتن', release: 'بازگرداندن به صف', accept: 'پذیرش', fill: 'انجام…', reject: 'رد…', return: 'برگشت…',
    fillQuantity: 'تعداد انجام‌شده', fillPrice: 'قیمت (ریال)', fillAll: 'همهٔ مانده', reason: 'دلیل', confirm: 'تأیید',
    claimedBy: (name) => `در دست ${name}`, open: (quantity) => `${quantity} مانده`, announceNew: (symbol) => `درخواست تازه: ${symbol}`,
  },
  player: {
    title: 'صدای ضبط‌شده', play: 'پخش', pause: 'مکث', seek: 'جای پخش', speed: 'سرعت', back: '۵ ثانیه به عقب', forward: '۵ ثانیه به جلو', markers: 'دستورهای این تماس', noMarkers: 'در این تماس درخواستی بازخوانی نشده است.',
    gap: (reason) => `ضبط نشده: ${reason}`, notReady: 'صدا در حال ذخیره است و تا چند ثانیهٔ دیگر شنیدنی است.', failed: 'صدا قابل پخش نیست.', listeningIsLogged: 'هر بار شنیدن ثبت می‌شود.',
  },
};
