import { supervision } from '@callweave/sdk';
import type { Call, CallParty, Escalation } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, headsetIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { supervisionTerms } from '../../translations/supervision-terms.ts';
import { escalationStyles } from './escalation.styles.ts';

/**
 * @summary An agent's way to a supervisor during a call: asks for one with a word of what it is about, tells when nobody
 * comes, and who is there. Also shows who listens, where the house lets agents know. Takes no space without a call.
 *
 * @csspart surface - The card.
 * @csspart call - The button that asks.
 */
export class CwEscalation extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, escalationStyles];

  protected override readonly locale = new LocaleController(this, supervisionTerms, problemTerms);
  readonly #call = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #own = new ReadableController(this, () => this.feature(supervision)?.ownEscalation);
  readonly #commands = new CommandController(this);

  @state() private asking = false;
  @state() private note = '';

  #shownFor: string | undefined;

  /** My request in this call, while it goes on. */
  get #escalation(): Escalation | undefined {
    const escalation = this.#own.value;
    const goesOn = escalation?.state === 'open' || escalation?.state === 'accepted';
    return goesOn && escalation?.callId === this.#call.value?.id ? escalation : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#call.value?.id === this.#shownFor) return;
    // What was typed belongs to the call it was typed in.
    this.#shownFor = this.#call.value?.id;
    this.asking = false;
    this.note = '';
  }

  async #ask(): Promise<void> {
    this.#commands.clear();
    this.asking = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#note')?.focus();
  }

  async #stopAsking(): Promise<void> {
    this.asking = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[part=call]')?.focus();
  }

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const call = this.#call.value;
    const desk = this.activeDesk;
    if (!call || !desk) return;
    const done = await this.#commands.run('escalate', () => desk.use(supervision).escalate(call.id, this.note.trim()));
    if (!done) return;
    this.asking = false;
    this.note = '';
  };

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk) return this.renderNoDesk();
    const call = this.#call.value;
    if (call?.state !== 'answered') return nothing;
    const { terms } = this.locale;
    const escalation = this.#escalation;
    const { error } = this.#commands;
    return html`<section class="surface stack" part="surface" aria-label=${terms.supervision.help.call}>
      <div role="status" class="stack">${this.#renderPresent(call, escalation)}</div>
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`}
      ${escalation === undefined ? (this.asking ? this.#renderForm() : this.#renderButton()) : nothing}
    </section>`;
  }

  #renderButton(): TemplateResult {
    return html`<button part="call" @click=${() => this.#ask()}>${headsetIcon} ${this.locale.terms.supervision.help.call}</button>`;
  }

  #renderForm(): TemplateResult {
    const { essential, supervision } = this.locale.terms;
    const t = supervision.help;
    return html`<form
      class="stack"
      @submit=${this.#handleSubmit}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') void this.#stopAsking();
      }}
    >
      <div class="field">
        <label for="note">${t.note}</label>
        <input id="note" maxlength="200" dir="auto" autocomplete="off" aria-describedby="note-hint" .value=${this.note} @input=${(
          event: Event,
        ) => {
          this.note = (event.target as HTMLInputElement).value;
        }} />
        <span id="note-hint" class="hint">${t.noteHint}</span>
      </div>
      <div class="row">
        <button type="button" @click=${() => this.#stopAsking()}>${essential.cancel}</button>
        <button class="primary" ?disabled=${this.#commands.pending !== undefined}>${t.send}</button>
      </div>
    </form>`;
  }

  /** What became of the request, and who is in the call besides. */
  #renderPresent(call: Call, escalation: Escalation | undefined): TemplateResult[] {
    const t = this.locale.terms.supervision;
    const lines: TemplateResult[] = [];
    const supervisors = call.parties.filter(({ role, state }) => role === 'supervisor' && state !== 'failed');
    if (escalation?.state === 'open')
      lines.push(html`<div class="message ${escalation.unanswered ? 'warning' : ''}">
        ${escalation.unanswered ? warningIcon : headsetIcon}<span class="said">${escalation.unanswered ? t.help.unanswered : t.help.waiting}</span>
        <button ?disabled=${this.#commands.pending !== undefined} @click=${() => this.#cancel(escalation)}>${t.help.cancel}</button>
      </div>`);
    const coming = escalation?.state === 'accepted' ? escalation.supervisor : null;
    if (coming && !supervisors.some(({ accountId, state }) => accountId === coming.id && state !== 'ringing'))
      lines.push(html`<p class="message success">${checkIcon}<span>${t.help.comes(coming.name)}</span></p>`);
    for (const party of supervisors)
      if (party.state !== 'ringing')
        lines.push(
          html`<p class="message ${party.state === 'listening' ? '' : 'success'}">${headsetIcon}<span>${this.#words(party)}</span></p>`,
        );
    return lines;
  }

  #words({ state, name }: CallParty): string {
    const t = this.locale.terms.supervision;
    if (state === 'listening') return t.help.listens(name);
    return state === 'whispering' ? t.does.whisper(name) : t.help.there(name);
  }

  #cancel({ id }: Escalation): void {
    void this.#commands.run('cancel', async () => this.feature(supervision)?.cancelEscalation(id));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-escalation': CwEscalation;
  }
}
