import { orders } from '@callweave/sdk';
import type { Instrument, Order, Section, Side, Validity } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { orderTerms } from '../../translations/order-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import type { CwInstrumentEvent } from '../instrument-picker/instrument-picker.events.ts';
import { CwOrderFormCloseEvent, CwOrderSavedEvent } from './order-form.events.ts';
import { orderFormStyles } from './order-form.styles.ts';
import {
  draftOf,
  EMPTY_DRAFT,
  parseTerms,
  readWholeNumber,
  type TermsDraft,
  type TermsField,
  type TermsProblem,
} from './terms-draft.ts';

/** The values of {@link CwOrderForm.mode}. */
export const ORDER_FORM_MODES = ['new', 'edit', 'change'] as const;

const SIDES: readonly Side[] = ['buy', 'sell'];
const VALIDITIES: readonly Validity['kind'][] = ['day', 'gtc', 'until', 'fill-and-kill'];

/** Which of the server's field paths stands at which field of the form. */
const FIELD_OF_PATH: Readonly<Record<string, TermsField>> = {
  'terms.instrumentCode': 'instrument',
  'terms.quantity': 'quantity',
  'terms.price.rial': 'price',
  'terms.price': 'price',
  'terms.validity.day': 'until',
};

/**
 * @summary One request of a caller: buy or sell, symbol, quantity, price and validity. Notes it as a draft in the call,
 * corrects a draft, or drafts the change of an earlier order. What was typed stays when saving fails.
 *
 * @event {CwOrderSavedEvent} cw-order-saved - The request was noted; `order` is the draft.
 * @event {CwOrderFormCloseEvent} cw-order-form-close - The form was left without saving (Escape or Cancel).
 *
 * @csspart form - The form.
 * @csspart save - The button that saves.
 */
