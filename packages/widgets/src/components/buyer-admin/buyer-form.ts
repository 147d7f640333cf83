import { isCallweaveError } from '@callweave/sdk';
import type { Buyer } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { BuyerTerms } from '../../translations/buyer-terms.ts';

export const BUYER_FIELDS = ['name', 'nationalCode', 'operator', 'telephone', 'city', 'street', 'building'] as const;
export type BuyerField = (typeof BUYER_FIELDS)[number];
export type BuyerDraft = Readonly<Record<BuyerField | 'reason' | 'customerId', string>>;

export const EMPTY_BUYER: BuyerDraft = {
  name: '',
  nationalCode: '',
  operator: '',
  telephone: '',
  city: '',
  street: '',
  building: '',
  reason: '',
  customerId: '',
};

export const buyerDraft = ({ name, nationalCode, operator, telephone, address }: Buyer): BuyerDraft => ({
  ...EMPTY_BUYER,
  name,
  nationalCode,
  operator,
  telephone,
  ...address,
});

/** Fields that the house enters itself; with a customer base of its own, name and telephone come from there. */
export const fieldsOf = (ofHost: boolean): readonly BuyerField[] =>
  ofHost ? BUYER_FIELDS.filter((field) => field !== 'name' && field !== 'telephone') : BUYER_FIELDS;

export const missingIn = (draft: BuyerDraft, ofHost: boolean): readonly BuyerField[] =>
  fieldsOf(ofHost).filter((field) => draft[field].trim() === '');

export const newBuyerOf = (draft: BuyerDraft) => ({
  nationalCode: draft.nationalCode,
  operator: draft.operator,
  address: { city: draft.city, street: draft.street, building: draft.building },
  ...(draft.customerId.trim() === ''
    ? { name: draft.name, telephone: draft.telephone }
    : { customerId: draft.customerId.trim() }),
});

/** What differs from before; a whole address counts as one field. */
export function changesOf(draft: BuyerDraft, before: BuyerDraft, ofHost: boolean) {
  const changed = (field: BuyerField) => draft[field].trim() !== before[field];
  const plain = fieldsOf(ofHost).filter((field) => !['city', 'street', 'building'].includes(field) && changed(field));
  const moved = changed('city') || changed('street') || changed('building');
  return {
    ...Object.fromEntries(plain.map((field) => [field, draft[field]])),
    ...(moved ? { address: { city: draft.city, street: draft.street, building: draft.building } } : {}),
    ...(draft.reason.trim() === '' ? {} : { reason: draft.reason }),
  };
}

/** Fields that the server refused. */
export function refusedIn(error: unknown): ReadonlySet<string> {
  if (!isCallweaveError(error)) return new Set();
  const fields = error.fields.map(({ path }) => path.split('.').at(-1) ?? path);
  return new Set(error.code === 'national-code-taken' ? [...fields, 'nationalCode'] : fields);
}

export interface BuyerFieldsContext {
  readonly draft: BuyerDraft;
  readonly t: BuyerTerms;
  readonly tried: boolean;
  readonly ofHost: boolean;
  readonly refused: ReadonlySet<string>;
  readonly onInput: (changes: Partial<BuyerDraft>) => void;
}

const CODES: readonly string[] = ['nationalCode', 'telephone'];

export function renderBuyerFields(context: BuyerFieldsContext): TemplateResult {
  const { draft, t, tried, ofHost, refused, onInput } = context;
  return html`${fieldsOf(ofHost).map((field) => {
    const problem =
      tried && draft[field].trim() === '' ? t.admin.required : refused.has(field) ? t.admin.invalid : undefined;
    return html`<div class="field">
      <label for=${field}>${t.field[field]}</label>
      <input id=${field} class=${CODES.includes(field) ? 'code' : ''} dir=${CODES.includes(field) ? 'ltr' : 'auto'} maxlength="200" autocomplete="off" .value=${draft[field]}
        aria-invalid=${problem !== undefined} aria-describedby=${`${field}-problem`}
        @input=${(event: Event) => onInput({ [field]: (event.target as HTMLInputElement).value })} />
      <span id=${`${field}-problem`} class="field-error">${problem ?? nothing}</span>
    </div>`;
  })}`;
}
