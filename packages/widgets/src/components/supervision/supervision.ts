import { type Loadable, type SupervisionState, supervision } from '@callweave/sdk';
import type { Call, Escalation, Supervision } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { headsetIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { supervisionTerms } from '../../translations/supervision-terms.ts';
import { type SupervisionAction, waysIn } from './actions.ts';
import { heldChip, recordedChip, verifiedChip } from './call-chips.ts';
import { supervisionStyles } from './supervision.styles.ts';

const ACTIONS = ['listen', 'whisper', 'barge', 'takeOver'] as const;

/**
 * @summary The live calls of the desk for supervisors: who talks with whom, for how long, held, verified, recorded; listen
 * to one, whisper to its agent, barge in, take it over, each with a reason. Agents who ask for a supervisor stand on top.
 *
 * @csspart escalation - An agent who asks.
 * @csspart row - One call.
 * @csspart step - The entry of a reason.
 */
export class CwSupervision extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(960),
    supervisionStyles,
  ];

  protected override readonly locale = new LocaleController(this, supervisionTerms, problemTerms);
  readonly #calls = new ReadableController(this, () => this.activeDesk?.calls.open);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #present = new FollowController<Loadable<SupervisionState>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(supervision);
      return followed && { state: followed.present, close: followed.open() };
    },
  });
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#live.length > 0 || this.#escalations.length > 0);

  /** The call at which a reason is being given, and what for. */
  @state() private step:
    | { readonly callId: string; readonly action: SupervisionAction; readonly reason: string }
    | undefined;
  @state() private announced = '';

  #known: ReadonlySet<string> | undefined;

  get #state(): SupervisionState | undefined {
    const present = this.#present.value;
    return present?.status === 'ready' ? present.value : undefined;
  }

  /** Calls in which somebody talks, oldest first. */
  get #live(): readonly Call[] {
    const open = this.#calls.value;
    return open?.status === 'ready' ? open.value.filter((call) => call.state === 'answered') : [];
  }

  get #escalations(): readonly Escalation[] {
    return this.#state?.escalations ?? [];
  }

  get #me(): { readonly id: string; readonly roles: readonly string[] } | undefined {
    const state = this.#session.value;
    return state?.status === 'signed-in' ? state.session.account : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#state === undefined) return;
    const open = this.#escalations.filter(({ state }) => state === 'open');
    const added = this.#known && open.findLast(({ id }) => !this.#known?.has(id));
    if (added) this.announced = this.locale.terms.supervision.escalations.announce(added.agent.name);
    this.#known = new Set(open.map(({ id }) => id));
    if (this.step && !this.#live.some(({ id }) => id === this.step?.callId)) this.step = undefined;
  }

  /** Who is in the call already has given their reason; only a take-over asks once more. */
  async #choose(call: Call, action: SupervisionAction): Promise<void> {
    this.#commands.clear();
    if (this.#mineAt(call) && action !== 'takeOver') return this.#do(call, action, undefined);
    this.step = { callId: call.id, action, reason: '' };
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.step input, .step .primary')?.focus();
  }

  async #do(call: Call, action: SupervisionAction, reason: string | undefined): Promise<void> {
    const desk = this.activeDesk;
    if (!desk) return;
    const name = `${action} ${call.id}`;
    const done = await this.#commands.run(name, () => desk.use(supervision)[action](call.id, reason));
    if (done && this.step?.callId === call.id) await this.#closeStep(call.id);
  }

  async #closeStep(callId: string): Promise<void> {
    this.step = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-call="${callId}"] button`)?.focus();
  }

  #handleStep(event: Event, call: Call): void {
    event.preventDefault();
    const { step } = this;
    if (!step) return;
    const reason = step.reason.trim();
    const given = this.#mineAt(call) !== undefined;
    if (!given && !reason) return void this.renderRoot.querySelector<HTMLElement>('#reason')?.focus();
    void this.#do(call, step.action, given ? undefined : reason);
  }

  #mineAt({ id }: Call): Supervision | undefined {
    return this.#state?.supervisions.find(({ callId, supervisor }) => callId === id && supervisor.id === this.#me?.id);
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.supervision;
    const open = this.#calls.value;
    const present = this.#present.value;
    const failed = open?.status === 'failed' ? open.error : present?.status === 'failed' ? present.error : undefined;
    const calls = this.#live;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2><span class="muted small tabular">${open?.status === 'ready' ? t.going(calls.length) : nothing}</span></div>
        <p class="visually-hidden" role="status">${this.announced}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${this.#renderEscalations()}
        ${
          failed !== undefined
            ? this.#renderFailure(failed)
            : open?.status !== 'ready' || present?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : calls.length === 0
                ? html`<p class="empty">${t.empty}</p>`
                : this.#renderTable(calls)
        }
      </section>
    `;
  }

  #renderEscalations(): TemplateResult | typeof nothing {
    const t = this.locale.terms.supervision.escalations;
    if (this.#escalations.length === 0) return nothing;
    return html`<div class="stack" role="group" aria-label=${t.title}>${repeat(
      this.#escalations,
      ({ id }) => id,
      (escalation) => this.#renderEscalation(escalation),
    )}</div>`;
  }

  #renderEscalation(escalation: Escalation): TemplateResult {
    const t = this.locale.terms.supervision.escalations;
    const { agent, note, state, supervisor, createdAt, unanswered } = escalation;
    const may = this.#me?.roles.includes('supervisor') === true && agent.id !== this.#me.id;
    const accept = (mode: 'whisper' | 'barge') =>
      void this.#commands.run(`accept ${escalation.id}`, async () =>
        this.feature(supervision)?.accept(escalation, mode),
      );
    const busy = this.#commands.pending !== undefined;
    return html`<div part="escalation" class="message asks ${state === 'open' ? 'danger' : ''}" data-escalation=${escalation.id}>
      ${state === 'open' ? warningIcon : headsetIcon}
      <div class="said">
        <strong>${t.asks(agent.name)}</strong>
        ${note ? html`<bdi>${note}</bdi>` : nothing}
        <span class="small"><span class="tabular">${this.locale.formats.duration(this.#timer.since(createdAt))}</span>${
          supervisor ? html` · ${t.taken(supervisor.name)}` : unanswered ? html` · ${t.unanswered}` : nothing
        }</span>
      </div>
      ${
        state === 'open' && may
          ? html`<div class="row">
              <button data-action="whisper" aria-label="${t.whisper} — ${agent.name}" ?disabled=${busy} @click=${() => accept('whisper')}>${t.whisper}</button>
              <button data-action="join" class="primary" aria-label="${t.join} — ${agent.name}" ?disabled=${busy} @click=${() => accept('barge')}>${t.join}</button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #renderTable(calls: readonly Call[]): TemplateResult {
    const { columns } = this.locale.terms.supervision;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">${columns.agent}</th><th role="columnheader" scope="col">${columns.customer}</th><th role="columnheader" scope="col">${columns.duration}</th><th role="columnheader" scope="col">${columns.state}</th>
          <th role="columnheader" scope="col">${columns.verified}</th><th role="columnheader" scope="col">${columns.recorded}</th><th role="columnheader" scope="col">${columns.supervisors}</th><th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th>
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          calls,
          ({ id }) => id,
          (call) => this.#renderRow(call),
        )}</tbody>
      </table></div>
    `;
  }

  #renderRow(call: Call): TemplateResult {
    const { essential, supervision: t } = this.locale.terms;
    const { formats } = this.locale;
    const mine = this.#mineAt(call);
    const others = (this.#state?.supervisions ?? []).filter(({ callId, id }) => callId === call.id && id !== mine?.id);
    return html`
      <tr role="row" part="row" data-call=${call.id} class=${mine ? 'mine' : ''}>
        <td role="cell"><bdi>${call.agent?.name ?? ''}</bdi></td>
        <td role="cell">${
          call.customer
            ? html`<bdi>${call.customer.name}</bdi>`
            : call.callerNumber
              ? html`<bdi dir="ltr" class="tabular">${formats.phone(call.callerNumber)}</bdi>`
              : html`<span class="muted">${essential.withheldNumber}</span>`
        }</td>
        <td role="cell" class="tabular" data-label=${t.columns.duration}>${formats.duration(this.#timer.since(call.answeredAt))}</td>
        <td role="cell">${heldChip(call, t, (instant) => formats.duration(this.#timer.since(instant)))}</td>
        <td role="cell">${verifiedChip(call, t)}</td>
        <td role="cell">${recordedChip(call, t)}</td>
        <td role="cell">${others.map((each) => html`<span class="chip">${each.state === 'ringing' ? t.ringsAt(each.supervisor.name) : t.does[each.mode](each.supervisor.name)}</span> `)}</td>
        <td role="cell">${this.#renderActions(call, mine)}</td>
      </tr>
      ${mine ? this.#renderPart(mine) : nothing}
      ${this.step?.callId === call.id ? this.#renderStep(call) : nothing}
    `;
  }

  #renderActions(call: Call, mine: Supervision | undefined): TemplateResult {
    const t = this.locale.terms.supervision;
    const me = this.#me;
    if (me === undefined || call.agent?.id === me.id) return html`<span class="muted small">${t.yourCall}</span>`;
    const busy = this.#commands.pending !== undefined;
    const possible = waysIn(me.roles, this.#state?.rules);
    const about = call.agent?.name ?? '';
    return html`<span class="row">
      ${ACTIONS.filter((action) => possible.includes(action)).map((action) => {
        const words = action === 'takeOver' ? t.takeOver : t.mode[action];
        const pressed = action === 'takeOver' ? nothing : String(mine?.mode === action && mine.state === 'on');
        return html`<button data-action=${action} aria-label="${words} — ${about}" aria-pressed=${pressed} ?disabled=${busy} @click=${() => void this.#choose(call, action)}>${words}</button>`;
      })}
      ${mine ? html`<button class="danger" data-action="leave" aria-label="${t.leave} — ${about}" ?disabled=${busy} @click=${() => void this.#commands.run(`leave ${call.id}`, async () => this.feature(supervision)?.leave(call.id))}>${t.leave}</button>` : nothing}
    </span>`;
  }

  /** What my part in the call is, in words: nobody should wonder whether they are heard. */
  #renderPart({ state, mode, visible }: Supervision): TemplateResult {
    const t = this.locale.terms.supervision;
    return html`<tr role="row" class="part"><td role="cell" colspan="8" aria-live="polite">${headsetIcon} ${state === 'ringing' ? t.ringingYou : t.iDo[mode]} ${visible ? nothing : t.unseen}</td></tr>`;
  }

  #renderStep(call: Call): TemplateResult {
    const { essential, supervision: t } = this.locale.terms;
    const { step } = this;
    if (!step) return html``;
    const given = this.#mineAt(call) !== undefined;
    return html`
      <tr role="row" class="step" part="step"><td role="cell" colspan="8">
        <form @submit=${(event: Event) => this.#handleStep(event, call)} @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') void this.#closeStep(call.id);
        }}>
          ${step.action === 'takeOver' ? html`<p class="message warning warned">${warningIcon}<span>${t.takeOverWarning(call.agent?.name ?? '')}</span></p>` : nothing}
          ${
            given
              ? nothing
              : html`<div class="field"><label for="reason">${t.reason}</label>
                <input id="reason" maxlength="200" required dir="auto" autocomplete="off" aria-describedby="reason-hint" .value=${live(step.reason)} @input=${(
                  event: Event,
                ) => {
                  this.step = { ...step, reason: (event.target as HTMLInputElement).value };
                }}>
                <span id="reason-hint" class="hint">${t.reasonHint}</span></div>`
          }
          <div class="row decide">
            <button type="button" @click=${() => this.#closeStep(call.id)}>${essential.cancel}</button>
            <button class="primary ${step.action === 'takeOver' ? 'danger' : ''}" data-action="confirm" ?disabled=${this.#commands.pending !== undefined}>${t.begin[step.action]}</button>
          </div>
        </form>
      </td></tr>
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-supervision': CwSupervision;
  }
}
