import type { PromptLanguage } from './exchange.ts';

/** What is said on the access number, on the exchange's number and on fictitious numbers. */
export const virtualPrompts = {
  'virtual-not-paired': {
    en: 'No number is assigned to your telephone. Please contact your coordinator.',
    fa: 'هیچ شماره‌ای به تلفن شما اختصاص داده نشده است. لطفاً با هماهنگ‌کنندهٔ خود تماس بگیرید.',
    cs: 'K vašemu telefonu není přiřazeno žádné číslo. Obraťte se prosím na svého koordinátora.',
  },
  'virtual-enter-id': {
    en: 'Enter the I D of the number you want to call from, then press the hash key. For the list of your numbers, press zero and hash.',
    fa: 'شناسهٔ شماره‌ای را که می‌خواهید با آن تماس بگیرید وارد کنید و کلید مربع را بزنید. برای شنیدن فهرست شماره‌ها صفر و مربع را بزنید.',
    cs: 'Zadejte I D čísla, přes které chcete volat, a stiskněte křížek. Pro seznam čísel stiskněte nula a křížek.',
  },
  'virtual-wrong-id': {
    en: 'There is no number with this I D.',
    fa: 'شماره‌ای با این شناسه وجود ندارد.',
    cs: 'Číslo s tímto I D neexistuje.',
  },
  'virtual-list-id': { en: 'I D', fa: 'شناسهٔ', cs: 'I D' },
  'virtual-list-number': { en: 'number', fa: 'شمارهٔ', cs: 'číslo' },
  'virtual-enter-number': {
    en: 'Enter the telephone number you want to call, then press the hash key.',
    fa: 'شمارهٔ تلفنی را که می‌خواهید با آن تماس بگیرید وارد کنید و کلید مربع را بزنید.',
    cs: 'Zadejte telefonní číslo, na které chcete volat, a stiskněte křížek.',
  },
  'virtual-nothing-entered': {
    en: 'Nothing was entered.',
    fa: 'چیزی وارد نشد.',
    cs: 'Nic nebylo zadáno.',
  },
  'virtual-not-a-number': {
    en: 'This is not a valid telephone number.',
    fa: 'این شماره درست نیست.',
    cs: 'Toto není platné telefonní číslo.',
  },
  'virtual-number-refused': {
    en: 'This number cannot be called in your project.',
    fa: 'در پروژهٔ شما نمی‌توان با این شماره تماس گرفت.',
    cs: 'Na toto číslo ve vašem projektu nelze volat.',
  },
  'virtual-emergency': {
    en: 'Please call emergency services directly from your own telephone.',
    fa: 'لطفاً با شماره‌های امدادی مستقیم از تلفن خودتان تماس بگیرید.',
    cs: 'Na tísňové linky volejte prosím přímo ze svého telefonu.',
  },
  'virtual-too-many-mistakes': {
    en: 'There were too many attempts. Please call again.',
    fa: 'تعداد تلاش‌ها بیش از حد مجاز است. لطفاً دوباره تماس بگیرید.',
    cs: 'Bylo příliš mnoho pokusů. Zavolejte prosím znovu.',
  },
  'virtual-busy': {
    en: 'The number you called is busy.',
    fa: 'شمارهٔ مورد نظر مشغول است.',
    cs: 'Volané číslo je obsazené.',
  },
  'virtual-no-answer': {
    en: 'Nobody answers at the number you called.',
    fa: 'شمارهٔ مورد نظر پاسخ نمی‌دهد.',
    cs: 'Na volaném čísle to nikdo nebere.',
  },
  'virtual-unreachable': {
    en: 'The number you called cannot be reached.',
    fa: 'شمارهٔ مورد نظر در دسترس نیست.',
    cs: 'Volané číslo není dostupné.',
  },
  'virtual-failed': {
    en: 'The call could not be connected. Please try again later.',
    fa: 'تماس برقرار نشد. لطفاً بعداً دوباره تلاش کنید.',
    cs: 'Hovor se nepodařilo spojit. Zkuste to prosím později.',
  },
  'virtual-no-callback': {
    en: 'You have no missed calls.',
    fa: 'تماس از دست رفته‌ای ندارید.',
    cs: 'Nemáte žádný nevyřízený hovor.',
  },
  'virtual-one-callback': {
    en: 'You have one missed call. I am connecting you.',
    fa: 'یک تماس از دست رفته دارید. در حال وصل کردن شما هستیم.',
    cs: 'Máte jeden nevyřízený hovor. Spojujeme vás.',
  },
  'virtual-enter-ordinal': {
    en: 'You have several missed calls. Enter the number from the text message, then press the hash key.',
    fa: 'چند تماس از دست رفته دارید. شماره‌ای را که در پیامک آمده است وارد کنید و کلید مربع را بزنید.',
    cs: 'Máte více nevyřízených hovorů. Zadejte pořadové číslo ze zprávy SMS a stiskněte křížek.',
  },
  'virtual-wrong-ordinal': {
    en: 'There is no missed call with this number.',
    fa: 'تماس از دست رفته‌ای با این شماره وجود ندارد.',
    cs: 'Nevyřízený hovor s tímto číslem neexistuje.',
  },
  'virtual-unknown-caller': {
    en: 'We could not find whom you want to reach. If you were called from this number, it was a while ago.',
    fa: 'مخاطب شما پیدا نشد. اگر از این شماره با شما تماس گرفته شده، مدتی از آن گذشته است.',
    cs: 'Nepodařilo se zjistit, komu voláte. Pokud vám z tohoto čísla někdo volal, je to již delší dobu.',
  },
  'virtual-number-over': {
    en: 'This number is no longer in use.',
    fa: 'این شماره دیگر استفاده نمی‌شود.',
    cs: 'Toto číslo se již nepoužívá.',
  },
  'virtual-nobody-answers': {
    en: 'The person you want to reach cannot answer now. They have been told of your call and will call you back.',
    fa: 'مخاطب شما اکنون نمی‌تواند پاسخ دهد. تماس شما به او اطلاع داده شد و با شما تماس خواهد گرفت.',
    cs: 'Volaná osoba nyní nemůže hovor přijmout. O vašem hovoru ví a zavolá vám zpět.',
  },
} as const satisfies Record<string, Readonly<Record<PromptLanguage, string>>>;
