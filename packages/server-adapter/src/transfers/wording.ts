import { createHash } from 'node:crypto';
import type { Locale, Wording } from '@callweave/sdk/protocol';
import { documentWords } from '../documents/index.ts';

/** What a transfer says, before it is put in words. */
export interface TransferContent {
  readonly device: TransferDevice;
  readonly newOwner: NewOwner;
  readonly debtRule: DebtRule;
}

export interface TransferDevice {
  readonly brand: string;
  readonly model: string;
  readonly identifier: string;
}

export interface NewOwner {
  readonly name: string;
  readonly nationalCode: string;
  /** E.164. */
  readonly telephone: string;
  readonly locale: Locale;
}

/**
 * What becomes of what the present owner owes. `paid-first`: it is paid before the house can approve. `stays`: they go on
 * owing it. Neither lets a debt go over to the new owner.
 */
export type DebtRule = 'paid-first' | 'stays';

interface Terms {
  readonly device: string;
  readonly identifier: string;
  readonly newOwner: string;
  readonly nationalCode: string;
  readonly giveTitle: string;
  readonly give: string;
  readonly debts: Readonly<Record<DebtRule, string>>;
  readonly tickets: string;
  readonly takeTitle: string;
  readonly take: string;
  readonly takeNoDebt: string;
  readonly takeService: string;
}

const TERMS: Readonly<Record<Locale, Terms>> = {
  en: {
    device: 'Device',
    identifier: 'Serial number',
    newOwner: 'New owner',
    nationalCode: 'National code',
    giveTitle: 'Transfer of ownership: confirmation of the present owner',
    give: 'I transfer this device to the person named above. With the approval of the house my ownership ends, and with it my right to service for this device.',
    debts: {
      'paid-first': 'What I owe the house stays mine and must be paid before the transfer is approved.',
      stays: 'What I owe the house stays mine after the transfer.',
    },
    tickets:
      'Open tickets of this device are closed. Their correspondence stays with me; the new owner does not see it.',
    takeTitle: 'Transfer of ownership: acceptance of the new owner',
    take: 'I take over this device. With the approval of the house I become its owner.',
    takeNoDebt: 'I take over no debt of anybody: what was owed until then is not mine.',
    takeService:
      'Warranty and service go on as they stand, with the same last days. After that, renewal or payment per case is mine.',
  },
  fa: {
    device: 'دستگاه',
    identifier: 'شمارهٔ سریال',
    newOwner: 'مالک جدید',
    nationalCode: 'کد ملی',
    giveTitle: 'انتقال مالکیت: تأیید مالک فعلی',
    give: 'این دستگاه را به شخص نام‌بردهٔ بالا منتقل می‌کنم. با تأیید شرکت، مالکیت من و حق استفاده از خدمات این دستگاه پایان می‌یابد.',
    debts: {
      'paid-first': 'بدهی من به شرکت بر عهدهٔ خودم می‌ماند و باید پیش از تأیید انتقال پرداخت شود.',
      stays: 'بدهی من به شرکت پس از انتقال نیز بر عهدهٔ خودم می‌ماند.',
    },
    tickets: 'تیکت‌های باز این دستگاه بسته می‌شوند. مکاتبات آن‌ها نزد من می‌ماند و مالک جدید آن‌ها را نمی‌بیند.',
    takeTitle: 'انتقال مالکیت: پذیرش مالک جدید',
    take: 'این دستگاه را تحویل می‌گیرم. با تأیید شرکت، مالک آن می‌شوم.',
    takeNoDebt: 'هیچ بدهی‌ای از کسی به من منتقل نمی‌شود: آنچه تا آن زمان بدهی بوده بر عهدهٔ من نیست.',
    takeService:
      'گارانتی و خدمات همان‌گونه که هست و تا همان تاریخ ادامه می‌یابد. پس از آن، تمدید یا پرداخت موردی بر عهدهٔ من است.',
  },
  cs: {
    device: 'Zařízení',
    identifier: 'Sériové číslo',
    newOwner: 'Nový vlastník',
    nationalCode: 'Národní kód',
    giveTitle: 'Převod vlastnictví: potvrzení dosavadního vlastníka',
    give: 'Převádím toto zařízení na výše uvedenou osobu. Schválením ze strany firmy končí mé vlastnictví a s ním můj nárok na servis tohoto zařízení.',
    debts: {
      'paid-first': 'Co firmě dlužím, zůstává mým dluhem a musí být uhrazeno před schválením převodu.',
      stays: 'Co firmě dlužím, zůstává mým dluhem i po převodu.',
    },
    tickets:
      'Otevřené tikety tohoto zařízení se uzavřou. Jejich korespondence zůstává u mne; nový vlastník ji neuvidí.',
    takeTitle: 'Převod vlastnictví: přijetí novým vlastníkem',
    take: 'Přebírám toto zařízení. Schválením ze strany firmy se stávám jeho vlastníkem.',
    takeNoDebt: 'Nepřebírám ničí dluh: co bylo dlužno do té doby, není můj závazek.',
    takeService:
      'Záruka a servis pokračují beze změny, se stejnými posledními dny. Poté je prodloužení nebo platba za případ na mně.',
  },
};

/** Its last three digits: enough for whoever it belongs to. */
export const maskNationalCode = (code: string): string => `•••••••${code.slice(-3)}`;

function worded(lines: readonly string[]): Wording {
  const text = lines.join('\n');
  return { text, digest: createHash('sha256').update(text).digest('hex') };
}

function deviceLines({ device, identifier }: Terms, of: TransferDevice): string[] {
  return [`${device}: ${of.brand} ${of.model}`, ...(of.identifier === '' ? [] : [`${identifier}: ${of.identifier}`])];
}

/** The exact text by which the present owner's ownership ends. It is kept as it stood: later words change no consent. */
export function ownerWording({ device, newOwner, debtRule }: TransferContent, locale: Locale): Wording {
  const terms = TERMS[locale];
  return worded([
    terms.giveTitle,
    ...deviceLines(terms, device),
    `${terms.newOwner}: ${newOwner.name}`,
    `${terms.nationalCode}: ${documentWords(locale).digits(newOwner.nationalCode)}`,
    terms.give,
    terms.debts[debtRule],
    terms.tickets,
  ]);
}

/** The exact text that the new owner accepts. It tells nothing about the present one: a telephone may have been mistyped. */
export function newOwnerWording({ device, newOwner }: TransferContent, locale: Locale): Wording {
  const terms = TERMS[locale];
  return worded([
    terms.takeTitle,
    ...deviceLines(terms, device),
    `${terms.newOwner}: ${newOwner.name}`,
    `${terms.nationalCode}: ${documentWords(locale).digits(maskNationalCode(newOwner.nationalCode))}`,
    terms.take,
    terms.takeService,
    terms.takeNoDebt,
  ]);
}

export const inEachLanguage = (
  wording: (content: TransferContent, locale: Locale) => Wording,
  content: TransferContent,
): Record<Locale, Wording> => ({
  en: wording(content, 'en'),
  fa: wording(content, 'fa'),
  cs: wording(content, 'cs'),
});

/** What the closing entry of a ticket says. */
export const TICKET_NOTE: Readonly<Record<Locale, string>> = {
  en: 'Closed because the device has changed hands.',
  fa: 'به‌سبب انتقال مالکیت دستگاه بسته شد.',
  cs: 'Uzavřeno, protože zařízení změnilo vlastníka.',
};
