import type { Call } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { offerFocus } from '../../elements/offer-focus.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { DISPOSITIONS } from './dispositions.ts';
import { CwWrapUpEvent } from './wrap-up.events.ts';
import { wrapUpStyles } from './wrap-up.styles.ts';

/** A result of a call that an integrator offers. */
export interface DispositionChoice {
  /** What is recorded, at most 60 characters. */
  readonly value: string;
  readonly label: string;
}

/**
 * @summary What a call came to: its result and a note, while the next call waits. Stands inside the call bar, or
 * alone. Takes no space outside a wrap-up.
 *
 * @event {CwWrapUpEvent} cw-wrap-up - The wrap-up is finished.
 *
 * @csspart form - The form.
 * @csspart finish - The button that ends the wrap-up.
 */
export class CwWrapUp extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, wrapUpStyles];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #current = new ReadableController(this, () => this.activeDesk?.calls.current);
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#call?.wrapUp?.until != null);

  @query('select') private select!: HTMLSelectElement;
  @query('textarea') private note!: HTMLTextAreaElement;
  @state() private missing = false;

  /** Results to choose from. @default the shipped ones, in the language of the widget */
  @property({ attribute: false }) dispositions: readonly DispositionChoice[] | undefined;

  #shown: string | undefined;

  get #call(): Call | undefined {
    const call = this.#current.value;
    return call?.state === 'wrap-up' ? call : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const id = this.#call?.id;
    if (id === this.#shown) return;
    this.#shown = id;
    this.missing = false;
    if (id) void offerFocus(() => this.select);
  }

  async #handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const call = this.#call;
    const desk = this.activeDesk;
    if (!call || !desk) return;
    const disposition = this.select.value;
    this.missing = disposition === '';
    if (this.missing) {
      this.select.focus();
      return;
    }
    const done = await this.#commands.run('finish', () =>
      desk.calls.wrapUp(call.id, { disposition, note: this.note.value.trim() }),
    );
    if (done) this.dispatchEvent(new CwWrapUpEvent(call.id, disposition));
  }

  protected override render(): TemplateResult | typeof nothing {
    const call = this.#call;
    if (!call) return nothing;
    const { terms, formats } = this.locale;
    const t = terms.desk.wrapUp;
    const choices = this.dispositions ?? DISPOSITIONS.map((value) => ({ value, label: t.dispositions[value] }));
    const until = call.wrapUp?.until;
    const { error, pending } = this.#commands;
    return html`
      <form part="form" aria-label=${t.title} novalidate @submit=${this.#handleSubmit}>
        <div class="field">
          <label for="disposition">${t.disposition}</label>
          <select id="disposition" required aria-invalid=${this.missing} aria-describedby="missing" @change=${() => (this.missing = false)}>
            <option value="">${t.choose}</option>
            ${choices.map(({ value, label }) => html`<option value=${value} ?selected=${value === call.wrapUp?.disposition}>${label}</option>`)}
          </select>
          <span id="missing" class="field-error" role="status">${this.missing ? t.chooseFirst : nothing}</span>
        </div>
        <div class="field">
          <label for="note">${t.note} <span class="optional">(${terms.desk.customerForm.optional})</span></label>
          <textarea id="note" rows="1" maxlength="2000" dir="auto" placeholder=" " .defaultValue=${call.wrapUp?.note ?? ''}></textarea>
        </div>
        <div class="end">
          ${until ? html`<span class="tabular muted" role="timer" aria-label=${t.timeLeft} title=${t.timeLeft}>${formats.duration(this.#timer.until(until))}</span>` : nothing}
          <button class="primary" part="finish" ?disabled=${pending !== undefined}>${pending ? terms.desk.saving : t.finish}</button>
        </div>
        ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`}
      </form>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-wrap-up': CwWrapUp;
  }
}
