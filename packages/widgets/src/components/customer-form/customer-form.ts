import { accounts, customers, isCallweaveError } from '@callweave/sdk';
import type { Account, Customer, NumberingPlan } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import {
  type CustomerDraft,
  type CustomerField,
  checkDraft,
  draftOf,
  emptyDraft,
  fieldOfPath,
  inputOf,
  isSameDraft,
  questionsOf,
} from './customer-draft.ts';
import { CwCancelEvent, CwCustomerEvent } from './customer-form.events.ts';
import { customerFormStyles } from './customer-form.styles.ts';
import { type FieldsContext, renderKind, renderLocale, renderNumber, renderResponder, renderText } from './fields.ts';
import { questionStyles } from './question.styles.ts';
import { renderQuestions } from './question-fields.ts';

type AnyField = CustomerField | `question${number}`;

/**
 * @summary Create a customer from the desk, or edit one. Errors stand at their fields, from checks in the page and from
 * the server; what was typed is kept; leaving with unsaved changes asks once. Supervisors and managers find the
 * customer's verification below: the lock, the PIN, the questions.
 *
 * @event {CwCustomerEvent} cw-customer - The customer is stored.
 * @event {CwCancelEvent} cw-cancel - The person has left the form.
 *
 * @csspart surface - The card.
 * @csspart form - The form.
 * @csspart save - The button that stores.
 * @csspart cancel - The button that leaves.
 */
