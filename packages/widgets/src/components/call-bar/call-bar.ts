import { type CallState, orders, type PhoneState } from '@callweave/sdk';
import type { Headset } from '@callweave/sdk/phone';
import type { Call } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { PopoverController } from '../../controllers/popover-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { type Shortcut, ShortcutController, shortcutLabel } from '../../controllers/shortcut-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import {
  checkIcon,
  forwardIcon,
  hangUpIcon,
  headsetIcon,
  infoIcon,
  keypadIcon,
  microphoneIcon,
  microphoneOffIcon,
  pauseIcon,
  phoneIcon,
  warningIcon,
} from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { popoverStyles } from '../../styles/popover.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { DispositionChoice } from '../wrap-up/wrap-up.ts';
import { CwHangUpEvent } from './call-bar.events.ts';
import { callBarStyles } from './call-bar.styles.ts';
import { renderFacts, renderSignal } from './call-facts.ts';
import { renderDevices } from './devices.ts';
import { renderKeypad } from './keypad.ts';
import { followSound } from './microphone.ts';
import { type Notice, type NoticeAction, noticesOf } from './notices.ts';

export interface CallBarShortcuts {
  readonly mute?: Shortcut;
  readonly hold?: Shortcut;
  readonly keypad?: Shortcut;
  readonly hangUp?: Shortcut;
}

/**
 * @summary The call an agent is in. Four facts stand always in the same place: who, verified or not, recorded or not,
 * how long; then mute, hold, keypad, sound, quality, hang up; after the call the wrap-up. Troubles of line, phone and
 * browser are said in words, with what still works. Without a call and without trouble it takes no space, unless
 * `persistent`.
 *
 * @event {CwHangUpEvent} cw-hang-up - The agent ended the call here.
 * @event {CwWrapUpEvent} cw-wrap-up - The wrap-up is finished.
 *
 * @slot controls - More buttons of the host, before the quality.
 *
 * @csspart bar - The surface.
 * @csspart facts - The four facts.
 * @csspart verified - Whether the caller is verified.
 * @csspart recording - Whether the call is recorded.
 * @csspart controls - The row of buttons.
 * @csspart signal - The estimate of the sound's quality.
 * @csspart hang-up - The button that ends the call.
 * @csspart notice - One trouble in words.
 *
 * @cssproperty --cw-recording - Colour of the recording sign.
 */
