import type { Difficulty, Locale } from '@callweave/sdk/protocol';

export interface InvoiceWords {
  invoice(number: string): string;
  creditNote(number: string): string;
  readonly issuedAt: string;
  readonly billedTo: string;
  readonly nationalCode: string;
  readonly address: string;
  readonly day: string;
  readonly work: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly total: string;
  readonly correction: string;
  /** Prices are taken as they stand in the list. */
  readonly tax: string;
  readonly difficulty: Readonly<Record<Difficulty, string>>;
  workOf(difficulty: string, minutes: string, version: string): string;
}

export const INVOICE_WORDS: Readonly<Record<Locale, InvoiceWords>> = {
  en: {
    invoice: (number) => `Invoice ${number}`,
    creditNote: (number) => `Credit note ${number}`,
    issuedAt: 'Issued',
    billedTo: 'Billed to',
    nationalCode: 'National code',
    address: 'Address',
    day: 'Day',
    work: 'Work',
    quantity: 'Units',
    unitPrice: 'Per unit',
    amount: 'Amount',
    total: 'Total',
    correction: 'Taken back',
    tax: 'Prices as in the price list of the stated version.',
    difficulty: { simple: 'Simple case', normal: 'Normal case', hard: 'Hard case', expert: 'Expert case' },
    workOf: (difficulty, minutes, version) => `${difficulty}, units of ${minutes} minutes (price list ${version})`,
  },
  fa: {
    invoice: (number) => `فاکتور ${number}`,
    creditNote: (number) => `برگهٔ بستانکاری ${number}`,
    issuedAt: 'تاریخ صدور',
    billedTo: 'خریدار',
    nationalCode: 'کد ملی',
    address: 'نشانی',
    day: 'تاریخ',
    work: 'شرح کار',
    quantity: 'مقدار',
    unitPrice: 'بهای واحد',
    amount: 'مبلغ',
    total: 'جمع کل',
    correction: 'برگشت',
    tax: 'بها بر پایهٔ نسخهٔ یادشدهٔ فهرست قیمت است.',
    difficulty: { simple: 'مورد ساده', normal: 'مورد معمولی', hard: 'مورد دشوار', expert: 'مورد تخصصی' },
    workOf: (difficulty, minutes, version) => `${difficulty}، هر واحد ${minutes} دقیقه (فهرست قیمت ${version})`,
  },
  cs: {
    invoice: (number) => `Faktura ${number}`,
    creditNote: (number) => `Dobropis ${number}`,
    issuedAt: 'Vystaveno',
    billedTo: 'Odběratel',
    nationalCode: 'Rodné číslo',
    address: 'Adresa',
    day: 'Den',
    work: 'Práce',
    quantity: 'Jednotek',
    unitPrice: 'Za jednotku',
    amount: 'Částka',
    total: 'Celkem',
    correction: 'Vráceno',
    tax: 'Ceny podle uvedené verze ceníku.',
    difficulty: {
      simple: 'Jednoduchý případ',
      normal: 'Běžný případ',
      hard: 'Náročný případ',
      expert: 'Odborný případ',
    },
    workOf: (difficulty, minutes, version) => `${difficulty}, jednotky po ${minutes} minutách (ceník ${version})`,
  },
};
