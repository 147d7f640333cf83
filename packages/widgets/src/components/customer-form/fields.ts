import {
  type Account,
  type CustomerKind,
  type Locale,
  type NumberingPlan,
  normalizeNumber,
  toAsciiDigits,
} from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import type { Translation } from '../../translations/translation.ts';
import type { CustomerDraft, CustomerField } from './customer-draft.ts';

export interface FieldsContext {
  readonly draft: CustomerDraft;
  readonly terms: Pick<Translation, 'essential' | 'desk'>;
  readonly formats: Formats;
  readonly plan: NumberingPlan | undefined;
  /** The words of a field's error, if it is to be shown. */
  readonly errorOf: (field: CustomerField | `question${number}`) => string | undefined;
  readonly onChange: (changes: Partial<CustomerDraft>) => void;
  /** The field was left: its error may be shown. */
  readonly onLeave: (field: CustomerField) => void;
}

const OPTIONAL: ReadonlySet<CustomerField> = new Set([
  'username',
  'number2',
  'responder1',
  'responder2',
  'contractSignedOn',
  'branch',
]);

interface TextOptions {
  /** Digits that are read aloud: always left to right. */
  readonly code?: boolean;
  readonly disabled?: boolean;
  readonly after?: TemplateResult | typeof nothing;
}

/** Label, control, hint or error, in this order; errors and hints are tied to the control. */
function wrap(
  field: CustomerField,
  { terms, errorOf }: FieldsContext,
  control: TemplateResult,
  after: TemplateResult | typeof nothing = nothing,
  editable = true,
): TemplateResult {
  const t = terms.desk.customerForm;
  const error = errorOf(field);
  const hint = t.hint[field];
  return html`<div class="field">
    <label for=${field}>${t.field[field]}${editable && OPTIONAL.has(field) ? html` <span class="optional">(${t.optional})</span>` : nothing}</label>
    ${control}
    ${hint && editable && !error ? html`<span class="hint" id=${`${field}-hint`}>${hint}</span>` : nothing}
    ${after}
    ${error ? html`<span class="field-error" id=${`${field}-error`}>${error}</span>` : nothing}
  </div>`;
}

const describedBy = (field: CustomerField, { terms, errorOf }: FieldsContext) =>
  errorOf(field) ? `${field}-error` : terms.desk.customerForm.hint[field] ? `${field}-hint` : nothing;

export function renderText(
  field: 'name' | 'nationalCode' | 'username' | 'number1' | 'number2' | 'branch',
  context: FieldsContext,
  { code = false, disabled = false, after = nothing }: TextOptions = {},
): TemplateResult {
  const { draft, onChange, onLeave, errorOf } = context;
  return wrap(
    field,
    context,
    html`<input
      id=${field}
      class=${code ? 'code' : ''}
      dir=${code ? nothing : 'auto'}
      inputmode=${code ? 'tel' : nothing}
      placeholder=" "
      autocomplete="off"
      maxlength=${code ? 30 : 120}
      ?disabled=${disabled}
      aria-invalid=${errorOf(field) !== undefined}
      aria-describedby=${disabled ? nothing : describedBy(field, context)}
      .value=${draft[field]}
      @input=${(event: Event) => onChange({ [field]: (event.target as HTMLInputElement).value })}
      @blur=${() => onLeave(field)}
    />`,
    after,
    !disabled,
  );
}

/** A number is shown as it will be stored, so that a slip is seen before it is saved. */
export function renderNumber(field: 'number1' | 'number2', context: FieldsContext): TemplateResult {
  const stored = normalizeNumber(context.draft[field], context.plan);
  const { formats, terms } = context;
  const after =
    stored && stored !== toAsciiDigits(context.draft[field])
      ? html`<span class="hint">${terms.desk.customerForm.writtenAs} <bdi dir="ltr" class="tabular">${formats.digits(stored)}</bdi></span>`
      : nothing;
  return renderText(field, context, { code: true, after });
}

function renderSelect(
  field: 'kind' | 'locale' | 'responder1' | 'responder2',
  context: FieldsContext,
  options: readonly (readonly [value: string, label: string])[],
): TemplateResult {
  const { draft, onChange, onLeave, errorOf } = context;
  return wrap(
    field,
    context,
    html`<select id=${field} aria-invalid=${errorOf(field) !== undefined} aria-describedby=${describedBy(field, context)} @change=${(event: Event) => onChange({ [field]: (event.target as HTMLSelectElement).value })} @blur=${() => onLeave(field)}>
      ${options.map(([value, label]) => html`<option value=${value} ?selected=${draft[field] === value}>${label}</option>`)}
    </select>`,
  );
}

export const renderKind = (context: FieldsContext): TemplateResult =>
  renderSelect(
    'kind',
    context,
    (Object.keys(context.terms.essential.customerKind) as CustomerKind[]).map(
      (kind) => [kind, context.terms.essential.customerKind[kind]] as const,
    ),
  );

export const renderLocale = (context: FieldsContext): TemplateResult =>
  renderSelect(
    'locale',
    context,
    (Object.keys(context.terms.desk.language) as Locale[]).map(
      (locale) => [locale, context.terms.desk.language[locale]] as const,
    ),
  );

/** Agents of every branch; the one who is chosen stays in the list although they may have left. */
export function renderResponder(
  field: 'responder1' | 'responder2',
  context: FieldsContext,
  accounts: readonly Account[],
): TemplateResult {
  const t = context.terms.desk.customerForm;
  const chosen = context.draft[field];
  const agents = accounts.filter(({ id, active, roles }) => id === chosen || (active && roles.includes('agent')));
  const label = ({ name, branch, onLeave }: Account) =>
    [name, branch, onLeave ? t.onLeave : ''].filter(Boolean).join(' · ');
  const unknown = chosen !== '' && !agents.some(({ id }) => id === chosen) ? [[chosen, chosen] as const] : [];
  return renderSelect(field, context, [
    ['', t.nobody],
    ...agents.map((account) => [account.id, label(account)] as const),
    ...unknown,
  ]);
}
