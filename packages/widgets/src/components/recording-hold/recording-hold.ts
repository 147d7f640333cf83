import { recordings } from '@callweave/sdk';
import type { LegalHold, Retention } from '@callweave/sdk/protocol';
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

const SHORTEST_REASON = 3;

/**
 * @summary Until when a recording is kept, and the legal holds on it. Managers place and release holds, and say why; to
 * others it takes no space.
 *
 * @csspart holds - The holds that are not released.
 * @csspart form - The entry of a reason.
 */
export class CwRecordingHold extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles];

  protected override readonly locale = new LocaleController(this, reportTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #commands = new CommandController(this);

  @state() private retention: Retention | undefined;
  /** A new hold, or the id of the one that is to be released. */
  @state() private asking: 'new' | string | undefined;
  @state() private reason = '';

  /** Which recording. */
  @property({ attribute: 'recording-id' }) recordingId = '';

  #loaded = '';

  get #may(): boolean {
    const session = this.#session.value;
    return session?.status === 'signed-in' && session.session.account.roles.includes('manager');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.activeDesk || !this.#may || this.recordingId === '' || this.#loaded === this.recordingId) return;
    this.#loaded = this.recordingId;
    this.retention = undefined;
    this.#close();
    void this.#run((id) => this.feature(recordings)?.retention(id));
  }

  async #run(work: (id: string) => Promise<Retention> | undefined): Promise<void> {
    const id = this.recordingId;
    await this.#commands.run('hold', async () => {
      const retention = await work(id);
      if (this.recordingId !== id || retention === undefined) return;
      this.retention = retention;
      this.asking = undefined;
      this.reason = '';
    });
  }

  #close(): void {
    this.asking = undefined;
    this.reason = '';
    this.#commands.clear();
  }

  async #ask(what: 'new' | string): Promise<void> {
    this.#commands.clear();
    this.asking = what;
    this.reason = '';
    await this.updateComplete;
    this.#field?.focus();
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>('#reason');
  }

  async #handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { asking } = this;
    const reason = this.reason.trim();
    if (asking === undefined) return;
    if (reason.length < SHORTEST_REASON) return void this.#field?.focus();
    await this.#run((id) =>
      asking === 'new'
        ? this.feature(recordings)?.hold(id, reason)
        : this.feature(recordings)?.release(id, asking, reason),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.activeDesk || !this.#may) return nothing;
    const t = this.locale.terms.reports.hold;
    const { error } = this.#commands;
    const { retention, asking } = this;
    const holds = retention?.holds.filter(({ releasedAt }) => releasedAt === null) ?? [];
    return html`<div class="stack">
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
      ${retention === undefined ? nothing : html`<p class="small muted" role="status">${this.#renderTime(retention, holds)}</p>`}
      ${holds.length === 0 ? nothing : html`<ul class="stack" part="holds">${holds.map((hold) => this.#renderHold(hold))}</ul>`}
      ${retention !== undefined && asking === undefined ? html`<div class="row"><button class="plain" data-action="open" @click=${() => this.#ask('new')}>${t.open}</button></div>` : nothing}
      ${asking === undefined ? nothing : this.#renderForm(asking)}
    </div>`;
  }

  #renderTime({ keepUntil }: Retention, holds: readonly LegalHold[]): string {
    const t = this.locale.terms.reports.hold;
    const kept = keepUntil === null ? t.keptForEver : t.keptUntil(this.locale.formats.dateTime(keepUntil));
    return holds.length === 0 ? kept : `${kept} ${t.held}`;
  }

  #renderHold({ id, reason, placedAt }: LegalHold): TemplateResult {
    const t = this.locale.terms.reports.hold;
    return html`<li class="row spread"><span><bdi>${reason}</bdi> <span class="small muted">${t.placed(this.locale.formats.dateTime(placedAt))}</span></span>
      <button class="plain" data-action="release" aria-label=${t.releaseNamed(reason)} @click=${() => this.#ask(id)}>${t.release}</button></li>`;
  }

  #renderForm(asking: string): TemplateResult {
    const t = this.locale.terms.reports.hold;
    return html`<form class="stack" part="form" @submit=${this.#handleSubmit}>
      <div class="field"><label for="reason">${asking === 'new' ? t.reason : t.releaseReason}</label>
        <input id="reason" dir="auto" required minlength=${SHORTEST_REASON} maxlength="300" autocomplete="off" aria-describedby="about" .value=${live(this.reason)} @input=${(
          event: Event,
        ) => {
          this.reason = (event.target as HTMLInputElement).value;
        }}>
        <span id="about" class="hint">${t.logged}</span></div>
      <div class="row"><button class="primary" data-action="confirm" ?disabled=${this.#commands.pending !== undefined}>${asking === 'new' ? t.place : t.release}</button>
        <button type="button" data-action="close" @click=${this.#close}>${this.locale.terms.essential.cancel}</button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-recording-hold': CwRecordingHold;
  }
}
