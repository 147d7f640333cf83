import type { AgentPauseReason, Call, CallParty, CallTarget, CallTargets, TransferMode } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { SearchController } from '../../controllers/search-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { callControlTerms } from '../../translations/call-control-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { transferPanelStyles } from './transfer-panel.styles.ts';

const MODES = ['attended', 'blind', 'conference'] as const;
const REASONS: readonly AgentPauseReason[] = ['payment-card', 'secret', 'private', 'other'];
/** What can only be meant as a telephone number, in whichever digits. */
const NUMBER = /^\+?[\d\u06f0-\u06f9\u0660-\u0669()\s./-]{3,}$/;

/**
 * @summary What an agent does with a call besides talking: hands it to a colleague, the group or a number, at once or after
 * asking them; brings somebody in; pauses the recording with a reason. Takes no space without a call of one's own.
 *
 * @csspart surface - The card.
 * @csspart party - Somebody who was brought in.
 * @csspart recording - Pausing the recording.
 */
export class CwTransferPanel extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, transferPanelStyles];

  protected override readonly locale = new LocaleController(this, callControlTerms, problemTerms);
  readonly #current = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);
  readonly #found = new SearchController<CallTargets>(this, async (text) => [await this.#look(text)]);

  @state() private mode: TransferMode | 'conference' = 'attended';
  @state() private typed = '';
  /** Before anything is typed. */
  @state() private targets: CallTargets | undefined;

  #shown: string | undefined;

  /** My own call that goes on; into which I was only brought is its agent's to hand on. */
  get #call(): Call | undefined {
    const call = this.#current.value;
    const session = this.#session.value;
    const me = session?.status === 'signed-in' ? session.session.account.id : undefined;
    return call?.state === 'answered' && call.agent?.id === me ? call : undefined;
  }

  get #thirds(): readonly CallParty[] {
    return this.#call?.parties.filter(({ role }) => role === 'third') ?? [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const call = this.#call;
    // Who is free changes with every call: asked anew whenever somebody can be picked.
    const choosing = call && !this.#thirds.some(({ state: its }) => its !== 'failed') ? call.id : undefined;
    if (choosing === this.#shown) return;
    this.#shown = choosing;
    this.typed = '';
    this.#found.clear();
    this.targets = undefined;
    if (choosing === undefined) return;
    void this.#look('').then(
      (targets) => {
        if (this.#shown === choosing) this.targets = targets;
      },
      // Looked up again when something is typed; the error of that is shown.
      () => {},
    );
  }

  async #look(text: string): Promise<CallTargets> {
    return this.activeDesk!.calls.targets(NUMBER.test(text) ? '' : text);
  }

  #run(name: string, task: (callId: string) => Promise<unknown>): void {
    const call = this.#call;
    if (call) void this.#commands.run(name, () => task(call.id));
  }

  #pick(target: CallTarget): void {
    const { mode } = this;
    this.#run('pick', async (id) => {
      const desk = this.activeDesk!;
      // Who is asked must hear the agent: a phone that holds the customer holds everybody.
      if (mode === 'attended' && desk.phone.callOf(id)?.hold === 'local') await desk.phone.hold(id, false);
      await (mode === 'conference' ? desk.calls.conference(id, target) : desk.calls.transfer(id, mode, target));
      this.typed = '';
    });
  }

  readonly #handleSearch = (event: Event) => {
    this.typed = (event.target as HTMLInputElement).value;
    this.#found.search(this.typed);
  };

  readonly #handlePause = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = new FormData(event.target as HTMLFormElement).get('reason') as AgentPauseReason;
    this.#run('pause', (id) => this.activeDesk!.calls.pauseRecording(id, reason));
  };

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk) return this.renderNoDesk();
    const call = this.#call;
    if (!call) return nothing;
    const { terms } = this.locale;
    const thirds = this.#thirds;
    const present = thirds.filter(({ state: its }) => its !== 'failed');
    const error = this.#commands.error ?? this.#found.error;
    return html`<section class="surface stack" part="surface" aria-label=${terms.callControl.title}>
      <div role="status" class="stack">
        ${thirds.map((party) => this.#renderParty(party))}
      </div>
      ${present.length > 0 ? this.#renderDecision(present) : this.#renderChoice()}
      ${this.#renderRecording(call)}
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`}
    </section>`;
  }

  #nameOf({ name, number }: CallParty): string {
    return name === '' && number !== null ? this.locale.formats.phone(number) : name;
  }

  #renderParty(party: CallParty): TemplateResult {
    const t = this.locale.terms.callControl;
    const who = this.#nameOf(party);
    if (party.state === 'failed')
      return html`<p class="message warning">${warningIcon}<span>${t.failed(who, t.refusal[party.reason ?? 'failed'])}</span></p>`;
    return html`<div class="spread" part="party">
      <span><bdi class="tabular">${who}</bdi> <span class="muted">${t.partyState[party.state]}</span></span>
      ${party.state === 'consulting' ? nothing : this.#renderButton('remove', t.remove, (id) => this.activeDesk!.calls.removeParty(id, party.id))}
    </div>`;
  }

  #renderButton(
    name: string,
    words: string,
    task: (callId: string) => Promise<unknown>,
    primary = false,
  ): TemplateResult {
    return html`<button type="button" class=${primary ? 'primary' : ''} ?disabled=${this.#commands.pending !== undefined} @click=${() => this.#run(name, task)}>${words}</button>`;
  }

  /** Somebody is there, or rings. */
  #renderDecision(present: readonly CallParty[]): TemplateResult | typeof nothing {
    const t = this.locale.terms.callControl;
    const { calls } = this.activeDesk!;
    const consulting = present.some(({ state: its }) => its === 'consulting');
    const talking = present.some(({ state: its }) => its === 'talking');
    if (!consulting && !talking) return nothing;
    return html`<div class="row">
      ${this.#renderButton('complete', t.handOver, (id) => calls.completeTransfer(id), true)}
      ${consulting ? this.#renderButton('let-in', t.letIn, (id) => calls.conference(id)) : nothing}
      ${consulting ? this.#renderButton('cancel', t.backToCustomer, (id) => calls.cancelTransfer(id)) : nothing}
    </div>`;
  }

  #renderChoice(): TemplateResult {
    const t = this.locale.terms.callControl;
    const { formats } = this.locale;
    const targets = this.typed.trim() === '' ? this.targets : (this.#found.results?.[0] ?? this.targets);
    const number = NUMBER.test(this.typed.trim()) ? this.typed.trim() : undefined;
    const wanted = number === undefined ? this.typed.trim().toLocaleLowerCase() : '';
    const agents = number === undefined ? (targets?.agents ?? []) : [];
    const shown = agents.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
    return html`
      <fieldset>
        <legend class="visually-hidden">${t.how}</legend>
        ${MODES.map(
          (mode) =>
            html`<label><input type="radio" name="mode" .checked=${mode === this.mode} @change=${() => (this.mode = mode)} /> ${t.mode[mode]}</label>`,
        )}
      </fieldset>
      <p class="hint">${t.modeHint[this.mode]}</p>
      <div class="field">
        <label for="search">${t.search}</label>
        <input id="search" type="search" dir="auto" autocomplete="off" aria-describedby="search-hint" .value=${this.typed} @input=${this.#handleSearch} />
        <span id="search-hint" class="hint">${t.searchHint}</span>
      </div>
      <ul>
        ${number !== undefined && (targets?.callerIds.length ?? 0) > 0 ? this.#renderTarget(formats.digits(number), { kind: 'number', number }) : nothing}
        ${shown.map(({ accountId, name, refusal }) => this.#renderTarget(name, { kind: 'agent', accountId }, refusal === null ? undefined : t.refusal[refusal]))}
        ${this.typed.trim() === '' && targets ? this.#renderGroup(targets) : nothing}
      </ul>
      ${number === undefined && targets && shown.length === 0 && this.typed.trim() !== '' ? html`<p class="muted">${t.nobodyFound}</p>` : nothing}
    `;
  }

  /** Where nobody of it is free the customer may wait for it, but nobody can be consulted there. */
  #renderGroup({ groupFree, groupWaiting }: CallTargets): TemplateResult | typeof nothing {
    const t = this.locale.terms.callControl;
    if (groupFree > 0) return this.#renderTarget(t.group(groupFree), { kind: 'group' });
    if (groupWaiting === undefined || this.mode !== 'blind') return nothing;
    return this.#renderTarget(t.groupQueue(groupWaiting), { kind: 'group' });
  }

  #renderTarget(who: string, target: CallTarget, refusal?: string): TemplateResult {
    const disabled = refusal !== undefined || this.#commands.pending !== undefined;
    return html`<li><button type="button" ?disabled=${disabled} @click=${() => this.#pick(target)}>
      <bdi class=${target.kind === 'number' ? 'tabular' : ''}>${who}</bdi>${refusal === undefined ? nothing : html` <span class="chip">${refusal}</span>`}
    </button></li>`;
  }

  #renderRecording({ recording }: Call): TemplateResult | typeof nothing {
    const t = this.locale.terms.callControl;
    if (recording.state === 'paused' && recording.pauseReason !== null && recording.pauseReason !== 'pin')
      return html`<div class="message warning" part="recording">${warningIcon}<span>${t.paused(t.pauseReason[recording.pauseReason])}</span>
        ${this.#renderButton('resume', t.resume, (id) => this.activeDesk!.calls.resumeRecording(id), true)}</div>`;
    if (recording.state !== 'recording') return nothing;
    return html`<form class="row" part="recording" @submit=${this.#handlePause}>
      <select name="reason" aria-label=${t.pauseRecording}>${REASONS.map((reason) => html`<option value=${reason}>${t.pauseReason[reason]}</option>`)}</select>
      <button ?disabled=${this.#commands.pending !== undefined}>${t.pauseRecording}</button>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-transfer-panel': CwTransferPanel;
  }
}
