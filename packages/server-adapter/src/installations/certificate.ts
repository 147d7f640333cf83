import type { Installation, Locale } from '@callweave/sdk/protocol';
import { type DocumentBlock, documentWords, renderDocument } from '../documents/index.ts';
import { printedCode } from './certificate-code.ts';
import { FORM_TERMS } from './wording.ts';

export interface CertificateOptions {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly issuer: string | undefined;
  /** Address of the public page; without it the certificate shows the code alone. */
  readonly verifyUrl: string | undefined;
}

interface CertificateTerms {
  readonly title: string;
  readonly confirmedAt: string;
  readonly confirmedBy: string;
  readonly preparedBy: string;
  readonly items: string;
  readonly exactText: string;
  readonly code: string;
}

const TERMS: Readonly<Record<Locale, CertificateTerms>> = {
  en: {
    title: 'Certificate of installation',
    confirmedAt: 'Confirmed',
    confirmedBy: 'Confirmed by',
    preparedBy: 'Technician',
    items: 'What was done',
    exactText: 'The text as it was confirmed',
    code: 'Code of this certificate',
  },
  fa: {
    title: 'گواهی نصب',
    confirmedAt: 'زمان تأیید',
    confirmedBy: 'تأییدکننده',
    preparedBy: 'تکنسین',
    items: 'کارهای انجام‌شده',
    exactText: 'متنی که تأیید شد',
    code: 'کد این گواهی',
  },
  cs: {
    title: 'Osvědčení o instalaci',
    confirmedAt: 'Potvrzeno',
    confirmedBy: 'Potvrdil(a)',
    preparedBy: 'Technik',
    items: 'Co bylo provedeno',
    exactText: 'Text, jak byl potvrzen',
    code: 'Kód tohoto osvědčení',
  },
};

type Confirmed = Installation & { readonly confirmed: NonNullable<Installation['confirmed']> };

export function renderCertificate(
  { device, checklist, installedOn, notes, preparedBy, confirmed }: Confirmed,
  { locale, timeZone, issuer, verifyUrl }: CertificateOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const terms = TERMS[locale];
  const form = FORM_TERMS[locale];
  const words = documentWords(locale);
  const code = printedCode(confirmed.code);
  const blocks: DocumentBlock[] = [
    {
      kind: 'facts',
      facts: [
        { name: form.device, value: `${device.brand} ${device.model}`, ltr: true },
        ...(device.serial === null ? [] : [{ name: form.serial, value: device.serial, ltr: true }]),
        { name: form.installedOn, value: words.day(installedOn) },
        { name: terms.preparedBy, value: preparedBy.name },
        { name: terms.confirmedBy, value: confirmed.by.name },
        { name: terms.confirmedAt, value: words.dateTime(confirmed.at, timeZone) },
      ],
    },
    { kind: 'heading', text: `${terms.items} (${form.checklist(words.number(checklist.version))})` },
    { kind: 'list', mark: 'tick', items: checklist.items.map(({ texts }) => texts[locale]) },
    ...(notes === '' ? [] : [{ kind: 'paragraph', text: `${form.notes}: ${notes}` } as const]),
    // In another language than it was confirmed in, the words that count are shown too.
    ...(locale === confirmed.locale
      ? [{ kind: 'paragraph', text: form.declaration, tone: 'strong' } as const]
      : [
          { kind: 'heading', text: terms.exactText } as const,
          { kind: 'paragraph', text: confirmed.text, direction: confirmed.locale === 'fa' ? 'rtl' : 'ltr' } as const,
        ]),
    { kind: 'code', label: terms.code, code, ...(verifyUrl === undefined ? {} : { url: verifyUrl }) },
  ];
  return renderDocument({
    locale,
    title: terms.title,
    ...(issuer === undefined ? {} : { issuer }),
    reference: code,
    issuedAt: new Date(confirmed.at),
    blocks,
  });
}
