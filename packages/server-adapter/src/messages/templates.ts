import type { Locale } from '@callweave/sdk/protocol';

/** What a message says, by template and language; `{name}` is replaced by the value of that name. */
export type MessageTemplates = Readonly<Record<string, Readonly<Partial<Record<Locale, string>>>>>;

export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * The texts of the house. No text holds a number or a name of a person: a telephone is seen by others than its owner.
 *
 * - `missed-call`: to a caller at the desk whom nobody could answer
 * - `buyer-invitation`: to a buyer, with the one-time `{secret}` for `{username}`
 * - `announcement`, `announcement-legal`: to a buyer, `{title}` of what waits in the portal
 * - `billing-warning`: to a customer whose debt comes near to the ceiling
 * - `billing-ceiling`: to a customer whose debt has reached it
 * - `field-missed-call`: to a field caller, `{ordinal}` to be keyed at the exchange, `{project}`
 * - `transfer-give-code`, `transfer-take-code`: the one-time `{code}` of the present and of the new owner of a device
 * - `transfer-offer`: to the new owner, the `{link}` to what they are to accept
 * - `transfer-approved`, `transfer-rejected`: to both owners
 * - `ticket-answered`: to a buyer, that ticket `{number}` has an answer; what it says stays in the portal
 */
export const DEFAULT_TEMPLATES = {
  'missed-call': {
    en: 'We are sorry that we missed your call. We will call you back as soon as we can.',
    fa: 'از اینکه نتوانستیم پاسخ‌گوی تماس شما باشیم پوزش می‌خواهیم. در نخستین فرصت با شما تماس می‌گیریم.',
    cs: 'Omlouváme se, že jsme váš hovor nestihli přijmout. Zavoláme vám zpět, jakmile to bude možné.',
  },
  'field-missed-call': {
    en: 'Missed call {ordinal} of project {project}. To call back, ring the exchange and key {ordinal}.',
    fa: 'تماس بی‌پاسخ {ordinal} از پروژهٔ {project}. برای تماس دوباره با مرکز تماس بگیرید و عدد {ordinal} را وارد کنید.',
    cs: 'Zmeškaný hovor {ordinal}, projekt {project}. Pro zavolání zpět volejte ústřednu a zadejte {ordinal}.',
  },
  'buyer-invitation': {
    en: 'Your sign-in is ready. Username: {username} One-time password: {secret} Set your own password with it. Give it to nobody.',
    fa: 'ورود شما آماده است. نام کاربری: {username} گذرواژهٔ یک‌بارمصرف: {secret} با آن گذرواژهٔ خود را تعیین کنید و آن را به کسی ندهید.',
    cs: 'Vaše přihlášení je připraveno. Uživatelské jméno: {username} Jednorázové heslo: {secret} Nastavte si s ním vlastní heslo a nikomu ho nesdělujte.',
  },
  'ticket-answered': {
    en: 'There is an answer to your ticket {number}. Sign in to the portal to read it.',
    fa: 'به تیکت {number} شما پاسخ داده شد. برای خواندن آن وارد پرتال شوید.',
    cs: 'Na váš tiket {number} přišla odpověď. Přečtete si ji po přihlášení do portálu.',
  },
  'transfer-give-code': {
    en: '{code} is your code to give your device to a new owner. It is good for 5 minutes. Tell it to nobody, not even to us.',
    fa: 'کد {code} برای انتقال مالکیت دستگاه شما به مالک جدید است و ۵ دقیقه اعتبار دارد. آن را به هیچ‌کس، حتی به ما، نگویید.',
    cs: '{code} je váš kód k předání zařízení novému vlastníkovi. Platí 5 minut. Nikomu jej nesdělujte, ani nám.',
  },
  'transfer-take-code': {
    en: '{code} is your code to take over a device. It is good for 5 minutes. Tell it to nobody, not even to us.',
    fa: 'کد {code} برای پذیرش مالکیت دستگاه است و ۵ دقیقه اعتبار دارد. آن را به هیچ‌کس، حتی به ما، نگویید.',
    cs: '{code} je váš kód k převzetí zařízení. Platí 5 minut. Nikomu jej nesdělujte, ani nám.',
  },
  'transfer-offer': {
    en: 'You are named as the new owner of a device. Read and accept or decline: {link}',
    fa: 'شما به‌عنوان مالک جدید یک دستگاه معرفی شده‌اید. برای خواندن و پذیرفتن یا رد کردن: {link}',
    cs: 'Jste uvedeni jako nový vlastník zařízení. Přečtěte si a přijměte, nebo odmítněte: {link}',
  },
  'transfer-approved': {
    en: 'The transfer of ownership of the device was approved.',
    fa: 'انتقال مالکیت دستگاه تأیید شد.',
    cs: 'Převod vlastnictví zařízení byl schválen.',
  },
  'transfer-rejected': {
    en: 'The transfer of ownership of the device was not approved. The present owner can read the reason in the portal.',
    fa: 'انتقال مالکیت دستگاه تأیید نشد. مالک فعلی دلیل آن را در پرتال می‌بیند.',
    cs: 'Převod vlastnictví zařízení nebyl schválen. Dosavadní vlastník najde důvod v portálu.',
  },
  announcement: {
    en: '{title}. Sign in to your account to read it.',
    fa: '{title}. برای خواندن آن وارد حساب کاربری خود شوید.',
    cs: '{title}. Přečtete si po přihlášení ke svému účtu.',
  },
  'announcement-legal': {
    en: 'Official notice: {title}. Sign in to your account to read and acknowledge it.',
    fa: 'اطلاعیهٔ رسمی: {title}. برای خواندن و تأیید آن وارد حساب کاربری خود شوید.',
    cs: 'Úřední oznámení: {title}. Po přihlášení ke svému účtu si je přečtěte a potvrďte.',
  },
  'billing-warning': {
    en: 'Your outstanding balance is near the limit. At the limit, new support cases wait for payment. You can pay in your portal.',
    fa: 'ماندهٔ بدهی شما به سقف مجاز نزدیک شده است. با رسیدن به سقف، ثبت مورد جدید تا پرداخت ممکن نیست. در پنل خود می‌توانید پرداخت کنید.',
    cs: 'Vaše neuhrazená částka se blíží limitu. Po jeho dosažení počkají nové případy na úhradu. Zaplatit můžete na svém portálu.',
  },
  'billing-ceiling': {
    en: 'Your outstanding balance has reached the limit. New support cases wait for payment. You can pay in your portal.',
    fa: 'ماندهٔ بدهی شما به سقف مجاز رسیده است. ثبت مورد جدید تا پرداخت ممکن نیست. در پنل خود می‌توانید پرداخت کنید.',
    cs: 'Vaše neuhrazená částka dosáhla limitu. Nové případy počkají na úhradu. Zaplatit můžete na svém portálu.',
  },
} as const satisfies MessageTemplates;

