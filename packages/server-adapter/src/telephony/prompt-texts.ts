import type { PromptLanguage } from './exchange.ts';
import { virtualPrompts } from './virtual-prompt-texts.ts';
import { voicemailPrompts } from './voicemail-prompt-texts.ts';

/** What one prompt says, in each language it is shipped in. */
export type PromptText = Readonly<Record<PromptLanguage, string>>;

/**
 * Every sentence the flows say. The audio beside it (`prompts/<language>/<key>.wav`) is generated from these texts by
 * `scripts/generate-prompts.ts`; an integrator replaces single files through an override directory.
 */
export const sentencePrompts = {
  welcome: {
    en: 'Welcome. Thank you for calling.',
    fa: 'خوش آمدید. از تماس شما سپاسگزاریم.',
    cs: 'Dobrý den, děkujeme, že voláte.',
  },
  connecting: {
    en: 'I am connecting you now.',
    fa: 'تماس شما در حال وصل شدن است.',
    cs: 'Přepojujeme vás.',
  },
  'recording-notice': {
    en: 'This call is recorded.',
    fa: 'این مکالمه ضبط می‌شود.',
    cs: 'Tento hovor je nahráván.',
  },
  'enter-pin': {
    en: 'Please enter your PIN, then press the hash key.',
    fa: 'لطفاً رمز خود را وارد کنید و سپس کلید مربع را بزنید.',
    cs: 'Zadejte prosím svůj PIN a stiskněte křížek.',
  },
  'enter-new-pin': {
    en: 'Please choose a new PIN, then press the hash key.',
    fa: 'لطفاً رمز جدیدی انتخاب کنید و سپس کلید مربع را بزنید.',
    cs: 'Zvolte si prosím nový PIN a stiskněte křížek.',
  },
  'repeat-new-pin': {
    en: 'Please enter the new PIN once more, then press the hash key.',
    fa: 'لطفاً رمز جدید را یک بار دیگر وارد کنید و سپس کلید مربع را بزنید.',
    cs: 'Zadejte prosím nový PIN ještě jednou a stiskněte křížek.',
  },
  'pin-accepted': {
    en: 'Thank you. Your PIN is correct.',
    fa: 'متشکریم. رمز شما درست است.',
    cs: 'Děkujeme. PIN je správný.',
  },
  'pin-wrong': {
    en: 'That PIN is not correct.',
    fa: 'رمز وارد شده درست نیست.',
    cs: 'Zadaný PIN není správný.',
  },
  'pin-mismatch': {
    en: 'The two PINs are not the same.',
    fa: 'دو رمز وارد شده یکسان نیستند.',
    cs: 'Zadané PINy se neshodují.',
  },
  'pin-too-simple': {
    en: 'That PIN is too simple. Please choose another one.',
    fa: 'این رمز بسیار ساده است. لطفاً رمز دیگری انتخاب کنید.',
    cs: 'Tento PIN je příliš jednoduchý. Zvolte prosím jiný.',
  },
  'pin-locked': {
    en: 'Too many wrong attempts. Your PIN is locked.',
    fa: 'تعداد تلاش‌های نادرست بیش از حد مجاز است. رمز شما قفل شد.',
    cs: 'Příliš mnoho chybných pokusů. Váš PIN je zablokován.',
  },
  'nobody-available': {
    en: 'I am sorry, nobody can take your call at the moment. Please call again later.',
    fa: 'متأسفانه در حال حاضر کسی پاسخگو نیست. لطفاً بعداً تماس بگیرید.',
    cs: 'Omlouváme se, nikdo nyní nemůže váš hovor přijmout. Zavolejte prosím později.',
  },
  'no-fax': {
    en: 'This number takes calls only. Please send your fax to our fax number.',
    fa: 'این شماره فقط برای تماس صوتی است. لطفاً نمابر را به شماره نمابر ما بفرستید.',
    cs: 'Na tomto čísle přijímáme pouze hovory. Fax prosím pošlete na naše faxové číslo.',
  },
  goodbye: {
    en: 'Goodbye.',
    fa: 'خدانگهدار.',
    cs: 'Na shledanou.',
  },
  'please-wait': {
    en: 'Please hold the line.',
    fa: 'لطفاً منتظر بمانید.',
    cs: 'Vyčkejte prosím na lince.',
  },
  'transferred-to-group': {
    en: 'Your call is being passed to our call centre.',
    fa: 'تماس شما به مرکز تماس منتقل می‌شود.',
    cs: 'Váš hovor předáváme kontaktnímu centru.',
  },
  ...virtualPrompts,
  ...voicemailPrompts,
  'queue-position': {
    en: 'Your place in the line is number',
    fa: 'جایگاه شما در صف:',
    cs: 'Vaše pořadí ve frontě je',
  },
  'queue-wait-minutes': {
    en: 'The estimated waiting time, in minutes, is',
    fa: 'زمان تقریبی انتظار به دقیقه:',
    cs: 'Odhadovaná doba čekání v minutách je',
  },
  'queue-wait-short': {
    en: 'The estimated waiting time is less than one minute.',
    fa: 'زمان تقریبی انتظار کمتر از یک دقیقه است.',
    cs: 'Odhadovaná doba čekání je kratší než jedna minuta.',
  },
  'queue-wait-long': {
    en: 'The estimated waiting time is more than thirty minutes.',
    fa: 'زمان تقریبی انتظار بیش از سی دقیقه است.',
    cs: 'Odhadovaná doba čekání je delší než třicet minut.',
  },
  'queue-callback-offer': {
    en: 'To hang up, keep your place and be called back, press',
    fa: 'برای اینکه نوبت شما حفظ شود و با شما تماس بگیریم، این کلید را بزنید:',
    cs: 'Chcete-li zavěsit, ponechat si pořadí a nechat si zavolat zpět, stiskněte',
  },
  'queue-closed': {
    en: 'You are calling outside our opening hours.',
    fa: 'شما خارج از ساعت کاری تماس گرفته‌اید.',
    cs: 'Voláte mimo naši pracovní dobu.',
  },
  'callback-number-is': {
    en: 'We will call you back on this number:',
    fa: 'با این شماره با شما تماس می‌گیریم:',
    cs: 'Zavoláme vám zpět na toto číslo:',
  },
  'callback-confirm': {
    en: 'To confirm, press one and hash. For another number, enter it and press hash. To go on waiting, press hash alone.',
    fa: 'برای تأیید، یک و مربع را بزنید. برای شمارهٔ دیگر، آن و مربع را بزنید. برای انتظار، تنها مربع.',
    cs: 'Pro potvrzení stiskněte jedničku a křížek. Jiné číslo zadejte a stiskněte křížek. Chcete-li čekat dál, stiskněte jen křížek.',
  },
  'callback-enter-number': {
    en: 'Please enter the number on which we shall call you back, then press the hash key.',
    fa: 'لطفاً شماره‌ای را که باید با آن تماس بگیریم وارد کنید و سپس کلید مربع را بزنید.',
    cs: 'Zadejte prosím číslo, na které máme zavolat, a stiskněte křížek.',
  },
  'callback-number-wrong': {
    en: 'We cannot call this number.',
    fa: 'با این شماره نمی‌توانیم تماس بگیریم.',
    cs: 'Na toto číslo nemůžeme zavolat.',
  },
  'callback-agreed': {
    en: 'Thank you. Your place is kept, and we will call you back.',
    fa: 'متشکریم. نوبت شما حفظ می‌شود و با شما تماس می‌گیریم.',
    cs: 'Děkujeme. Vaše pořadí zůstává a zavoláme vám zpět.',
  },
} as const satisfies Record<string, PromptText>;

