import { createHash } from 'node:crypto';
import type { ChecklistItem, Locale, Wording } from '@callweave/sdk/protocol';
import { documentWords } from '../documents/index.ts';

/** What a form says, before it is put in words. */
export interface FormContent {
  readonly device: DeviceFacts;
  readonly version: number;
  readonly items: readonly ChecklistItem[];
  readonly installedOn: string;
  readonly notes: string;
}

export interface DeviceFacts {
  readonly brand: string;
  readonly model: string;
  readonly serial: string | null;
}

interface FormTerms {
  readonly title: string;
  readonly device: string;
  readonly serial: string;
  readonly installedOn: string;
  readonly checklist: (version: string) => string;
  readonly notes: string;
  readonly declaration: string;
}

export const FORM_TERMS: Readonly<Record<Locale, FormTerms>> = {
  en: {
    title: 'Confirmation of installation',
    device: 'Device',
    serial: 'Serial number',
    installedOn: 'Day of installation',
    checklist: (version) => `Checklist, version ${version}`,
    notes: 'Notes of the technician',
    declaration: 'I confirm that all of the above was done and that the device works. With this, service begins.',
  },
  fa: {
    title: 'تأیید نصب',
    device: 'دستگاه',
    serial: 'شمارهٔ سریال',
    installedOn: 'تاریخ نصب',
    checklist: (version) => `چک‌لیست، نسخهٔ ${version}`,
    notes: 'یادداشت تکنسین',
    declaration: 'تأیید می‌کنم که همهٔ موارد بالا انجام شده و دستگاه کار می‌کند. با این تأیید، خدمات آغاز می‌شود.',
  },
  cs: {
    title: 'Potvrzení instalace',
    device: 'Zařízení',
    serial: 'Sériové číslo',
    installedOn: 'Den instalace',
    checklist: (version) => `Kontrolní seznam, verze ${version}`,
    notes: 'Poznámky technika',
    declaration: 'Potvrzuji, že vše výše uvedené bylo provedeno a zařízení funguje. Tím začíná služba.',
  },
};

/** The exact text that a buyer confirms. It is kept as it stood: a later change of these words changes no confirmation. */
export function wordingOf({ device, version, items, installedOn, notes }: FormContent, locale: Locale): Wording {
  const terms = FORM_TERMS[locale];
  const words = documentWords(locale);
  const text = [
    terms.title,
    `${terms.device}: ${device.brand} ${device.model}`,
    ...(device.serial === null ? [] : [`${terms.serial}: ${device.serial}`]),
    `${terms.installedOn}: ${words.day(installedOn)}`,
    `${terms.checklist(words.number(version))}:`,
    ...items.map(({ texts }, index) => `${words.number(index + 1)}. ${texts[locale]}`),
    ...(notes === '' ? [] : [`${terms.notes}: ${notes}`]),
    terms.declaration,
  ].join('\n');
  return { text, digest: createHash('sha256').update(text).digest('hex') };
}

export const wordingsOf = (content: FormContent): Record<Locale, Wording> => ({
  en: wordingOf(content, 'en'),
  fa: wordingOf(content, 'fa'),
  cs: wordingOf(content, 'cs'),
});
