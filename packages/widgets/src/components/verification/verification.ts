import { customers, verification } from '@callweave/sdk';
import type { Call, CustomerSummary, Verification } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { SearchController } from '../../controllers/search-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { offerFocus } from '../../elements/offer-focus.ts';
import {
  checkIcon,
  crossIcon,
  lockIcon,
  searchIcon,
  shieldCheckIcon,
  shieldIcon,
  warningIcon,
} from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwVerificationEvent } from './verification.events.ts';
import { verificationStyles } from './verification.styles.ts';

/** A verified state that ends within this time is announced. */
const SOON_OVER_MS = 120_000;

/**
 * @summary Who is calling, and proof of it: the agent chooses the customer, asks the questions that the server drew and
 * types the answers as heard, or lets the caller key the PIN, of which the agent hears and sees nothing.
 *
 * @event {CwVerificationEvent} cw-verification - The state of the verification has changed.
 *
 * @csspart surface - The card.
 * @csspart status - The outcome: passed, failed, locked, expired.
 * @csspart question - One question.
 * @csspart start - The button that draws the questions.
 */
export class CwVerification extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, verificationStyles];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #current = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#call?.verification.state === 'passed');
  readonly #search = new SearchController<CustomerSummary>(this, (query, signal) =>
    this.feature(customers)!.find(query, { signal, limit: 8 }),
  );

  @state() private changing = false;
  @state() private asksChange = false;

  /** A call to show instead of the current one, for example in a supervisor's page. */
  @property({ attribute: false }) call: Call | undefined;

  #shown = '';
  #told = '';
  #offered = '';
  #focusNext = false;

  get #call(): Call | undefined {
    const call = this.call ?? this.#current.value;
    return call?.state === 'answered' ? call : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const call = this.#call;
    const shown = call ? `${call.id} ${call.customer?.id}` : '';
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.changing = false;
    this.asksChange = false;
    this.#search.clear();
    this.#commands.clear();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const call = this.#call;
    const told = call ? `${call.id} ${call.verification.state}` : '';
    if (call && this.#told.startsWith(call.id) && told !== this.#told)
      this.dispatchEvent(new CwVerificationEvent(call));
    this.#told = told;
    // Pressing Answer, Check or Choose takes that button away: the next step has the focus, Enter does it.
    const step = call ? `${told} ${call.verification.pin}` : '';
    if (step !== this.#offered && step !== '') this.#offerNext();
    this.#offered = step;
    if (!this.#focusNext) return;
    this.#focusNext = false;
    // The agent has just pressed Start or Check: their hands go on to the next answer.
    const input = this.renderRoot.querySelector<HTMLElement>('input[name=answer]');
    if (input) input.focus();
    else this.#offerNext();
  }

  #offerNext(): void {
    void offerFocus(() => this.renderRoot.querySelector<HTMLElement>('input[name=answer], button.primary'));
  }

  /** The answer of a command is a verification, the call with it comes as an event: both lead to the same drawing. */
  async #run(name: string, task: (callId: string) => Promise<unknown>): Promise<boolean> {
    const call = this.#call;
    if (!call) return false;
    this.#focusNext = false;
    const done = await this.#commands.run(name, () => task(call.id));
    this.#focusNext = done && (name === 'start' || name === 'answer');
    this.requestUpdate();
    return done;
  }

  readonly #handleStart = () => void this.#run('start', (id) => this.feature(verification)!.start(id));
  readonly #handlePin = () => void this.#run('pin', (id) => this.feature(verification)!.collectPin(id));
  readonly #handlePinChange = () => void this.#run('pin-change', (id) => this.feature(verification)!.changePin(id));

  async #handleChoose({ id }: CustomerSummary): Promise<void> {
    if (await this.#run('choose', (callId) => this.activeDesk!.calls.chooseCustomer(callId, id))) {
      this.changing = false;
      this.#search.clear();
    }
  }

  async #handleAnswer(event: SubmitEvent, questionId: string): Promise<void> {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('answer') as HTMLInputElement;
    const answer = input.value.trim();
    if (answer === '') {
      input.focus();
      return;
    }
    // What was heard is personal: it does not stay on the screen once it has been checked.
    if (await this.#run('answer', (callId) => this.feature(verification)!.answer(callId, questionId, answer)))
      input.value = '';
  }

  readonly #handleChange = () => {
    const started = this.#call?.verification.state !== 'none';
    if (started && !this.asksChange) this.asksChange = true;
    else {
      this.asksChange = false;
      this.changing = true;
    }
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { terms } = this.locale;
    const t = terms.desk.verification;
    const call = this.#call;
    const { error } = this.#commands;
    return html`
      <section class="surface stack" part="surface" aria-label=${t.title}>
        <div class="head"><h2>${t.title}</h2>${call ? this.#renderDeclared(call) : nothing}</div>
        ${call ? this.#renderCall(call) : html`<p class="empty">${t.noCall}</p>`}
        <div role="status">${error === undefined ? nothing : html`<p class="message danger">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`}</div>
      </section>
    `;
  }

  #renderDeclared({ numberDeclared }: Call): TemplateResult {
    const { essential } = this.locale.terms;
    return numberDeclared
      ? html`<span class="chip success">${checkIcon}${essential.declared}</span>`
      : html`<span class="chip warning">${warningIcon}${essential.undeclared}</span>`;
  }

  #renderCall(call: Call): TemplateResult {
    if (!call.customer || this.changing) return this.#renderWho(call);
    const t = this.locale.terms.desk.verification;
    return html`
      <div class="customer">
        <span class="name"><bdi>${call.customer.name}</bdi></span>
        <span class="muted small">${t.username} <bdi dir="ltr" class="tabular">${this.locale.formats.digits(call.customer.username)}</bdi></span>
        <span class="muted small">${this.locale.terms.essential.customerKind[call.customer.kind]}</span>
        ${this.asksChange ? nothing : html`<button type="button" class="link small" @click=${this.#handleChange}>${t.change}</button>`}
      </div>
      ${
        this.asksChange
          ? html`<div class="message warning" role="alertdialog" aria-label=${t.change}>${warningIcon}<div class="stack"><span>${t.changeAsks}</span><span class="actions"><button type="button" @click=${() => (this.asksChange = false)}>${t.keep}</button><button type="button" class="danger" @click=${this.#handleChange}>${t.change}</button></span></div></div>`
          : nothing
      }
      <div class="stack" role="group" aria-live="polite" aria-label=${t.title}>${this.#renderState(call, call.verification)}</div>
    `;
  }

  #renderWho(call: Call): TemplateResult {
    const t = this.locale.terms.desk.verification;
    const { candidates } = call;
    const found = this.#search;
    const others = candidates.filter(({ id }) => id !== call.customer?.id);
    return html`
      <div class="stack">
        <p><strong>${t.whoIsCalling}</strong> ${candidates.length > 1 ? t.candidates(candidates.length) : candidates.length === 0 ? t.nobodyMatched : nothing}</p>
        ${others.length > 0 && found.query === '' ? this.#renderChoices(others) : nothing}
        <div class="field find">
          <label for="find">${t.find}</label>
          <input id="find" type="search" autocomplete="off" dir="auto" placeholder=" " aria-describedby="find-hint" @input=${(event: Event) => found.search((event.target as HTMLInputElement).value)} />
          ${searchIcon}
        </div>
        <p id="find-hint" class="hint">${t.findHint}</p>
        <div role="status" class="stack">
          ${found.searching ? html`<span class="muted small">${t.searching}</span>` : nothing}
          ${found.results?.length === 0 ? html`<span class="muted">${t.nothingFound}</span>` : nothing}
          ${found.results?.length ? this.#renderChoices(found.results) : nothing}
          ${found.error === undefined ? nothing : html`<p class="message danger">${warningIcon}<span>${describeProblem(found.error, this.locale.terms)}</span></p>`}
        </div>
        ${call.customer ? html`<div class="actions"><button type="button" @click=${() => (this.changing = false)}>${t.keep}</button></div>` : nothing}
      </div>
    `;
  }

  #renderChoices(customers: readonly CustomerSummary[]): TemplateResult {
    const { essential, desk } = this.locale.terms;
    return html`<ul class="choices">
      ${customers.map(
        (
          customer,
        ) => html`<li><button type="button" ?disabled=${this.#commands.pending !== undefined} title=${desk.verification.choose(customer.name)} @click=${() => this.#handleChoose(customer)}>
          <span class="who"><bdi>${customer.name}</bdi><span class="muted small">${essential.customerKind[customer.kind]}</span></span>
          <bdi dir="ltr" class="tabular muted">${this.locale.formats.digits(customer.username)}</bdi>
        </button></li>`,
      )}
    </ul>`;
  }

  #renderState(call: Call, verification: Verification): TemplateResult {
    const t = this.locale.terms.desk.verification;
    switch (verification.state) {
      case 'none':
        return html`<p class="muted">${t.startHint(call.numberDeclared)}</p><div class="actions">${this.#renderStart(t.start)}</div>`;
      case 'asking':
        return html`${this.#renderQuestions(verification)}${this.#renderPin(verification)}`;
      case 'passed':
        return html`${this.#renderPassed(verification)}${this.#renderPin(verification)}`;
      case 'failed':
        return html`${this.#renderOutcome('failed', shieldIcon, t.failed, [this.#reason(verification), t.failedNext])}${verification.attemptsLeft > 0 ? html`<div class="actions">${this.#renderStart(t.startAgain)}</div>` : nothing}`;
      case 'locked':
        return this.#renderOutcome('locked', lockIcon, t.locked, [this.#reason(verification), t.lockedNext]);
      case 'expired':
        return html`${this.#renderOutcome('expired', shieldIcon, t.expired, [this.#reason(verification)])}<div class="actions">${this.#renderStart(t.startAgain)}</div>`;
    }
  }

  #reason({ reason }: Verification): string {
    return reason ? this.locale.terms.desk.verification.reason[reason] : '';
  }

  #renderStart(words: string): TemplateResult {
    return html`<button type="button" class="primary" part="start" ?disabled=${this.#commands.pending !== undefined} @click=${this.#handleStart}>${shieldCheckIcon}${words}</button>`;
  }

  #renderOutcome(kind: string, icon: TemplateResult, words: string, next: readonly string[]): TemplateResult {
    return html`<div class="status ${kind}" part="status">${icon}<div><p>${words}</p><p class="small">${next.filter(Boolean).join(' ')}</p></div></div>`;
  }

  #renderPassed({ expiresAt }: Verification): TemplateResult {
    const t = this.locale.terms.desk.verification;
    const left = this.#timer.until(expiresAt);
    const soon = expiresAt !== null && left < SOON_OVER_MS;
    return html`
      <div class="status passed" part="status">
        ${shieldCheckIcon}
        <div><p>${t.passed}</p></div>
        ${expiresAt ? html`<span class="tabular" role="timer" aria-label=${t.expiresIn} title=${t.expiresIn}>${this.locale.formats.duration(left)}</span>` : nothing}
      </div>
      ${soon ? html`<p class="message warning">${warningIcon}<span>${t.soonOver}</span></p><div class="actions">${this.#renderStart(t.startAgain)}</div>` : nothing}
    `;
  }

  #renderQuestions({ questions, attemptsLeft }: Verification): TemplateResult {
    const t = this.locale.terms.desk.verification;
    if (questions.length === 0) return html``;
    return html`
      <p><span class="chip ${attemptsLeft <= 1 ? 'danger' : ''}">${t.attemptsLeft(attemptsLeft)}</span></p>
      <ol>
        ${repeat(
          questions,
          ({ id }) => id,
          ({ id, text, result }, index) => html`<li class="question" part="question">
            <span class="label"><span>${t.questionOf(index + 1, questions.length)}</span>${
              result === 'right'
                ? html`<span class="chip success">${checkIcon}${t.right}</span>`
                : result === 'wrong'
                  ? html`<span class="chip danger">${crossIcon}${t.wrong}</span>`
                  : nothing
            }</span>
            <p class="text"><bdi>${text}</bdi></p>
            ${
              result === 'right' || attemptsLeft === 0
                ? nothing
                : html`<form class="answer" novalidate @submit=${(event: SubmitEvent) => this.#handleAnswer(event, id)}>
                  <input name="answer" dir="auto" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200" aria-label=${`${t.answer}: ${text}`} placeholder=${t.answer} />
                  <button class=${this.#isNext(questions, id) ? 'primary' : ''} ?disabled=${this.#commands.pending !== undefined}>${this.#commands.pending === 'answer' ? t.checking : t.check}</button>
                </form>`
            }
          </li>`,
        )}
      </ol>
    `;
  }

  /** One primary action: the first question that is still open. */
  #isNext(questions: Verification['questions'], id: string): boolean {
    return questions.find(({ result }) => result !== 'right')?.id === id;
  }

  #renderPin({ pin, questions, state }: Verification): TemplateResult | typeof nothing {
    const t = this.locale.terms.desk.verification;
    if (pin === 'not-required') return nothing;
    const pending = this.#commands.pending !== undefined;
    const isNext = questions.every(({ result }) => result === 'right');
    const keying = (words: string) =>
      html`<div class="keying"><span class="dots" aria-hidden="true"><i></i><i></i><i></i><i></i></span><span>${words}</span></div>`;
    const ask = (words: string, label: string, handle: () => void, kind = '') =>
      html`<p class=${kind}>${words}</p><button type="button" class=${isNext || state === 'passed' ? 'primary' : ''} ?disabled=${pending} @click=${handle}>${label}</button>`;
    const good = (words: string) => html`<span class="chip success">${checkIcon}${words}</span>`;
    const body = {
      required: () => ask(t.pinRequired, t.collectPin, this.#handlePin),
      collecting: () => keying(t.pinCollecting),
      right: () => good(t.pinRight),
      wrong: () =>
        html`<span class="chip danger">${crossIcon}${t.pinWrong}</span>${ask(t.pinRequired, t.collectPin, this.#handlePin)}`,
      'change-required': () => ask(t.pinChangeRequired, t.changePin, this.#handlePinChange),
      changing: () => keying(t.pinChanging),
      changed: () => good(t.pinChanged),
    }[pin]();
    return html`<div class="pin"><h3>${t.pinTitle}</h3>${body}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-verification': CwVerification;
  }
}