/** The words that numbers are put together from; see `spoken-numbers.ts`. */
export const numberPrompts = {
  'digit-0': { en: 'zero', fa: 'صفر', cs: 'nula' },
  'digit-1': { en: 'one', fa: 'یک', cs: 'jedna' },
  'digit-2': { en: 'two', fa: 'دو', cs: 'dvě' },
  'digit-3': { en: 'three', fa: 'سه', cs: 'tři' },
  'digit-4': { en: 'four', fa: 'چهار', cs: 'čtyři' },
  'digit-5': { en: 'five', fa: 'پنج', cs: 'pět' },
  'digit-6': { en: 'six', fa: 'شش', cs: 'šest' },
  'digit-7': { en: 'seven', fa: 'هفت', cs: 'sedm' },
  'digit-8': { en: 'eight', fa: 'هشت', cs: 'osm' },
  'digit-9': { en: 'nine', fa: 'نه', cs: 'devět' },
  'number-10': { en: 'ten', fa: 'ده', cs: 'deset' },
  'number-11': { en: 'eleven', fa: 'یازده', cs: 'jedenáct' },
  'number-12': { en: 'twelve', fa: 'دوازده', cs: 'dvanáct' },
  'number-13': { en: 'thirteen', fa: 'سیزده', cs: 'třináct' },
  'number-14': { en: 'fourteen', fa: 'چهارده', cs: 'čtrnáct' },
  'number-15': { en: 'fifteen', fa: 'پانزده', cs: 'patnáct' },
  'number-16': { en: 'sixteen', fa: 'شانزده', cs: 'šestnáct' },
  'number-17': { en: 'seventeen', fa: 'هفده', cs: 'sedmnáct' },
  'number-18': { en: 'eighteen', fa: 'هجده', cs: 'osmnáct' },
  'number-19': { en: 'nineteen', fa: 'نوزده', cs: 'devatenáct' },
  'number-20': { en: 'twenty', fa: 'بیست', cs: 'dvacet' },
  'number-30': { en: 'thirty', fa: 'سی', cs: 'třicet' },
  'number-40': { en: 'forty', fa: 'چهل', cs: 'čtyřicet' },
  'number-50': { en: 'fifty', fa: 'پنجاه', cs: 'padesát' },
  'number-60': { en: 'sixty', fa: 'شصت', cs: 'šedesát' },
  'number-70': { en: 'seventy', fa: 'هفتاد', cs: 'sedmdesát' },
  'number-80': { en: 'eighty', fa: 'هشتاد', cs: 'osmdesát' },
  'number-90': { en: 'ninety', fa: 'نود', cs: 'devadesát' },
  'number-100': { en: 'one hundred', fa: 'صد', cs: 'sto' },
  'number-200': { en: 'two hundred', fa: 'دویست', cs: 'dvě stě' },
  'number-300': { en: 'three hundred', fa: 'سیصد', cs: 'tři sta' },
  'number-400': { en: 'four hundred', fa: 'چهارصد', cs: 'čtyři sta' },
  'number-500': { en: 'five hundred', fa: 'پانصد', cs: 'pět set' },
  'number-600': { en: 'six hundred', fa: 'ششصد', cs: 'šest set' },
  'number-700': { en: 'seven hundred', fa: 'هفتصد', cs: 'sedm set' },
  'number-800': { en: 'eight hundred', fa: 'هشتصد', cs: 'osm set' },
  'number-900': { en: 'nine hundred', fa: 'نهصد', cs: 'devět set' },
  'number-and': { en: 'and', fa: 'وَ', cs: 'a' },
} as const satisfies Record<string, PromptText>;
