import type { Call } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { isEditable, type Shortcut, ShortcutController, shortcutLabel } from '../../controllers/shortcut-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, hangUpIcon, phoneIcon, sheetIcon, warningIcon } from '../../icons/badge-icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import type { Translation } from '../../translations/translation.ts';
import type * as CallerLine from './caller-line.ts';
import { CwAnswerEvent, CwDeclineEvent, CwOpenSheetEvent } from './incoming-call.events.ts';
import { incomingCallStyles } from './incoming-call.styles.ts';
import { answerRing, declineRing, type Ring, ringsOf } from './ring.ts';

/** The values of {@link CwIncomingCall.placement}. */
export const INCOMING_CALL_PLACEMENTS = ['top', 'inline'] as const;

export interface IncomingCallShortcuts {
  readonly answer?: Shortcut;
  readonly decline?: Shortcut;
  readonly openSheet?: Shortcut;
}

/** Keys pressed within this time of the badge's coming were meant for what had the focus before. */
const STRAY_KEY_MS = 400;

/**
 * @summary The badge at the top of the page when a call rings: who, from which number, why here; answer, decline, open
 * the request sheet. Takes no space when nothing rings.
 *
 * @event {CwOpenSheetEvent} cw-open-sheet - The request sheet of the caller is wanted; `call` says whose.
 * @event {CwAnswerEvent} cw-answer - The call was answered on this page.
 * @event {CwDeclineEvent} cw-decline - The call was declined and rings at the next responder.
 *
 * @csspart badge - The surface.
 * @csspart ring - One ringing call on it.
 * @csspart devices - What a caller has who has bought devices.
 * @csspart answer - The button that answers.
 * @csspart decline - The button that declines.
 * @csspart open-sheet - The button that opens the request sheet.
 *
 * @cssproperty --cw-layer - z-index of the badge at the top of the page.
 * @cssproperty --cw-success - Colour of the ringing sign.
 */
export class CwIncomingCall extends DeskElement {
  static override styles = [baseStyles, buttonStyles, chipStyles, incomingCallStyles];
  static override properties: PropertyDeclarations = { placement: { reflect: true }, shortcuts: { attribute: false } };

  protected override readonly locale = new LocaleController(this);
  readonly #commands = new CommandController(this);
  readonly #ringing = new ReadableController(this, () => this.activeDesk?.calls.ringing);
  readonly #phone = new ReadableController(this, () => this.activeDesk?.phone.state);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #timer = new TimerController(this, () => this.#rings.length > 0);

  /** Where it stands: over the page at its top, or where it is placed. */
  placement: (typeof INCOMING_CALL_PLACEMENTS)[number] = 'top';

  /** Keys by their place on the keyboard; leave one out to have none. */
  shortcuts: IncomingCallShortcuts = {
    answer: 'Alt+KeyA',
    decline: 'Alt+Shift+KeyD',
    openSheet: 'Alt+KeyO',
  };

  #rings: readonly Ring[] = [];
  #line: typeof CallerLine | undefined;
  #shown: string | undefined;
  #focusTakenAt = 0;
  #focusBefore: HTMLElement | undefined;

