import { type RecordingLink, recordings } from '@callweave/sdk';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { reportTerms } from '../../translations/report-terms.ts';

/** For how many minutes a link may be good. */
export const LINK_MINUTES = [60, 1_440, 10_080] as const;

const SHORTEST_REASON = 3;

/**
 * @summary Gives a recording out: a link that works without signing in, until it expires. Supervisors and managers say why;
 * to others it takes no space.
 *
 * @csspart form - The entry of the reason and the time.
 * @csspart link - The link that was made.
 */
export class CwRecordingLink extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles];

  protected override readonly locale = new LocaleController(this, reportTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);

  @state() private isOpen = false;
  @state() private reason = '';
  @state() private minutes: number = LINK_MINUTES[0];
  @state() private link: RecordingLink | undefined;
  @state() private isCopied = false;

  /** Which recording. */
  @property({ attribute: 'recording-id' }) recordingId = '';

  get #may(): boolean {
    const session = this.#session.value;
    if (session?.status !== 'signed-in') return false;
    return session.session.account.roles.some((role) => role === 'supervisor' || role === 'manager');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('recordingId') && changed.get('recordingId') !== undefined) this.#close();
  }

  #close(): void {
    this.isOpen = this.isCopied = false;
    this.reason = '';
    this.link = undefined;
    this.#commands.clear();
  }

  async #handleOpen(): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#reason')?.focus();
  }

  async #handleMake(event: Event): Promise<void> {
    event.preventDefault();
    const reason = this.reason.trim();
    if (reason.length < SHORTEST_REASON)
      return void this.renderRoot.querySelector<HTMLInputElement>('#reason')?.focus();
    await this.#commands.run('link', async () => {
      this.link = await this.feature(recordings)?.link(this.recordingId, reason, this.minutes);
    });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#link')?.select();
  }

  async #handleCopy(): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLInputElement>('#link');
    field?.select();
    // Not every page may write to the clipboard; the link is selected, so that a person can.
    this.isCopied = await navigator.clipboard.writeText(field?.value ?? '').then(
      () => true,
      () => false,
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk || !this.#may) return nothing;
    const t = this.locale.terms.reports.link;
    const { error, pending } = this.#commands;
    if (!this.isOpen)
      return html`<button class="plain" data-action="open" @click=${this.#handleOpen}>${t.open}</button>`;
    return html`<div class="stack">
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
      ${this.link ? this.#renderLink(this.link) : this.#renderForm(pending !== undefined)}
    </div>`;
  }

  #renderForm(isPending: boolean): TemplateResult {
    const t = this.locale.terms.reports.link;
    return html`<form class="stack" part="form" @submit=${this.#handleMake}>
      <div class="field"><label for="reason">${t.reason}</label>
        <input id="reason" dir="auto" required minlength=${SHORTEST_REASON} maxlength="300" autocomplete="off" aria-describedby="about" .value=${live(this.reason)} @input=${(
          event: Event,
        ) => {
          this.reason = (event.target as HTMLInputElement).value;
        }}>
        <span id="about" class="hint">${t.logged}</span></div>
      <div class="field"><label for="minutes">${t.goodFor}</label><select id="minutes" @change=${(event: Event) => {
        this.minutes = Number((event.target as HTMLSelectElement).value);
      }}>${LINK_MINUTES.map((minutes) => html`<option value=${minutes} ?selected=${minutes === this.minutes}>${t.minutes[minutes]}</option>`)}</select></div>
      <div class="row"><button class="primary" data-action="make" ?disabled=${isPending}>${t.make}</button>
        <button type="button" data-action="close" @click=${this.#close}>${this.locale.terms.essential.cancel}</button></div>
    </form>`;
  }

  #renderLink({ url, expiresAt }: RecordingLink): TemplateResult {
    const t = this.locale.terms.reports.link;
    return html`<div class="stack" part="link">
      <div class="field"><label for="link">${t.link}</label><input id="link" dir="ltr" readonly .value=${new URL(url, location.href).href} aria-describedby="until">
        <span id="until" class="hint">${t.until(this.locale.formats.dateTime(expiresAt))}</span></div>
      <div class="row"><button class="primary" data-action="copy" @click=${this.#handleCopy}>${t.copy}</button>
        <button data-action="close" @click=${this.#close}>${t.done}</button>
        <span role="status" class="small muted">${this.isCopied ? t.copied : ''}</span></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-recording-link': CwRecordingLink;
  }
}