export class CwCustomerForm extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, questionStyles, customerFormStyles];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private draft: CustomerDraft = emptyDraft('fa');
  @state() private accounts: readonly Account[] = [];
  @state() private stored: Customer | undefined;
  @state() private loadError: unknown;
  @state() private left: ReadonlySet<AnyField> = new Set();
  /** Fields that the server refused, until they are changed. */
  @state() private refused: ReadonlySet<AnyField> = new Set();
  @state() private tried = false;
  @state() private asksLeave = false;
  @state() private saved: '' | 'created' | 'changed' = '';

  /** The customer to edit. Empty: a new one. */
  @property({ attribute: 'customer-id' }) customerId = '';

  /** A number to begin a new customer with: that of an unknown caller. */
  @property() number = '';

  /** How a number without a country code is read. @default Iran */
  @property({ attribute: false }) plan: NumberingPlan | undefined;

  #before: CustomerDraft = this.draft;
  /** One key per attempt: repeating it after a lost answer cannot make a second customer. */
  #key = crypto.randomUUID();
  #loadedFor: unknown;
  #focusError = false;

  /** Whether something typed is not stored. */
  get dirty(): boolean {
    return !isSameDraft(this.draft, this.#before);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#handleUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#handleUnload);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const key = this.activeDesk && `${this.customerId} ${this.number}`;
    if (key === this.#loadedFor) return;
    this.#loadedFor = key;
    if (this.activeDesk) void this.#load(key);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.#focusError) return;
    this.#focusError = false;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true], cw-day-field[error]:not([error=""])')?.focus();
  }

  async #load(key: unknown): Promise<void> {
    const desk = this.activeDesk!;
    this.stored = undefined;
    this.loadError = undefined;
    this.#begin({ ...emptyDraft(this.locale.locale), number1: this.locale.formats.digits(this.number) });
    // Without the list the responders cannot be chosen; everything else can be written.
    void desk
      .use(accounts)
      .list()
      .then(
        (accounts) => (this.accounts = accounts),
        () => undefined,
      );
    if (!this.customerId) return;
    try {
      const customer = await desk.use(customers).get(this.customerId);
      if (this.#loadedFor !== key) return;
      this.stored = customer;
      this.#begin(draftOf(customer, this.locale.formats.digits));
    } catch (error) {
      if (this.#loadedFor === key) this.loadError = error;
    }
  }

  #begin(draft: CustomerDraft): void {
    this.draft = draft;
    this.#before = draft;
    this.left = new Set();
    this.refused = new Set();
    this.tried = false;
    this.asksLeave = false;
    this.#key = crypto.randomUUID();
    this.#commands.clear();
  }

  readonly #handleUnload = (event: BeforeUnloadEvent) => {
    if (this.dirty) event.preventDefault();
  };

  readonly #handleChange = (changes: Partial<CustomerDraft>) => {
    this.draft = { ...this.draft, ...changes };
    this.saved = '';
    this.asksLeave = false;
    const touched = Object.keys(changes);
    this.refused = new Set(
      [...this.refused].filter(
        (field) => !touched.includes(field) && !(touched.includes('questions') && field.startsWith('question')),
      ),
    );
    // Other values are another attempt.
    this.#key = crypto.randomUUID();
  };

  readonly #handleLeave = (field: AnyField) => {
    this.left = new Set([...this.left, field]);
  };

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const desk = this.activeDesk;
    if (!desk) return;
    this.tried = true;
    this.refused = new Set();
    if (checkDraft(this.draft, this.plan).size > 0) {
      this.#focusError = true;
      return;
    }
    const { draft } = this;
    const creates = !this.customerId;
    let customer: Customer | undefined;
    const done = await this.#commands.run('save', async () => {
      customer = creates
        ? await desk.use(customers).create(
            {
              ...inputOf(draft),
              ...(draft.username.trim() ? { username: draft.username.trim() } : {}),
              questions: questionsOf(draft),
            },
            { idempotencyKey: this.#key },
          )
        : await desk.use(customers).update(this.customerId, inputOf(draft));
    });
    if (!done || !customer) {
      this.#showRefusal();
      return;
    }
    this.stored = customer;
    this.customerId = customer.id;
    this.#loadedFor = `${this.customerId} ${this.number}`;
    this.#begin(draftOf(customer, this.locale.formats.digits));
    this.saved = creates ? 'created' : 'changed';
    this.dispatchEvent(new CwCustomerEvent(customer, creates));
  };

  #showRefusal(): void {
    const { error } = this.#commands;
    if (!isCallweaveError(error)) return;
    const fields = error.fields.map(({ path }) => fieldOfPath(path)).filter((field) => field !== undefined);
    if (error.code === 'username-taken') fields.push('username');
    if (error.code === 'national-code-taken') fields.push('nationalCode');
    if (error.code === 'unknown-responder' && fields.length === 0) fields.push('responder1');
    this.refused = new Set(fields);
    this.#focusError = fields.length > 0;
  }

  readonly #handleCancel = () => {
    if (this.dirty && !this.asksLeave) {
      this.asksLeave = true;
      return;
    }
    this.#begin(this.#before);
    this.dispatchEvent(new CwCancelEvent());
  };

  #errorOf(field: AnyField): string | undefined {
    const { terms } = this.locale;
    const t = terms.desk.customerForm;
    if (this.refused.has(field)) {
      const { error } = this.#commands;
      const code = isCallweaveError(error) ? error.code : '';
      // A refusal that is all about this field says more than “check it”.
      if (code === 'username-taken' || code === 'national-code-taken' || code === 'unknown-responder')
        return describeProblem(error, terms);
      return field.startsWith('question') ? t.questionIncomplete : (t.invalid[field as CustomerField] ?? t.required);
    }
    const problem = checkDraft(this.draft, this.plan).get(field);
    // A field says nothing before it was left: nobody likes to be corrected in mid-word.
    if (!problem || !(this.tried || this.left.has(field))) return undefined;
    if (problem === 'incomplete') return t.questionIncomplete;
    if (problem === 'same-responder') return t.sameResponder;
    return problem === 'required' ? t.required : (t.invalid[field as CustomerField] ?? t.required);
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { terms } = this.locale;
    const t = terms.desk.customerForm;
    const loading = this.customerId !== '' && !this.stored && this.loadError === undefined;
    return html`
      <section class="surface stack" part="surface" aria-label=${this.customerId ? t.editTitle : t.createTitle}>
        <h2>${this.customerId ? t.editTitle : t.createTitle}</h2>
        ${
          this.loadError !== undefined
            ? html`<p class="message danger" role="alert">${warningIcon}<span>${t.notFound} ${describeProblem(this.loadError, terms)}</span></p>`
            : loading
              ? html`<div class="skeletons" aria-busy="true">${[1, 2, 3, 4].map(() => html`<span class="skeleton"></span>`)}</div>`
              : this.#renderForm()
        }
      </section>
      ${this.stored ? html`<cw-customer-security .desk=${this.activeDesk} .customer=${this.stored} lang=${this.locale.locale} @cw-customer=${({ customer }: CwCustomerEvent) => (this.stored = customer)}></cw-customer-security>` : nothing}
    `;
  }

  #renderQuestions(): TemplateResult {
    const { terms, formats } = this.locale;
    return renderQuestions({
      questions: this.draft.questions,
      terms,
      formats,
      onQuestions: (change) => this.#handleChange({ questions: change(this.draft.questions) }),
      errorOf: (index) => this.#errorOf(`question${index}`),
    });
  }

  #renderForm(): TemplateResult {
    const { terms, formats } = this.locale;
    const t = terms.desk.customerForm;
    const context: FieldsContext = {
      draft: this.draft,
      terms,
      formats,
      plan: this.plan,
      errorOf: (field) => this.#errorOf(field),
      onChange: this.#handleChange,
      onLeave: this.#handleLeave,
    };
    const edits = this.customerId !== '';
    return html`
      <form part="form" novalidate autocomplete="off" @submit=${this.#handleSubmit}>
        <fieldset class="group">
          <legend>${t.identity}</legend>
          ${renderText('name', context)} ${renderText('nationalCode', context, { code: true })} ${renderKind(context)} ${renderText('username', context, { code: true, disabled: edits })}
        </fieldset>
        <fieldset class="group"><legend>${t.contact}</legend>${renderNumber('number1', context)} ${renderNumber('number2', context)}</fieldset>
        <fieldset class="group">
          <legend>${t.service}</legend>
          ${renderResponder('responder1', context, this.accounts)} ${renderResponder('responder2', context, this.accounts)}
          <cw-day-field .label=${t.field.contractSignedOn} .note=${t.optional} .value=${this.draft.contractSignedOn} .error=${this.#errorOf('contractSignedOn') ?? ''} lang=${this.locale.locale} @cw-day=${({ value }: CwDayEvent) => this.#handleChange({ contractSignedOn: value })}></cw-day-field>
          ${renderLocale(context)} ${renderText('branch', context)}
        </fieldset>
        ${edits ? html`<p class="hint">${t.questionsKept(this.stored?.questions.length ?? 0)}</p>` : this.#renderQuestions()}
        ${this.#renderFoot()}
      </form>
    `;
  }

  #renderFoot(): TemplateResult {
    const { terms, formats } = this.locale;
    const t = terms.desk.customerForm;
    const { error, pending } = this.#commands;
    const wrong = this.tried ? checkDraft(this.draft, this.plan).size : 0;
    const words =
      wrong > 0
        ? html`<span class="field-error">${t.fieldsToCorrect(wrong)}</span>`
        : error !== undefined
          ? html`<span class="message danger">${warningIcon}<span>${describeProblem(error, terms)}</span></span>`
          : this.asksLeave
            ? html`<span class="message warning">${warningIcon}<span>${t.unsaved}</span></span>`
            : this.saved
              ? html`<span class="message success">${checkIcon}<span>${this.saved === 'created' ? html`${t.created(formats.digits(this.stored?.username ?? ''))} ${t.initialPin}` : t.saved}</span></span>`
              : nothing;
    return html`
      <div class="foot">
        <div class="state" role="status">${words}</div>
        ${
          this.asksLeave
            ? html`<button type="button" @click=${() => (this.asksLeave = false)}>${t.keepEditing}</button><button type="button" class="danger" part="cancel" @click=${this.#handleCancel}>${t.discard}</button>`
            : html`<button type="button" part="cancel" @click=${this.#handleCancel}>${terms.essential.cancel}</button
              ><button class="primary" part="save" ?disabled=${pending !== undefined}>${pending ? terms.desk.saving : this.customerId ? t.save : t.create}</button>`
        }
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-customer-form': CwCustomerForm;
  }
}
