import { customers, isCallweaveError } from '@callweave/sdk';
import type { Customer } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, lockIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { QuestionDraft } from '../customer-form/customer-draft.ts';
import { CwCustomerEvent } from '../customer-form/customer-form.events.ts';
import { questionStyles } from '../customer-form/question.styles.ts';
import { renderQuestions } from '../customer-form/question-fields.ts';
import { customerSecurityStyles } from './customer-security.styles.ts';

type Done = 'unlocked' | 'pinReset' | 'questionsStored';

/**
 * @summary What verifies a customer, for supervisors and managers: lift the lock with a reason, issue the initial PIN
 * again, replace the security questions. Answers are typed once and never shown again. Others see nothing. It stands
 * below the customer form, or alone.
 *
 * @event {CwCustomerEvent} cw-customer - The customer has changed.
 *
 * @csspart surface - The card.
 * @csspart unlock - The button that lifts the lock.
 * @csspart reset-pin - The button that issues the initial PIN again.
 * @csspart store-questions - The button that replaces the questions.
 */
export class CwCustomerSecurity extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    questionStyles,
    customerSecurityStyles,
  ];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);

  @query('#reason') private reason!: HTMLInputElement | null;
  @state() private asksReset = false;
  @state() private reasonMissing = false;
  /** The questions that are being typed; undefined while they are not. */
  @state() private questions: readonly QuestionDraft[] | undefined;
  @state() private tried = false;
  @state() private refused: ReadonlySet<string> = new Set();
  @state() private done: Done | undefined;

  /** Whom it is about, as stored. */
  @property({ attribute: false }) customer: Customer | undefined;

  #shown: string | undefined;

  /** Whether answers have been typed that are not stored. */
  get dirty(): boolean {
    return this.questions?.some(({ answer }) => answer.trim() !== '') ?? false;
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
    if (this.customer?.id === this.#shown) return;
    this.#shown = this.customer?.id;
    this.asksReset = false;
    this.reasonMissing = false;
    this.questions = undefined;
    this.done = undefined;
    this.#commands.clear();
  }

  get #mayChange(): boolean {
    const session = this.#session.value;
    return (
      session?.status === 'signed-in' &&
      session.session.account.roles.some((role) => role === 'supervisor' || role === 'manager')
    );
  }

  readonly #handleUnload = (event: BeforeUnloadEvent) => {
    if (this.dirty) event.preventDefault();
  };

  async #run(name: Done, task: (customerId: string) => Promise<Customer>): Promise<boolean> {
    const { customer } = this;
    if (!customer || !this.activeDesk) return false;
    this.done = undefined;
    let changed: Customer | undefined;
    await this.#commands.run(name, async () => {
      changed = await task(customer.id);
    });
    // Another customer may have been opened meanwhile.
    if (!changed || this.customer?.id !== customer.id) return false;
    this.customer = changed;
    this.done = name;
    this.dispatchEvent(new CwCustomerEvent(changed, false));
    return true;
  }

  readonly #handleUnlock = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = this.reason?.value.trim() ?? '';
    this.reasonMissing = reason === '';
    if (this.reasonMissing) this.reason?.focus();
    else void this.#run('unlocked', (id) => this.feature(customers)!.unlock(id, reason));
  };

  readonly #handleReset = async () => {
    this.asksReset = !this.asksReset;
    if (!this.asksReset) await this.#run('pinReset', (id) => this.feature(customers)!.resetPin(id));
  };

  async #openQuestions(): Promise<void> {
    const texts = this.customer?.questions.map(({ text }) => ({ text, answer: '' })) ?? [];
    this.#setQuestions(texts.length > 0 ? texts : [{ text: '', answer: '' }]);
    this.tried = false;
    this.done = undefined;
    this.#commands.clear();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(texts.length > 0 ? '#answer0' : '#question0')?.focus();
  }

  async #closeQuestions(): Promise<void> {
    this.questions = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[data-action="replace-questions"]')?.focus();
  }

  #setQuestions(questions: readonly QuestionDraft[]): void {
    this.questions = questions;
    this.refused = new Set();
  }

  readonly #handleQuestions = async (event: SubmitEvent) => {
    event.preventDefault();
    const questions = (this.questions ?? []).map(({ text, answer }) => ({ text: text.trim(), answer: answer.trim() }));
    this.tried = true;
    if (questions.length === 0 || questions.some(isIncomplete)) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    if (await this.#run('questionsStored', (id) => this.feature(customers)!.setQuestions(id, questions)))
      return this.#closeQuestions();
    const { error } = this.#commands;
    const fields = isCallweaveError(error) ? error.fields : [];
    this.refused = new Set(fields.map(({ path }) => path.split('.')[1] ?? ''));
  };

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk) return this.renderNoDesk();
    const { customer } = this;
    if (!customer || !this.#mayChange) return nothing;
    const { terms } = this.locale;
    const t = terms.desk.customerSecurity;
    const { error } = this.#commands;
    return html`
      <section class="surface stack" part="surface" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        ${this.#renderLock(customer)} ${this.#renderPin(customer)} ${this.#renderQuestions(customer)}
        <div role="status">${
          error !== undefined
            ? html`<p class="message danger">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`
            : this.done
              ? html`<p class="message success">${checkIcon}<span>${t[this.done]}</span></p>`
              : nothing
        }</div>
      </section>
    `;
  }

  #renderLock({ locked }: Customer): TemplateResult {
    const t = this.locale.terms.desk.customerSecurity;
    if (!locked)
      return html`<div class="line"><h3>${t.lock}</h3><span class="chip success">${checkIcon}${t.notLocked}</span></div>`;
    return html`
      <form class="stack" novalidate @submit=${this.#handleUnlock}>
        <p class="message danger">${lockIcon}<span>${t.locked}</span></p>
        <div class="field">
          <label for="reason">${t.reason}</label>
          <div class="with-button">
            <input id="reason" dir="auto" maxlength="300" autocomplete="off" aria-invalid=${this.reasonMissing} aria-describedby="reason-about" @input=${() => (this.reasonMissing = false)}>
            <button class="primary" part="unlock" ?disabled=${this.#commands.pending !== undefined}>${t.unlock}</button>
          </div>
          <span id="reason-about" class=${this.reasonMissing ? 'field-error' : 'hint'}>${this.reasonMissing ? t.reasonMissing : t.reasonHint}</span>
        </div>
      </form>
    `;
  }

  #renderPin({ pin }: Customer): TemplateResult {
    const t = this.locale.terms.desk.customerSecurity;
    const busy = this.#commands.pending !== undefined;
    if (this.asksReset)
      return html`<div class="message warning" role="alertdialog" aria-label=${t.resetPin}>${warningIcon}<div class="stack">
        <span>${t.resetPinAsks}</span>
        <span class="row"><button type="button" @click=${() => (this.asksReset = false)}>${this.locale.terms.essential.cancel}</button>
          <button type="button" class="danger" part="reset-pin" ?disabled=${busy} @click=${this.#handleReset}>${t.resetPin}</button></span>
      </div></div>`;
    return html`<div class="line">
      <h3>${t.pin}</h3><span class="chip ${pin === 'set' ? 'success' : ''}">${t.pinState[pin]}</span>
      <button type="button" class="end" part="reset-pin" ?disabled=${busy} @click=${this.#handleReset}>${t.resetPin}…</button>
    </div>`;
  }

  #renderQuestions({ questions: stored }: Customer): TemplateResult {
    const { terms, formats } = this.locale;
    const t = terms.desk.customerSecurity;
    const form = terms.desk.customerForm;
    const { questions } = this;
    const { pending } = this.#commands;
    if (questions === undefined)
      return html`<div class="line">
        <h3>${form.questions}</h3><span class="muted small">${form.questionsKept(stored.length)}</span>
        <button type="button" class="end" data-action="replace-questions" ?disabled=${pending !== undefined} @click=${() => this.#openQuestions()}>${t.replaceQuestions}…</button>
        ${stored.length > 0 ? html`<ul class="small muted">${stored.map(({ text }) => html`<li><bdi>${text}</bdi></li>`)}</ul>` : nothing}
      </div>`;
    return html`
      <form class="stack" novalidate autocomplete="off" @submit=${this.#handleQuestions}>
        ${renderQuestions({
          questions,
          terms,
          formats,
          onQuestions: (change) => this.#setQuestions(change(questions)),
          errorOf: (index) =>
            this.refused.has(String(index))
              ? t.questionRefused
              : this.tried && isIncomplete(questions[index])
                ? form.questionIncomplete
                : undefined,
        })}
        <p class="message warning">${warningIcon}<span>${t.replaceHint}</span></p>
        <div class="row">
          <button type="button" @click=${() => this.#closeQuestions()}>${terms.essential.cancel}</button>
          <button class="primary" part="store-questions" ?disabled=${pending !== undefined || questions.length === 0}>${pending ? terms.desk.saving : t.replaceQuestions}</button>
        </div>
      </form>
    `;
  }
}

const isIncomplete = (question: QuestionDraft | undefined): boolean =>
  question === undefined || question.text.trim() === '' || question.answer.trim() === '';

declare global {
  interface HTMLElementTagNameMap {
    'cw-customer-security': CwCustomerSecurity;
  }
}
