import { presence } from '@callweave/sdk';
import type { Account, NumberingPlan, SessionView } from '@callweave/sdk/protocol';
import { normalizeNumber } from '@callweave/sdk/protocol';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { readChoice, renderPresence } from './presence-choice.ts';

const availabilityStyles = css`
  .surface {
    max-inline-size: 30em;
  }

  .number {
    padding-inline-start: calc(var(--_space) * 6.5);
  }

  .presence,
  .now {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 3);
  }

  .presence {
    justify-content: space-between;
    margin-block-end: calc(var(--_space) * 4);
  }

  .end {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
  }

  .end > :first-child {
    margin-inline-end: auto;
  }
`;

type Device = Account['device'];

/**
 * @summary Whether I take calls, and why not for a while; where they reach me: in this browser or at my own telephone; and
 * whether I am on leave, so that calls pass over me to the second responder.
 *
 * @csspart surface - The card.
 * @csspart presence - What I am shown as, and the choice of it.
 * @csspart more-time - The button that extends a wrap-up.
 * @csspart save - The button that stores.
 */
export class CwAvailability extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, fieldStyles, availabilityStyles];

  protected override readonly locale = new LocaleController(this, deskTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #presence = new ReadableController(this, () => this.feature(presence)?.own);
  readonly #commands = new CommandController(this);
  readonly #timer = new TimerController(this, () => this.#presence.value?.status === 'ready');

  @state() private kind: Device['kind'] = 'browser';
  @state() private number = '';
  @state() private onLeave = false;
  @state() private invalid = false;
  @state() private saved = false;

  /** How a number without a country code is read. @default Iran */
  @property({ attribute: false }) plan: NumberingPlan | undefined;

  #shown: string | undefined;

  get #account(): SessionView['account'] | undefined {
    const state = this.#session.value;
    return state?.status === 'signed-in' ? state.session.account : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const account = this.#account;
    const shown = account && JSON.stringify([account.id, account.device, account.onLeave]);
    if (!account || shown === this.#shown) return;
    this.#shown = shown;
    this.kind = account.device.kind;
    if (account.device.kind === 'number') this.number = account.device.number;
    this.onLeave = account.onLeave;
  }

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const desk = this.activeDesk;
    if (!desk) return;
    const number = normalizeNumber(this.number, this.plan);
    this.saved = false;
    this.invalid = this.kind === 'number' && number === undefined;
    if (this.invalid) {
      this.renderRoot.querySelector<HTMLElement>('#number')?.focus();
      return;
    }
    const device: Device =
      this.kind === 'number' && number !== undefined ? { kind: 'number', number } : { kind: 'browser' };
    this.saved = await this.#commands.run('save', () => desk.session.setProfile({ device, onLeave: this.onLeave }));
  };

  readonly #handleInput = (event: Event) => {
    const input = event.target as HTMLInputElement;
    this.saved = false;
    this.invalid = false;
    if (input.name === 'kind') this.kind = input.value as Device['kind'];
    else if (input.name === 'number') this.number = input.value;
    else this.onLeave = input.checked;
  };

  readonly #handleChoose = (choice: string) => {
    const desk = this.activeDesk;
    this.saved = false;
    if (desk) void this.#commands.run('presence', () => desk.use(presence).setOwn(readChoice(choice)));
  };

  readonly #handleMoreTime = () => {
    const desk = this.activeDesk;
    if (desk) void this.#commands.run('presence', () => desk.use(presence).extendWrapUp());
  };

  #renderPresence(): TemplateResult | typeof nothing {
    const own = this.#presence.value;
    if (own?.status !== 'ready') return nothing;
    const { formats, terms, locale } = this.locale;
    const { since, wrapUp } = own.value.presence;
    return renderPresence(own.value, {
      t: terms.desk.availability.presence,
      locale,
      since: formats.duration(this.#timer.since(since)),
      left: wrapUp?.until == null ? undefined : formats.duration(this.#timer.until(wrapUp.until)),
      pending: this.#commands.pending === 'presence',
      onChoose: this.#handleChoose,
      onMoreTime: this.#handleMoreTime,
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk) return this.renderNoDesk();
    if (!this.#account) return nothing;
    const { terms } = this.locale;
    const t = terms.desk.availability;
    const { error, pending } = this.#commands;
    const words = error === undefined ? '' : describeProblem(error, terms);
    return html`<section class="surface" part="surface" aria-label=${t.title}>
      ${this.#renderPresence()}
      <form class="stack" novalidate @submit=${this.#handleSubmit} @input=${this.#handleInput}>
        <h2>${t.title}</h2>
        <fieldset class="stack">
          <legend class="visually-hidden">${t.reachedAt}</legend>
          <label class="choice"><input type="radio" name="kind" value="browser" .checked=${this.kind === 'browser'} /> ${t.browser}</label>
          <label class="choice"><input type="radio" name="kind" value="number" .checked=${this.kind === 'number'} /> ${t.telephone}</label>
          <div class="field number" ?hidden=${this.kind !== 'number'}>
            <label for="number">${t.number}</label>
            <input id="number" name="number" class="code" inputmode="tel" autocomplete="tel" maxlength="30" aria-invalid=${this.invalid} aria-describedby="number-error" .value=${this.number} />
            <span id="number-error" class="field-error">${this.invalid ? t.invalidNumber : nothing}</span>
          </div>
        </fieldset>
        <div class="field">
          <label class="choice"><input type="checkbox" name="leave" aria-describedby="leave-hint" .checked=${this.onLeave} /> ${t.onLeave}</label>
          <span id="leave-hint" class="hint">${t.onLeaveHint}</span>
        </div>
        <div class="end">
          <span role="status">${words ? html`<span class="message danger">${warningIcon}<span>${words}</span></span>` : this.saved ? html`<span class="message success">${checkIcon}<span>${t.saved}</span></span>` : nothing}</span>
          <button class="primary" part="save" ?disabled=${pending !== undefined}>${pending ? terms.desk.saving : t.save}</button>
        </div>
      </form>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-availability': CwAvailability;
  }
}
