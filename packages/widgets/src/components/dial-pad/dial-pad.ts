import type { Via } from '@callweave/sdk';
import { isCallweaveError } from '@callweave/sdk';
import type { DialCheck } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { crossIcon, phoneIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { dialPadTerms } from '../../translations/dial-pad-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { AgentLine } from './agent-line.ts';
import { renderAgentChoice, renderFieldChoice, renderInfo } from './choices.ts';
import type { DialLine } from './dial-line.ts';
import { CwDialEvent } from './dial-pad.events.ts';
import { dialPadStyles } from './dial-pad.styles.ts';
import { FieldLine } from './field-line.ts';
import { renderKeys } from './keys.ts';
import { renderMissed, renderRecent } from './lists.ts';
import { renderLiveCall } from './live-call.ts';
import { NumberEntry } from './number-entry.ts';

/** Whose pad it is. */
export const DIAL_PAD_USERS = ['agent', 'field-caller'] as const;
export type DialPadUser = (typeof DIAL_PAD_USERS)[number];

/**
 * @summary Calls out. For an agent with a number of the house; for a field caller through a fictitious number, with the
 * info column of its project, numbers to call with one press, and missed calls to return by their ordinal. A number is
 * taken in any form and any digits; what is not dialled is said at the field.
 *
 * @event {CwDialEvent} cw-dial - A number is being called from this pad.
 *
 * @csspart call - The call that goes on, or has just ended.
 * @csspart info - The info column of the project.
 * @csspart missed - Calls to return.
 * @csspart recent - Recent calls.
 */
export class CwDialPad extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, dialPadStyles];

  protected override readonly locale = new LocaleController(this, dialPadTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #connection = new ReadableController(this, () => this.activeDesk?.connection);
  readonly #phone = new ReadableController(this, () => this.activeDesk?.phone.state);
  readonly #field = new FieldLine(this, () => (this.#user === 'field-caller' ? this.activeDesk : undefined));
  readonly #agent = new AgentLine(this, () => (this.#user === 'agent' ? this.activeDesk : undefined));
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#line.call?.stage === 'answered');
  readonly #entry = new NumberEntry(this, {
    input: () => this.input,
    plan: () => this.#line.plan,
    write: (text) => this.locale.formats.digits(text),
    onChange: () => {
      this.refusal = undefined;
    },
  });

  @query('#number') private input!: HTMLInputElement | null;

  @state() private refusal: Exclude<DialCheck, 'allowed'> | undefined;
  @state() private via: Via = 'browser';
  @state() private sent = '';
  @state() private announced = '';

  /** Whose pad it is, where somebody has both roles; otherwise the role tells. */
  @property({ attribute: 'for' }) user: DialPadUser | '' = '';

  #knownMissed: ReadonlySet<string> | undefined;
  #sentIn: string | undefined;

  get #account() {
    const session = this.#session.value;
    return session?.status === 'signed-in' ? session.session.account : undefined;
  }

  /** Undefined until it is known who is signed in: nothing is asked for that they may not see. */
  get #user(): DialPadUser | undefined {
    const account = this.#account;
    if (!account) return undefined;
    if (this.user !== '') return this.user;
    const { roles } = account;
    return roles.includes('field-caller') && !roles.includes('agent') ? 'field-caller' : 'agent';
  }

  get #line(): DialLine {
    return this.#user === 'field-caller' ? this.#field : this.#agent;
  }

  get #hasBrowserPhone(): boolean {
    return this.#account?.device.kind === 'browser';
  }

  get #via(): Via {
    return this.#hasBrowserPhone ? this.via : 'telephone';
  }

  get #offline(): boolean {
    return this.#connection.value === 'offline';
  }

  get #busy(): boolean {
    const { call } = this.#line;
    return this.#commands.pending !== undefined || (call !== undefined && call.stage !== 'ended');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { call } = this.#line;
    if (call?.id !== this.#sentIn) {
      this.#sentIn = call?.id;
      this.sent = '';
    }
    const missed = this.#field.missed;
    const added = this.#knownMissed && missed.find(({ id }) => !this.#knownMissed?.has(id));
    const { terms, formats } = this.locale;
    if (added)
      this.announced = terms.dialPad.missed.announce(formats.digits(String(added.ordinal)), added.project.name);
    if (this.#field.numbers) this.#knownMissed = new Set(missed.map(({ id }) => id));
  }

  readonly #handleSubmit = (event: Event) => {
    event.preventDefault();
    void this.#dial(this.#entry.dialled);
  };

  /** Said at the field before it is sent; the server decides. */
  async #dial(number: string): Promise<void> {
    if (this.#busy || this.#offline) return;
    const line = this.#user === 'field-caller' ? this.#field : this.#agent;
    const check = line.check(number);
    if (check !== 'allowed') return this.#refuse(check);
    this.refusal = undefined;
    const done = await this.#commands.run('dial', () => line.dial(number, this.#via));
    if (done) {
      this.#entry.set('');
      this.dispatchEvent(new CwDialEvent(number));
      return;
    }
    const { error } = this.#commands;
    const code = isCallweaveError(error) && error.code.startsWith('dial-') ? error.code.slice(5) : undefined;
    if (code === undefined) return;
    this.#commands.clear();
    if (this.#entry.dialled === '') this.#entry.set(number);
    this.#refuse(code as Exclude<DialCheck, 'allowed'>);
  }

  #refuse(check: Exclude<DialCheck, 'allowed'>): void {
    this.refusal = check;
    this.input?.focus();
  }

  readonly #handleCallBack = (caseId: string) => {
    if (!this.#busy) void this.#commands.run(`callback ${caseId}`, () => this.#field.callBack(caseId, this.#via));
  };

  readonly #handleTone = (key: string) => {
    const { call } = this.#line;
    if (!call) return;
    this.sent += key;
    this.activeDesk?.phone
      .sendDigits(call.id, key)
      .catch((error: unknown) => void this.#commands.run('tone', () => Promise.reject(error)));
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.dialPad;
    const { call } = this.#line;
    const error = this.#commands.error ?? (this.#user === 'agent' ? this.#agent.error : this.#field.error);
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        <p class="visually-hidden" role="status">${this.announced}</p>
        ${this.#offline ? html`<p class="message warning" role="alert">${warningIcon}<span>${t.offline}</span></p>` : nothing}
        ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
        <div role="status" class="place">${call ? this.#renderCall() : nothing}</div>
        ${this.#user === undefined ? this.#renderSkeleton() : this.#user === 'agent' ? this.#renderAgent() : this.#renderField()}
      </section>
    `;
  }

  #renderCall(): TemplateResult {
    const line = this.#line;
    const call = line.call!;
    // Asked at every draw: the phone's state has changed.
    void this.#phone.value;
    const phoneCall = this.activeDesk?.phone.callOf(call.id);
    return renderLiveCall({
      call,
      terms: this.locale.terms.dialPad,
      formats: this.locale.formats,
      talked: call.answeredAt === null ? undefined : this.#timer.since(call.answeredAt),
      ringsHere: phoneCall?.signalling === 'ringing' && call.stage === 'incoming',
      canSendTones: phoneCall?.signalling === 'active' && call.stage === 'answered',
      sent: this.sent,
      pending: this.#commands.pending,
      onAnswer: () => void this.#commands.run('answer', () => this.activeDesk!.phone.answer(call.id)),
      onHangUp: () => void this.#commands.run('hangup', () => line.hangup(call.id)),
      onDismiss: () => line.dismiss(),
      onTone: this.#handleTone,
    });
  }

  #renderAgent(): TemplateResult {
    const t = this.locale.terms.dialPad;
    const { callerIds, callerId } = this.#agent;
    if (callerIds === undefined)
      return this.#agent.error === undefined ? this.#renderSkeleton() : html`${this.#renderRecent()}`;
    if (callerIds.length === 0) return html`<p class="empty">${t.noCallerId}</p>`;
    const choose = (chosen: string) => this.#agent.choose(chosen);
    return html`<div class="columns">
      <div class="stack">${renderAgentChoice({ callerIds, callerId, terms: t, formats: this.locale.formats, choose })}${this.#renderForm()}</div>
      ${this.#renderRecent()}
    </div>`;
  }

  #renderField(): TemplateResult | typeof nothing {
    const { terms, formats } = this.locale;
    const t = terms.dialPad;
    const { numbers, pairing, expired } = this.#field;
    if (!numbers) return this.#field.error === undefined ? this.#renderSkeleton() : nothing;
    if (numbers.pairings.length === 0 && !expired)
      return html`<p class="empty">${t.noPairing}</p>${this.#renderMissed()}${this.#renderRecent()}`;
    return html`<div class="columns">
      <div class="stack">
        ${renderFieldChoice({
          numbers,
          pairing,
          expired,
          terms: t,
          formats,
          choose: (id) => {
            this.refusal = undefined;
            this.#field.choose(id);
          },
          via: this.#hasBrowserPhone ? this.via : undefined,
          chooseVia: (via) => {
            this.via = via;
          },
        })}
        ${pairing ? this.#renderForm() : nothing}
      </div>
      <div class="stack">
        ${pairing ? renderInfo({ pairing, terms: t, formats, disabled: this.#busy || this.#offline, call: (number) => void this.#dial(number) }) : nothing}
        ${this.#renderMissed()}${this.#renderRecent()}
      </div>
    </div>`;
  }

  #renderForm(): TemplateResult {
    const { terms, formats } = this.locale;
    const t = terms.dialPad;
    const last = this.#line.recent.find(({ number, kind }) => number !== null && kind === 'out')?.number;
    const ready = !this.#busy && !this.#offline;
    return html`<form class="stack" @submit=${this.#handleSubmit}>
      <div class="field"><label for="number">${t.number}</label>
        <div class="number" dir="ltr">
          <input id="number" class="code" dir="ltr" inputmode="tel" autocomplete="off" required aria-describedby="about refusal" aria-invalid=${this.refusal !== undefined} .value=${live(this.#entry.shown)} @input=${this.#entry.handleInput}>
          <button type="button" class="icon" data-action="delete" aria-label=${t.deleteLast} title=${t.deleteLast} ?disabled=${this.#entry.dialled === ''} @click=${() => this.#entry.deleteLast()}>${crossIcon}</button>
        </div>
        <span id="about" class="hint">${t.numberHint} ${t.keypadHint}</span>
        <span id="refusal" class="field-error" role="status">${this.refusal ? terms.problems.desk[`dial-${this.refusal}`] : nothing}</span></div>
      ${renderKeys({ label: t.keypad, write: formats.digits, plus: true, onKey: (key) => this.#entry.press(key), onDelete: () => this.#entry.deleteLast() })}
      <button class="primary" data-action="call" ?disabled=${!ready}>${phoneIcon}${this.#commands.pending === 'dial' ? t.calling : t.call}</button>
      ${last ? html`<button type="button" data-action="redial" ?disabled=${!ready} @click=${() => void this.#dial(last)}>${t.redial(`\u2066${formats.phone(last)}\u2069`)}</button>` : nothing}
    </form>`;
  }

  #renderMissed(): TemplateResult | typeof nothing {
    const { terms, formats } = this.locale;
    return renderMissed({
      missed: this.#field.missed,
      terms: terms.dialPad,
      formats,
      pending: this.#commands.pending,
      disabled: this.#busy || this.#offline,
      callBack: this.#handleCallBack,
    });
  }

  #renderRecent(): TemplateResult {
    const { terms, formats } = this.locale;
    return renderRecent({
      recent: this.#line.recent,
      terms: terms.dialPad,
      formats,
      disabled: this.#busy || this.#offline,
      again: (number) => void this.#dial(number),
    });
  }

  #renderSkeleton(): TemplateResult {
    return html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-dial-pad': CwDialPad;
  }
}
