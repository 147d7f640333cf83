import { type Loadable, missedCalls } from '@callweave/sdk';
import type { MissedCall } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { offerFocus } from '../../elements/offer-focus.ts';
import { messageChip } from '../../formats/message-words.ts';
import { waitedWords } from '../../formats/waited-words.ts';
import { phoneIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { missedCallTerms } from '../../translations/missed-call-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwCallBackEvent } from './missed-calls.events.ts';
import { missedCallsStyles } from './missed-calls.styles.ts';

/**
 * @summary Callers whom nobody could answer, the longest waiting first: one line for each, however often they rang, with
 * one press to call back from the number that they rang. Who is calling back shows; so two do not.
 *
 * @event {CwCallBackEvent} cw-call-back - Somebody is being called back from this page.
 *
 * @csspart row - One caller.
 * @csspart finish - The entry of a reason why nobody needs to call back.
 */
export class CwMissedCalls extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(960),
    missedCallsStyles,
  ];

  protected override readonly locale = new LocaleController(this, missedCallTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly MissedCall[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(missedCalls);
      return followed && { state: followed.waiting, close: followed.open() };
    },
  });
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#waiting.length > 0);

  @state() private finishing: { readonly id: string; readonly note: string } | undefined;
  @state() private announced = '';

  /** Show, but do not act: for a supervisor's screen. */
  @property({ type: Boolean, attribute: 'read-only' }) readOnly = false;

  #known: ReadonlySet<string> | undefined;

  get #waiting(): readonly MissedCall[] {
    const list = this.#list.value;
    return list?.status === 'ready' ? list.value : [];
  }

  get #me(): string | undefined {
    const state = this.#session.value;
    return state?.status === 'signed-in' ? state.session.account.id : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#list.value?.status !== 'ready') return;
    const waiting = this.#waiting;
    const added = this.#known && waiting.findLast(({ id }) => !this.#known?.has(id));
    if (added) this.announced = this.locale.terms.missedCalls.announceNew(this.#nameOf(added));
    this.#known = new Set(waiting.map(({ id }) => id));
    if (this.finishing && !this.#known.has(this.finishing.id)) this.finishing = undefined;
  }

  async #run(name: string, missedCall: MissedCall, task: () => Promise<unknown> | undefined): Promise<void> {
    const done = await this.#commands.run(`${name} ${missedCall.id}`, async () => task());
    if (!done) return;
    if (this.finishing?.id === missedCall.id) this.finishing = undefined;
    const { renderRoot } = this;
    void offerFocus(
      () =>
        renderRoot.querySelector<HTMLElement>(`[data-case="${missedCall.id}"] button`) ??
        renderRoot.querySelector<HTMLElement>('[data-case] button.primary'),
    );
  }

  #handleCallBack(missedCall: MissedCall): void {
    void this.#run('call-back', missedCall, async () => {
      const call = await this.feature(missedCalls)?.callBack(missedCall);
      if (call) this.dispatchEvent(new CwCallBackEvent(missedCall, call));
    });
  }

  async #handleFinish({ id }: MissedCall): Promise<void> {
    this.#commands.clear();
    this.finishing = { id, note: '' };
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#note')?.focus();
  }

  #handleConfirm(event: Event, missedCall: MissedCall): void {
    event.preventDefault();
    const note = this.finishing?.note.trim();
    if (!note) return void this.renderRoot.querySelector<HTMLInputElement>('#note')?.focus();
    void this.#run('close', missedCall, () => this.feature(missedCalls)?.close(missedCall.id, note));
  }

  #nameOf({ customer, number }: MissedCall): string {
    return customer?.name ?? this.locale.formats.phone(number);
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.missedCalls;
    const list = this.#list.value;
    const waiting = this.#waiting;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2><span class="muted small tabular">${waiting.length > 0 ? t.waiting(waiting.length) : nothing}</span></div>
        <p class="visually-hidden" role="status">${this.announced}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          list?.status === 'failed'
            ? this.#renderFailure(list.error)
            : list?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : waiting.length === 0
                ? html`<p class="empty">${t.empty}</p>`
                : this.#renderTable(waiting)
        }
      </section>
    `;
  }

  #renderTable(waiting: readonly MissedCall[]): TemplateResult {
    const { columns } = this.locale.terms.missedCalls;
    const { locale } = this.locale;
    const column = (name: string) => html`<th role="columnheader" scope="col">${name}</th>`;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          ${column(columns.waiting)}${column(columns.caller)}${column(columns.rang)}${column(columns.called)}${column(columns.message)}
          ${this.readOnly ? nothing : html`<th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th>`}
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          waiting,
          ({ id }) => id,
          (missedCall) => {
            const waited = waitedWords(this.#timer.since(missedCall.firstAt), locale);
            const claimed = this.#timer.until(missedCall.claim?.until) > 0;
            const finishing = this.finishing?.id === missedCall.id ? this.finishing : undefined;
            // The clock ticks every second, and there may be hundreds: a row is drawn anew only when something in it changes.
            const seen = [
              missedCall,
              waited,
              claimed,
              finishing,
              locale,
              this.#commands.pending,
              this.#me,
              this.readOnly,
            ];
            return guard(seen, () => this.#renderRow(missedCall, waited, claimed, finishing?.note));
          },
        )}</tbody>
      </table></div>
    `;
  }

  #renderRow(missedCall: MissedCall, waited: string, claimed: boolean, note: string | undefined): TemplateResult {
    const { essential, missedCalls: t } = this.locale.terms;
    const { formats } = this.locale;
    const { customer, number, calledNumber, count, attempts, message } = missedCall;
    const mine = claimed && missedCall.claim?.by.id === this.#me;
    return html`
      <tr role="row" part="row" data-case=${missedCall.id} class=${mine ? 'mine' : ''}>
        <td role="cell" class="tabular" data-label=${t.columns.waiting}>${waited}</td>
        <td role="cell"><span class="who"><bdi>${customer?.name ?? essential.unknownCaller}</bdi></span><bdi dir="ltr" class="tabular small muted">${formats.phone(number)}</bdi></td>
        <td role="cell" data-label=${t.columns.rang}>${t.times(count)} · <span class="tabular">${formats.dateTime(missedCall.lastAt)}</span><span class="small muted more">${t.lastOutcome[missedCall.lastOutcome]}${attempts > 0 ? html` · ${t.attempts(attempts)}` : nothing}</span></td>
        <td role="cell" data-label=${t.columns.called}><bdi dir="ltr" class="tabular">${formats.phone(calledNumber)}</bdi></td>
        <td role="cell" data-label=${t.columns.message}>${message === null ? html`<span class="muted">${t.noMessage}</span>` : messageChip(message, t)}</td>
        ${this.readOnly ? nothing : html`<td role="cell">${this.#renderActions(missedCall, claimed, mine)}</td>`}
      </tr>
      ${note === undefined ? nothing : this.#renderFinish(missedCall, note)}
    `;
  }

  #renderActions(missedCall: MissedCall, claimed: boolean, mine: boolean): TemplateResult {
    const t = this.locale.terms.missedCalls;
    const { pending } = this.#commands;
    const name = this.#nameOf(missedCall);
    if (claimed && !mine)
      return html`<span class="row muted small">${t.claimedBy(isolated(missedCall.claim?.by.name ?? ''))}</span>`;
    const act = (action: string, label: string, task: () => void, look = '', icon: unknown = nothing) =>
      html`<button class=${look} data-action=${action} ?disabled=${pending !== undefined} aria-label="${label} — ${name}" @click=${task}>${icon}${label}</button>`;
    const ringing = pending === `call-back ${missedCall.id}`;
    return html`<span class="row">
      ${mine ? html`<span class="small muted">${t.claimedByMe}</span>` : nothing}
      ${act('call-back', ringing ? t.callingBack : t.callBack, () => this.#handleCallBack(missedCall), 'primary', phoneIcon)}
      ${mine ? act('release', t.release, () => void this.#run('release', missedCall, () => this.feature(missedCalls)?.release(missedCall.id)), 'plain') : nothing}
      ${act('finish', t.finish, () => void this.#handleFinish(missedCall), 'plain')}
    </span>`;
  }

  #renderFinish(missedCall: MissedCall, note: string): TemplateResult {
    const { essential, missedCalls: t } = this.locale.terms;
    const leave = () => {
      this.finishing = undefined;
    };
    return html`
      <tr role="row" class="finish" part="finish"><td role="cell" colspan="6">
        <form @submit=${(event: Event) => this.#handleConfirm(event, missedCall)} @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') leave();
        }}>
          <div class="field"><label for="note">${t.finishReason}</label>
            <input id="note" maxlength="200" required dir="auto" autocomplete="off" aria-describedby="note-about" .value=${live(note)} @input=${(
              event: Event,
            ) => {
              this.finishing = { id: missedCall.id, note: (event.target as HTMLInputElement).value };
            }}>
            <span id="note-about" class="hint">${t.finishHint}</span></div>
          <div class="row decide">
            <button type="button" @click=${leave}>${essential.cancel}</button>
            <button class="primary" data-action="confirm" ?disabled=${this.#commands.pending !== undefined}>${t.confirmFinish}</button>
          </div>
        </form>
      </td></tr>
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

/** A name inside a sentence of another direction, where no element can stand. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

declare global {
  interface HTMLElementTagNameMap {
    'cw-missed-calls': CwMissedCalls;
  }
}