export type DefaultTemplate = keyof typeof DEFAULT_TEMPLATES;

const PLACEHOLDER = /\{(\w+)\}/g;

/** Numbers as they are written in the language; what is text already stays as it is. */
export function valuesIn(locale: Locale, values: MessageValues): Record<string, string> {
  const number = new Intl.NumberFormat(locale, { useGrouping: false });
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? number.format(value) : value]),
  );
}

/** The text of a message. Throws when there is no such template, or a value is missing: a mistake of whoever sends it. */
export function renderText(
  templates: MessageTemplates,
  template: string,
  locale: Locale,
  values: Readonly<Record<string, string>>,
): string {
  const languages = templates[template];
  const text = languages?.[locale] ?? languages?.en ?? Object.values(languages ?? {})[0];
  if (text === undefined)
    throw new Error(`There is no message template "${template}". Add it to the adapter's \`sms.templates\`.`);
  return text.replaceAll(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The message template "${template}" needs a value for {${name}}.`);
    return value;
  });
}

/** The integrator's texts take the place of ours, language by language. */
export function withDefaults(own: MessageTemplates = {}): MessageTemplates {
  const names = new Set([...Object.keys(DEFAULT_TEMPLATES), ...Object.keys(own)]);
  const ours: MessageTemplates = DEFAULT_TEMPLATES;
  return Object.fromEntries(Array.from(names, (name) => [name, { ...ours[name], ...own[name] }]));
}