export class CwCallBar extends DeskElement {
  static override styles = [baseStyles, buttonStyles, chipStyles, fieldStyles, popoverStyles, callBarStyles];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #current = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #phone = new ReadableController(this, () => this.activeDesk?.phone.state);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #connection = new ReadableController(this, () => this.activeDesk?.connection);
  readonly #orders = new FollowController(this, {
    key: () => (this.#call?.state === 'answered' ? this.#call.id : undefined),
    open: () => (this.#call ? this.feature(orders)?.follow({ callId: this.#call.id }) : undefined),
  });
  readonly #sound = new FollowController(this, {
    // Listens during a call to a phone that is loaded, and never loads one.
    key: () => this.#phone.value && this.#call?.id,
    open: () => this.activeDesk && followSound(this.activeDesk.phone),
  });
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#call?.state === 'answered');
  readonly #popovers = new PopoverController(this);

  readonly #headsetState = new ReadableController(this, () => this.headset?.state);

  @state() private headset: Headset | undefined;
  @state() private sent = '';
  @state() private asksHangUp = false;
  @state() private transfers = false;

  /** Shown also between calls: ready, or why not. */
  @property({ type: Boolean, reflect: true }) persistent = false;

  /** From how many seconds of hold on the bar warns. @default what the adapter says of the call */
  @property({ type: Number, attribute: 'hold-alert-seconds' }) holdAlertSeconds: number | undefined;

  /** Results offered in the wrap-up. @default the shipped ones */
  @property({ attribute: false }) dispositions: readonly DispositionChoice[] | undefined;

  /** Keys by their place on the keyboard; leave one out to have none. */
  @property({ attribute: false }) shortcuts: CallBarShortcuts = {
    mute: 'Alt+KeyM',
    hold: 'Alt+KeyH',
    keypad: 'Alt+KeyK',
    hangUp: 'Alt+Shift+KeyH',
  };

  #shown: string | undefined;
  #wasOnline = false;

  constructor() {
    super();
    new ShortcutController(this, () => this.#bindings());
  }

  get #call(): Call | undefined {
    return this.#current.value;
  }

  get #phoneCall(): CallState | undefined {
    const id = this.#call?.id;
    return this.#phone.value?.calls.find(
      ({ interactionId, signalling }) => interactionId === id && signalling === 'active',
    );
  }

  get #browserPhone(): boolean {
    const session = this.#session.value;
    return session?.status !== 'signed-in' || session.session.account.device.kind === 'browser';
  }

  /** Into which I was only brought is its agent's to hold and hand on. */
  get #own(): boolean {
    const session = this.#session.value;
    return session?.status !== 'signed-in' || this.#call?.agent?.id === session.session.account.id;
  }

  /** Since when the caller waits: the phone knows first. */
  get #heldSince(): string | number | undefined {
    const phoneCall = this.#phoneCall;
    if (phoneCall)
      return phoneCall.hold === 'local' || phoneCall.hold === 'both' ? (phoneCall.heldAt ?? Date.now()) : undefined;
    return this.#call?.hold.since ?? undefined;
  }

  get #holdAlertMs(): number {
    if (this.holdAlertSeconds !== undefined) return this.holdAlertSeconds * 1000;
    return this.#call?.hold.alertAfterMs ?? Number.POSITIVE_INFINITY;
  }

  /** I make it, and nobody has answered yet. */
  get #dialling(): boolean {
    return this.#call?.state === 'ringing';
  }

  /** Somebody else is in the call, or is being brought in. */
  get #withThird(): boolean {
    return this.#call?.parties.some(({ role, state }) => role === 'third' && state !== 'failed') ?? false;
  }

  get #unsent(): number {
    const orders = this.#orders.value;
    return orders?.status === 'ready'
      ? orders.value.filter(({ state }) => state === 'draft' || state === 'read-back').length
      : 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#connection.value === 'online') this.#wasOnline = true;
    const shown = this.#call && `${this.#call.id} ${this.#call.state}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.sent = '';
    this.asksHangUp = false;
    this.transfers = false;
  }

  #run(name: string, task: (callId: string) => Promise<unknown>): void {
    const call = this.#call;
    if (call) void this.#commands.run(name, () => task(call.id));
  }

  readonly #handleMute = () => this.#run('mute', (id) => this.activeDesk!.phone.mute(id, !this.#phoneCall?.muted));

  readonly #handleHold = () =>
    this.#run('hold', (id) => this.activeDesk!.phone.hold(id, this.#heldSince === undefined));

  /** Digits follow each other faster than confirmations: they are queued by the phone, not refused here. */
  readonly #handleKey = (key: string) => {
    const call = this.#call;
    if (!call) return;
    this.sent += key;
    this.activeDesk?.phone
      .sendDigits(call.id, key)
      .catch((error: unknown) => void this.#commands.run('keypad', () => Promise.reject(error)));
  };

  /** Asks once, in place, when something of the call would be left undone. */
  readonly #handleHangUp = () => {
    if (this.#unsent > 0 && !this.asksHangUp) this.asksHangUp = true;
    else void this.#hangUp();
  };

  async #hangUp(): Promise<void> {
    const { activeDesk: desk } = this;
    const call = this.#call;
    if (!desk || !call) return;
    this.asksHangUp = false;
    if (await this.#commands.run('hang-up', () => desk.phone.hangup(call.id)))
      this.dispatchEvent(new CwHangUpEvent(call.id));
  }

  readonly #handleTransfer = () => {
    this.transfers = !this.transfers;
  };

  #renderTransfer(): TemplateResult {
    return html`<div class="below" id="transfer"><cw-transfer-panel .desk=${this.activeDesk} lang=${this.locale.locale}></cw-transfer-panel></div>`;
  }

  #handleNotice(action: NoticeAction): void {
    const desk = this.activeDesk;
    if (!desk) return;
    void this.#commands.run(action, async () => {
      if (action === 'ring-me-in') return this.#call && desk.calls.resume(this.#call.id);
      const phone = await desk.phone.start();
      return action === 'take-over' ? phone.takeOver() : phone.startAudio();
    });
  }

  /** Loaded with the panel, so that the browser's question still counts as asked by a click on its button. */
  readonly #handleDevices = (event: ToggleEvent) => {
    this.#popovers.handleToggle(event);
    if (event.newState !== 'open' || this.headset || !('hid' in navigator)) return;
    this.activeDesk?.phone.headset().then(
      (headset) => {
        this.headset = headset;
      },
      // The panel goes without.
      () => {},
    );
  };

  #bindings(): Record<Shortcut, (() => void) | undefined> {
    if (this.#call?.state !== 'answered') return {};
    const { mute, hold, keypad, hangUp } = this.shortcuts;
    const here = this.#phoneCall !== undefined;
    return {
      ...(mute && here ? { [mute]: this.#handleMute } : {}),
      ...(hold ? { [hold]: this.#handleHold } : {}),
      ...(keypad && here
        ? { [keypad]: () => this.renderRoot.querySelector<HTMLElement>('#keypad')?.togglePopover() }
        : {}),
      ...(hangUp ? { [hangUp]: this.#handleHangUp } : {}),
    };
  }

  #notices(): Notice[] {
    const held = this.#heldSince;
    const heldMs = held === undefined ? 0 : this.#timer.since(held);
    return noticesOf(
      {
        connection: this.#connection.value,
        phone: this.#phone.value,
        browserPhone: this.#browserPhone,
        call: this.#call,
        phoneCall: this.#phoneCall,
        wasOnline: this.#wasOnline,
        // What the command has just said here need not be said twice.
        microphone:
          this.#phone.value?.devices.microphoneProblem ??
          (this.#commands.failed === 'devices' ? undefined : this.#sound.value?.microphone),
        lost: this.#sound.value?.lost,
        heldTooLong: heldMs >= this.#holdAlertMs ? this.locale.formats.duration(heldMs) : undefined,
      },
      this.locale.terms,
    );
  }

  protected override render(): TemplateResult {
    const call = this.#call;
    const notices = this.activeDesk ? this.#notices() : [];
    const { error } = this.#commands;
    const visible =
      call !== undefined || this.persistent || notices.some(({ kind }) => kind !== 'info') || error !== undefined;
    const t = this.locale.terms.desk.callBar;
    return html`
      <section class="bar" part="bar" aria-label=${t.label} ?hidden=${!visible}>
        <div class="main">
          ${call ? renderFacts({ call, terms: this.locale.terms, formats: this.locale.formats, timer: this.#timer }) : this.#renderIdle(notices)}
          ${call?.state === 'answered' ? this.#renderControls() : this.#dialling ? this.#renderDialling() : nothing}
        </div>
        ${call?.state === 'answered' && (this.transfers || this.#withThird) ? this.#renderTransfer() : nothing}
        ${this.asksHangUp ? this.#renderHangUpQuestion() : nothing}
        ${call?.state === 'wrap-up' ? html`<div class="below"><cw-wrap-up .desk=${this.activeDesk} .dispositions=${this.dispositions} lang=${this.locale.locale}></cw-wrap-up></div>` : nothing}
        <div class="notices" role="status">
          ${error === undefined ? nothing : this.#renderNotice({ kind: 'danger', words: describeProblem(error, this.locale.terms) })}
          ${notices.map((notice) => this.#renderNotice(notice))}
        </div>
      </section>
    `;
  }

  #renderIdle(notices: readonly Notice[]): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.desk.callBar;
    const phone: PhoneState | undefined = this.#phone.value;
    const ready =
      notices.every(({ kind }) => kind === 'info') &&
      this.#connection.value === 'online' &&
      (!this.#browserPhone || phone?.registration === 'ok');
    if (ready)
      return html`<p class="idle"><span class="chip success">${checkIcon}${t.ready}</span><span class="muted small">${t.readyHint}</span></p>`;
    // Before the first click nothing has failed: red is for what has.
    const failed = notices.some(({ kind }) => kind === 'danger') || phone?.registration === 'failed';
    return html`<p class="idle"><span class="chip ${failed ? 'danger' : 'warning'}">${warningIcon}${t.notReady}</span></p>`;
  }

  #renderControls(): TemplateResult {
    const t = this.locale.terms.desk.callBar;
    const phoneCall = this.#phoneCall;
    const { mute, hold } = this.shortcuts;
    const held = this.#heldSince;
    const { pending } = this.#commands;
    const here = phoneCall !== undefined;
    return html`
      <div class="controls" part="controls">
        ${this.#browserPhone ? nothing : html`<span class="chip">${phoneIcon}${t.onYourTelephone}</span>`}
        ${
          here
            ? html`<button type="button" class="mute" aria-pressed=${phoneCall.muted} title=${tip(t.mute, mute)} @click=${this.#handleMute}>${phoneCall.muted ? microphoneOffIcon : microphoneIcon}<span class="word">${t.mute}</span></button>`
            : nothing
        }
        ${
          here || !this.#browserPhone
            ? html`<button type="button" class="hold" aria-pressed=${held !== undefined} ?disabled=${pending === 'hold'} title=${tip(t.hold, hold)} @click=${this.#handleHold}>${pauseIcon}<span class="word">${t.hold}</span>${
                held === undefined
                  ? nothing
                  : html`<span class="tabular" role="timer" aria-label=${t.onHold}>${this.locale.formats.duration(this.#timer.since(held))}</span>`
              }</button>`
            : nothing
        }
        ${here ? this.#renderPhoneControls() : nothing}
        ${this.#own ? this.#renderTransferButton() : nothing}
        <slot name="controls"></slot>
        ${here ? renderSignal(phoneCall.quality, this.locale.terms, this.locale.formats) : nothing}
        ${this.#renderHangUp()}
      </div>
    `;
  }

  #renderTransferButton(): TemplateResult {
    const t = this.locale.terms.desk.callBar;
    return html`<button type="button" class="transfer" aria-expanded=${this.transfers || this.#withThird} ?disabled=${this.#withThird} title=${t.transfer} @click=${this.#handleTransfer}>${forwardIcon}<span class="word">${t.transfer}</span></button>`;
  }

  #renderDialling(): TemplateResult {
    return html`<div class="controls" part="controls"><span class="chip">${phoneIcon}${this.locale.terms.desk.callBar.dialling}</span>${this.#renderHangUp()}</div>`;
  }

  #renderHangUp(): TemplateResult {
    const words = this.locale.terms.desk.callBar.hangUp;
    return html`<button type="button" class="hang-up danger primary" part="hang-up" ?disabled=${this.#commands.pending === 'hang-up'} title=${tip(words, this.shortcuts.hangUp)} @click=${this.#handleHangUp}>${hangUpIcon}<span class="word">${words}</span></button>`;
  }

  #renderPhoneControls(): TemplateResult {
    const t = this.locale.terms.desk.callBar;
    const { formats } = this.locale;
    const { devices } = this.#phone.value!;
    return html`
      <button type="button" popovertarget="keypad" title=${tip(t.keypad, this.shortcuts.keypad)}>${keypadIcon}<span class="word">${t.keypad}</span></button>
      <div popover id="keypad" role="dialog" aria-label=${t.keypad} @beforetoggle=${this.#popovers.handleToggle}>
        ${renderKeypad({ hint: t.keypadHint, sentLabel: t.sentDigits, sent: this.sent, write: formats.digits, onKey: this.#handleKey })}
      </div>
      <button type="button" popovertarget="devices" title=${t.devices}>${headsetIcon}<span class="word">${t.devices}</span></button>
      <div popover id="devices" role="dialog" aria-label=${t.devices} @beforetoggle=${this.#handleDevices}>
        ${renderDevices({ devices, headset: this.#headsetState.value, onHeadset: () => void this.#commands.run('headset', () => this.headset!.connect()), terms: t, number: formats.number, onChoice: (choice) => void this.#commands.run('devices', async () => (await this.activeDesk!.phone.start()).setDevices(choice)) })}
      </div>
    `;
  }

  #renderHangUpQuestion(): TemplateResult {
    const t = this.locale.terms.desk.callBar;
    return html`<div class="notice warning" part="notice" role="alertdialog" aria-label=${t.hangUp}>
      ${warningIcon}<span>${t.unsentRequests(this.#unsent)}</span>
      <button type="button" @click=${() => (this.asksHangUp = false)}>${t.stay}</button>
      <button type="button" class="danger" @click=${() => this.#hangUp()}>${t.hangUpAnyway}</button>
    </div>`;
  }

  #renderNotice({ kind, words, action, button }: Notice): TemplateResult {
    return html`<div class="notice ${kind}" part="notice">
      ${kind === 'info' ? infoIcon : warningIcon}<span>${words}</span>
      ${action && button ? html`<button type="button" ?disabled=${this.#commands.pending === action} @click=${() => this.#handleNotice(action)}>${button}</button>` : nothing}
    </div>`;
  }
}

const tip = (words: string, shortcut: Shortcut | undefined): string =>
  shortcut ? `${words} (${shortcutLabel(shortcut)})` : words;

declare global {
  interface HTMLElementTagNameMap {
    'cw-call-bar': CwCallBar;
  }
}