  constructor() {
    super();
    new ShortcutController(this, () => this.#bindings());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    void this.#ringing.value;
    this.#rings = this.activeDesk ? ringsOf(this.activeDesk) : [];
    if (!this.#line && this.#rings.some(({ call }) => call?.portal)) void this.#loadLine();
  }

  /** Where nobody buys devices, no page pays for them. Without it a badge is still one: the next call tries again. */
  async #loadLine(): Promise<void> {
    this.#line = await import('./caller-line.ts').catch(() => undefined);
    if (this.#line) this.locale.add(this.#line.callerDevicesTerms);
  }

  #renderLine(call: Call | undefined): TemplateResult | typeof nothing {
    const { formats, locale } = this.locale;
    const { callerDevices: terms } = this.locale.terms as Partial<Translation>;
    if (!call?.portal || !this.#line || !terms) return nothing;
    return this.#line.callerLine(call.portal, { html, check: checkIcon, warning: warningIcon, terms, formats, locale });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const first = this.#rings[0]?.id;
    if (first === this.#shown) return;
    this.#shown = first;
    this.#commands.clear();
    if (first !== undefined) this.#takeFocus();
    else this.#giveFocusBack();
  }

  /** Only an incoming call may interrupt, and not even it a person who writes. */
  #takeFocus(): void {
    const before = deepActiveElement();
    if (isEditable(before)) return;
    const answer = this.renderRoot.querySelector<HTMLButtonElement>('[part~="answer"]');
    if (!answer) return;
    this.#focusBefore = before instanceof HTMLElement ? before : undefined;
    this.#focusTakenAt = performance.now();
    answer.focus({ preventScroll: true });
  }

  #giveFocusBack(): void {
    const before = this.#focusBefore;
    this.#focusBefore = undefined;
    const active = document.activeElement;
    if (before?.isConnected && (active === this || active === document.body || active === null))
      before.focus({ preventScroll: true });
  }

  async #handleAnswer(ring: Ring, event?: Event): Promise<void> {
    const desk = this.activeDesk;
    const byKey = event instanceof MouseEvent && event.detail === 0;
    if (!desk || (byKey && performance.now() - this.#focusTakenAt < STRAY_KEY_MS)) return;
    if (await this.#commands.run(`answer ${ring.id}`, () => answerRing(desk, ring)))
      this.dispatchEvent(new CwAnswerEvent(ring.id));
  }

  async #handleDecline(ring: Ring): Promise<void> {
    const desk = this.activeDesk;
    if (!desk) return;
    if (await this.#commands.run(`decline ${ring.id}`, () => declineRing(desk, ring)))
      this.dispatchEvent(new CwDeclineEvent(ring.id));
  }

  #handleOpenSheet(ring: Ring): void {
    if (ring.call) this.dispatchEvent(new CwOpenSheetEvent(ring.call));
  }

  #bindings(): Record<Shortcut, (() => void) | undefined> {
    const ring = this.#rings[0];
    if (!ring) return {};
    const { answer, decline, openSheet } = this.shortcuts;
    return {
      ...(answer && this.#answersHere ? { [answer]: () => void this.#handleAnswer(ring) } : {}),
      ...(decline ? { [decline]: () => void this.#handleDecline(ring) } : {}),
      ...(openSheet && ring.call ? { [openSheet]: () => this.#handleOpenSheet(ring) } : {}),
    };
  }

  /** A responder with a telephone of their own answers there. */
  get #answersHere(): boolean {
    return this.#device?.kind !== 'number';
  }

  get #device() {
    const state = this.#session.value;
    return state?.status === 'signed-in' ? state.session.account.device : undefined;
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.essential;
    const first = this.#rings[0];
    return html`
      <div class="visually-hidden" role="alert">${first ? t.incomingCall.announce(this.#nameOf(first)) : nothing}</div>
      ${
        first
          ? html`<section class="rings" part="badge" aria-label=${t.incomingCall.label}>
            ${this.#renderProblem()}
            ${this.#rings.map((ring, index) => this.#renderRing(ring, index > 0))}
            ${this.#phone.value?.needsActivation ? html`<p class="notice">${warningIcon}<span>${t.incomingCall.needsActivation}</span></p>` : nothing}
          </section>`
          : nothing
      }
    `;
  }

  #renderRing(ring: Ring, further: boolean): TemplateResult {
    const t = this.locale.terms.essential;
    const { call } = ring;
    return html`
      <div class=${further ? 'ring further' : 'ring'} ?data-elsewhere=${!this.#answersHere} part="ring">
        <span class="bell">${phoneIcon}</span>
        <div class="who">
          <p class="name"><bdi>${this.#nameOf(ring)}</bdi></p>
          <p class="facts">
            <bdi dir="ltr" class="tabular">${ring.number ? this.locale.formats.phone(ring.number) : t.withheldNumber}</bdi>
            ${call ? this.#renderDeclared(call.numberDeclared) : nothing}
            ${call?.candidates.length && !call.customer ? html`<span>${call.candidates.map(({ name }, index) => html`${index > 0 ? ' / ' : ''}<bdi>${name}</bdi>`)}</span>` : nothing}
            ${call?.customer ? html`<span>${t.customerKind[call.customer.kind]}</span>` : nothing}
            ${call?.responderOrder ? html`<span>${this.#responderReason(ring)}</span>` : nothing}
          </p>
          ${call?.entitlement ? html`<p class="entitlement"><bdi>${call.entitlement}</bdi></p>` : nothing}
          ${this.#renderLine(call)}
        </div>
        <span class="timer tabular" role="timer" aria-label=${t.incomingCall.ringingFor}>${this.locale.formats.duration(this.#timer.since(ring.since))}</span>
        <div class="actions">${this.#renderActions(ring, further)}</div>
      </div>
    `;
  }

  #renderActions(ring: Ring, further: boolean): TemplateResult {
    const t = this.locale.terms.essential.incomingCall;
    const { pending } = this.#commands;
    const { answer, decline, openSheet } = this.shortcuts;
    const answering = pending === `answer ${ring.id}`;
    const device = this.#device;
    const tip = (words: string, shortcut: Shortcut | undefined) =>
      shortcut && !further ? `${words} (${shortcutLabel(shortcut)})` : words;
    return html`
      ${
        device?.kind === 'number'
          ? html`<span class="at-telephone">${phoneIcon}<span>${t.atYourTelephone} <bdi dir="ltr" class="tabular">${this.locale.formats.phone(device.number)}</bdi></span></span>`
          : html`<button class=${further ? 'answer' : 'answer primary'} part=${further ? 'answer-further' : 'answer'} ?disabled=${pending !== undefined && !answering} aria-disabled=${answering} title=${tip(t.answer, answer)}
            @click=${(event: Event) => this.#handleAnswer(ring, event)}>${phoneIcon}${answering ? t.answering : t.answer}</button>`
      }
      <button part="decline" ?disabled=${pending !== undefined} title=${tip(t.declineTip, decline)} @click=${() => this.#handleDecline(ring)}>${hangUpIcon}${t.decline}</button>
      ${
        ring.call
          ? html`<button class="icon" part="open-sheet" title=${tip(t.openSheet, openSheet)} aria-label=${t.openSheet} @click=${() => this.#handleOpenSheet(ring)}>${sheetIcon}</button>`
          : nothing
      }
    `;
  }

  #renderDeclared(declared: boolean): TemplateResult {
    const t = this.locale.terms.essential;
    return declared
      ? html`<span class="chip success">${checkIcon}${t.declared}</span>`
      : html`<span class="chip warning">${warningIcon}${t.undeclared}</span>`;
  }

  #renderProblem(): TemplateResult | typeof nothing {
    const { error, failed } = this.#commands;
    if (error === undefined) return nothing;
    const t = this.locale.terms.essential.incomingCall;
    // By shape: the badge stays light without the phone's table of errors.
    const microphone = (error as { category?: unknown } | null)?.category === 'media';
    const words = microphone ? t.microphoneFailed : failed?.startsWith('answer') ? t.answerFailed : t.declineFailed;
    return html`<p class="notice danger" role="alert">${warningIcon}<span>${words}</span></p>`;
  }

  #nameOf({ call, phoneCall }: Ring): string {
    const t = this.locale.terms.essential;
    if (call?.customer) return call.customer.name;
    if (call && call.candidates.length > 1) return t.incomingCall.candidates(call.candidates.length);
    return phoneCall?.remote.name ?? t.unknownCaller;
  }

  /** Why it rings here: “Second responder · Mina: busy”. */
  #responderReason({ call }: Ring): TemplateResult | typeof nothing {
    if (!call?.responderOrder) return nothing;
    const t = this.locale.terms.essential;
    const passedOver = call.routing.findLast(
      ({ order, result }) => order !== call.responderOrder && result !== 'ringing',
    );
    return html`${t.responderOrder[call.responderOrder]}${passedOver ? html` — <bdi>${passedOver.name}</bdi>: ${t.routingReason[passedOver.result]}` : nothing}`;
  }
}

/** The focused element, through shadow trees. */
function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-incoming-call': CwIncomingCall;
  }
}