export class CwOrderForm extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, orderFormStyles];

  protected override readonly locale = new LocaleController(this, orderTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private draft: TermsDraft = EMPTY_DRAFT;
  @state() private problems: Readonly<Partial<Record<TermsField, TermsProblem>>> = {};

  /** A new request, a correction of the draft `order`, or a change of the earlier `order`. */
  @property() mode: (typeof ORDER_FORM_MODES)[number] = 'new';
  /** The call in which the customer asks. */
  @property({ attribute: 'call-id' }) callId = '';
  /** The draft to correct, or the order to change. */
  @property({ attribute: false }) order: Order | undefined;
  /** Only instruments of this section; both when left out. */
  @property() section: Section | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('order') && !changed.has('mode')) return;
    // A newer version of the same order must not wipe out what is being typed.
    const before = changed.get('order');
    if (before && this.order && before.id === this.order.id) return;
    this.draft = this.order ? draftOf(this.order.terms, this.order.instrument) : EMPTY_DRAFT;
    this.problems = {};
  }

  /** Puts the cursor where typing begins. */
  override focus(): void {
    const first = this.mode === 'new' ? 'cw-instrument-picker' : '#quantity';
    this.renderRoot.querySelector<HTMLElement>(first)?.focus();
  }

  #set(changes: Partial<TermsDraft>): void {
    this.draft = { ...this.draft, ...changes };
    const cleared = { ...this.problems };
    for (const field of Object.keys(changes)) delete cleared[field as TermsField];
    this.problems = cleared;
  }

  async #handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const desk = this.activeDesk;
    if (!desk) return;
    const parsed = parseTerms(this.draft, today());
    this.problems = parsed.ok ? {} : parsed.problems;
    if (!parsed.ok) {
      await this.updateComplete;
      this.renderRoot
        .querySelector<HTMLElement>('[aria-invalid="true"], cw-instrument-picker:not([problem=""])')
        ?.focus();
      return;
    }
    const { callId, mode, order } = this;
    await this.#commands.run('save', async () => {
      const saved =
        mode === 'new' || !order
          ? await desk.use(orders).draft(callId, parsed.terms)
          : mode === 'edit'
            ? await desk.use(orders).edit(order.id, parsed.terms)
            : await desk.use(orders).draftChange(order.id, callId, parsed.terms);
      this.draft = EMPTY_DRAFT;
      this.dispatchEvent(new CwOrderSavedEvent(saved));
    });
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.dispatchEvent(new CwOrderFormCloseEvent());
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.orders;
    const { draft } = this;
    const saving = this.#commands.pending !== undefined;
    const title =
      this.mode === 'new'
        ? t.form.newTitle
        : this.mode === 'edit'
          ? t.form.editTitle
          : t.form.changeTitle(this.locale.formats.digits(String(this.order?.number ?? '')));
    return html`
      <form part="form" novalidate aria-labelledby="title" @submit=${this.#handleSubmit} @keydown=${this.#handleKeydown}>
        <h3 id="title">${title}</h3>
        <fieldset class="field side">
          <legend>${t.form.side}</legend>
          <div class="choices">${SIDES.map((side) => this.#renderChoice('side', side, t.side[side], draft.side === side, () => this.#set({ side })))}</div>
        </fieldset>
        <cw-instrument-picker .desk=${this.activeDesk} .section=${this.section} .value=${draft.instrument} problem=${this.#problem('instrument')}
          @cw-instrument=${({ instrument }: CwInstrumentEvent) => this.#set({ instrument: instrument as Instrument | undefined })}></cw-instrument-picker>
        ${this.#renderNumber('quantity', t.form.quantity, draft.quantity)}
        <fieldset class="field third">
          <legend>${t.form.priceKind}</legend>
          <div class="choices">
            ${this.#renderChoice('price-kind', 'limit', t.form.limit, draft.priceKind === 'limit', () => this.#set({ priceKind: 'limit' }))}
            ${this.#renderChoice('price-kind', 'market', t.market, draft.priceKind === 'market', () => this.#set({ priceKind: 'market' }))}
          </div>
        </fieldset>
        ${draft.priceKind === 'limit' ? this.#renderNumber('price', t.form.price, draft.price) : html`<span class="third"></span>`}
        <div class="field third">
          <label for="validity">${t.form.validity}</label>
          <select id="validity" @change=${(event: Event) => this.#set({ validity: (event.target as HTMLSelectElement).value as Validity['kind'] })}>
            ${VALIDITIES.map((kind) => html`<option value=${kind} ?selected=${draft.validity === kind}>${t.validity[kind]}</option>`)}
          </select>
        </div>
        ${draft.validity === 'until' ? this.#renderUntil() : nothing}
        ${this.#renderFailure()}
        <div class="actions row spread">
          <span class="total small muted tabular" role="status">${this.#total()}</span>
          <span class="row">
            <button type="button" ?disabled=${saving} @click=${() => this.dispatchEvent(new CwOrderFormCloseEvent())}>${this.locale.terms.essential.cancel}</button>
            <button class="primary" part="save" aria-disabled=${saving}>${saving ? t.form.saving : t.form.save}</button>
          </span>
        </div>
      </form>
    `;
  }

  #renderChoice(name: string, value: string, words: string, checked: boolean, choose: () => void): TemplateResult {
    return html`<label><input type="radio" name=${name} value=${value} .checked=${live(checked)} @change=${choose}>${words}</label>`;
  }

  #renderNumber(field: 'quantity' | 'price', words: string, value: string): TemplateResult {
    const problem = this.#problem(field);
    const read = readWholeNumber(value);
    const { formats } = this.locale;
    return html`
      <div class="field third">
        <label for=${field}>${words}</label>
        <input id=${field} class="code" inputmode="numeric" autocomplete="off" maxlength="24" .value=${live(value)} aria-invalid=${problem !== ''} aria-describedby="${field}-about"
          @input=${(event: Event) => this.#set({ [field]: (event.target as HTMLInputElement).value })}>
        <span id="${field}-about" class=${problem ? 'field-error' : 'hint tabular'}>${problem || (read === undefined ? nothing : formats.number(read))}</span>
      </div>`;
  }

  #renderUntil(): TemplateResult {
    return html`<cw-day-field id="until" class="third" .desk=${this.activeDesk} label=${this.locale.terms.orders.form.until} .value=${this.draft.until}
      error=${this.#problem('until')} @cw-day=${(event: CwDayEvent) => this.#set({ until: event.value })}></cw-day-field>`;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    const { error } = this.#commands;
    return error === undefined
      ? nothing
      : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }

  #problem(field: TermsField): string {
    const t = this.locale.terms.orders.form.problem;
    const problem = this.problems[field];
    if (problem === 'lot') return t.lot(this.locale.formats.number(this.draft.instrument?.lot ?? 1));
    if (problem) return t[problem];
    const { error } = this.#commands;
    const fields = (error as { fields?: readonly { path: string; message: string }[] } | undefined)?.fields ?? [];
    return fields.find(({ path }) => FIELD_OF_PATH[path] === field)?.message ?? '';
  }

  #total(): string {
    const quantity = readWholeNumber(this.draft.quantity);
    const price = this.draft.priceKind === 'limit' ? readWholeNumber(this.draft.price) : undefined;
    const value = quantity === undefined || price === undefined ? undefined : quantity * price;
    return value === undefined || !Number.isSafeInteger(value)
      ? ''
      : this.locale.terms.orders.form.total(this.locale.formats.rial(value));
  }
}

/** The day where the person is: what "today" means to them. */
const today = (): string => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(new Date());

declare global {
  interface HTMLElementTagNameMap {
    'cw-order-form': CwOrderForm;
  }
}
