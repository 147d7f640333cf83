import { installations } from '@callweave/sdk';
import type { Installation } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { today } from '../../formats/calendar-day.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { installationTerms } from '../../translations/installation-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';

/**
 * @summary A technician prepares the installation form of one device for its buyer, and takes it back while it waits.
 * Needs `<cw-day-field>`, which its registration brings.
 *
 * @csspart form - The form.
 */
export class CwInstallationPreparation extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles];

  protected override readonly locale = new LocaleController(this, installationTerms, problemTerms);
  readonly #present = new FollowController(this, {
    key: () => (this.activeDesk && this.deviceId !== '' ? this.deviceId : undefined),
    open: () => this.feature(installations)?.follow({ deviceId: this.deviceId }),
  });
  readonly #commands = new CommandController(this);

  /** As typed; undefined until something is. */
  @state() private day: string | undefined;
  @state() private notes: string | undefined;
  @state() private sure = false;
  @state() private announced = '';

  /** Which device. */
  @property({ attribute: 'device-id' }) deviceId = '';

  async #prepare(event: Event, waiting: Installation | undefined): Promise<void> {
    event.preventDefault();
    const installedOn = this.day ?? waiting?.installedOn ?? today();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(installedOn)) return;
    const notes = this.notes ?? waiting?.notes ?? '';
    this.announced = '';
    const { deviceId } = this;
    const done = await this.#commands.run('prepare', async () =>
      this.feature(installations)?.prepare({ deviceId, installedOn, notes }),
    );
    if (done) this.announced = this.locale.terms.installations.preparation.prepared;
  }

  async #withdraw({ id }: Installation): Promise<void> {
    const done = await this.#commands.run('withdraw', async () => this.feature(installations)?.withdraw(id));
    this.sure = false;
    if (done) this.announced = this.locale.terms.installations.preparation.withdrawn;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.installations;
    const present = this.#present.value;
    const all = present?.status === 'ready' ? present.value : [];
    const waiting = all.find(({ state }) => state === 'waiting');
    const confirmed = all.find(({ state }) => state === 'confirmed')?.confirmed;
    const error = present?.status === 'failed' ? present.error : this.#commands.error;
    return html`<section class="surface stack" aria-labelledby="heading"><h2 id="heading">${t.preparation.heading}</h2>
      <div role="status">${this.announced === '' ? nothing : html`<p class="message success">${this.announced}</p>`}</div>
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
      ${
        present?.status === 'loading'
          ? html`<span class="skeleton"></span><span class="visually-hidden">${t.loading}</span>`
          : confirmed
            ? html`<p>${t.sealed(confirmed.by.name, this.locale.formats.dateTime(confirmed.at))}</p>`
            : this.#renderForm(waiting)
      }
    </section>`;
  }

  #renderForm(waiting: Installation | undefined): TemplateResult {
    const t = this.locale.terms.installations.preparation;
    const busy = this.#commands.pending !== undefined;
    return html`${waiting ? html`<p class="message warning">${t.waits}</p>` : nothing}
      <form class="stack" part="form" @submit=${(event: Event) => this.#prepare(event, waiting)}>
        <cw-day-field .desk=${this.activeDesk} label=${t.day} .value=${this.day ?? waiting?.installedOn ?? today()} @cw-day=${(
          event: CwDayEvent,
        ) => {
          this.day = event.value;
        }}></cw-day-field>
        <div class="field"><label for="notes">${t.notes}</label>
          <textarea id="notes" dir="auto" maxlength="2000" .value=${live(this.notes ?? waiting?.notes ?? '')} @input=${(
            event: Event,
          ) => {
            this.notes = (event.target as HTMLTextAreaElement).value;
          }}></textarea></div>
        <div class="row"><button class="primary" data-action="prepare" ?disabled=${busy}>${waiting ? t.prepareAnew : t.prepare}</button>
          ${waiting && !this.sure ? html`<button type="button" class="plain" data-action="ask" @click=${() => (this.sure = true)}>${t.withdraw}</button>` : nothing}</div>
      </form>
      ${
        waiting && this.sure
          ? html`<div class="row" role="group" aria-label=${t.withdrawSure}><span>${t.withdrawSure}</span>
            <button class="danger" data-action="withdraw" ?disabled=${busy} @click=${() => this.#withdraw(waiting)}>${t.withdraw}</button>
            <button data-action="keep" @click=${() => (this.sure = false)}>${this.locale.terms.essential.cancel}</button></div>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-installation-preparation': CwInstallationPreparation;
  }
}
