import type { Instrument, OrderTerms, Side, Validity } from '@callweave/sdk/protocol';

/** The instrument as much as a form needs of it. */
export type ChosenInstrument = Pick<Instrument, 'code' | 'symbol' | 'name' | 'kind'> & Partial<Pick<Instrument, 'lot'>>;

/** An order as it is being typed: texts, not yet values. */
export interface TermsDraft {
  readonly side: Side;
  readonly instrument: ChosenInstrument | undefined;
  readonly quantity: string;
  readonly priceKind: 'limit' | 'market';
  readonly price: string;
  readonly validity: Validity['kind'];
  /** `2026-11-22`, from the browser's date field. */
  readonly until: string;
}

export const EMPTY_DRAFT: TermsDraft = {
  side: 'buy',
  instrument: undefined,
  quantity: '',
  priceKind: 'limit',
  price: '',
  validity: 'day',
  until: '',
};

export type TermsField = 'instrument' | 'quantity' | 'price' | 'until';
/** Keys of `OrderTerms.form.problem`. */
export type TermsProblem = 'required' | 'whole-number' | 'too-large' | 'lot' | 'past-day';

export type ParsedTerms =
  | { readonly ok: true; readonly terms: OrderTerms }
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<TermsField, TermsProblem>>> };

const MOST = 1_000_000_000;

export function draftOf(terms: OrderTerms, instrument: ChosenInstrument): TermsDraft {
  return {
    side: terms.side,
    instrument,
    quantity: String(terms.quantity),
    priceKind: terms.price.kind,
    price: terms.price.kind === 'limit' ? String(terms.price.rial) : '',
    validity: terms.validity.kind,
    until: terms.validity.kind === 'until' ? terms.validity.day : '',
  };
}

/** Reads a whole number as people write it: digits of any script, grouped by commas, dots, spaces or `٬`. */
export function readWholeNumber(text: string): number | undefined {
  const ascii = text.normalize('NFKC').replace(/[۰-۹٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
  const compact = ascii.replace(/[\s,٬'’_\u200c]/g, '').replace(/\.(?=\d{3}(\D|$))/g, '');
  return /^\d{1,16}$/.test(compact) ? Number(compact) : undefined;
}

/** The same rules as the server's, so that a person hears of a slip at once; the server decides. */
export function parseTerms(draft: TermsDraft, today: string): ParsedTerms {
  const problems: Partial<Record<TermsField, TermsProblem>> = {};
  const count = (field: 'quantity' | 'price', text: string, most: number): number => {
    const value = readWholeNumber(text);
    if (text.trim() === '') problems[field] = 'required';
    else if (value === undefined || value < 1) problems[field] = 'whole-number';
    else if (value > most) problems[field] = 'too-large';
    return value ?? 0;
  };
  if (!draft.instrument) problems.instrument = 'required';
  const quantity = count('quantity', draft.quantity, MOST);
  const lot = draft.instrument?.lot ?? 1;
  if (!problems.quantity && quantity % lot !== 0) problems.quantity = 'lot';
  const rial = draft.priceKind === 'limit' ? count('price', draft.price, Number.MAX_SAFE_INTEGER) : 0;
  if (draft.validity === 'until') {
    if (!/^\d{4}-\d\d-\d\d$/.test(draft.until)) problems.until = 'required';
    else if (draft.until < today) problems.until = 'past-day';
  }
  if (Object.keys(problems).length > 0 || !draft.instrument) return { ok: false, problems };
  return {
    ok: true,
    terms: {
      side: draft.side,
      instrumentCode: draft.instrument.code,
      quantity,
      price: draft.priceKind === 'limit' ? { kind: 'limit', rial } : { kind: 'market' },
      validity: draft.validity === 'until' ? { kind: 'until', day: draft.until } : { kind: draft.validity },
    },
  };
}
