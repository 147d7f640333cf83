import { installations } from '@callweave/sdk';
import type { Installation } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { installationTerms } from '../../translations/installation-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwInstallationConfirmEvent } from './installation-form.events.ts';
import { installationFormStyles } from './installation-form.styles.ts';

/** What a buyer has ticked, and of which state of the form. */
interface Ticks {
  readonly revision: number;
  readonly items: ReadonlySet<string>;
  readonly allDone: boolean;
  /** The exact text is shown, and is confirmed next. */
  readonly reading: boolean;
  /** Asked for the text before everything was ticked. */
  readonly incomplete: boolean;
}

/**
 * @summary The buyer's installations: ticks what was done, reads the exact text, confirms it. What is confirmed stands to
 * read, with its certificate.
 *
 * @event {CwInstallationConfirmEvent} cw-installation-confirm - The buyer has confirmed an installation.
 *
 * @csspart installation - One installation.
 * @csspart text - The exact text that is confirmed.
 */
export class CwInstallationForm extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, installationFormStyles];

  protected override readonly locale = new LocaleController(this, installationTerms, problemTerms);
  readonly #own = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => {
      const own = this.feature(installations)?.own;
      return own && { state: own.state, close: own.open() };
    },
  });
  readonly #commands = new CommandController(this);

  @state() private ticks: ReadonlyMap<string, Ticks> = new Map();
  @state() private announced = '';

  /** Only the installation of this device; without it, all. */
  @property({ attribute: 'device-id' }) deviceId = '';

  #ticksOf({ id, revision }: Installation): Ticks & { readonly changed: boolean } {
    const kept = this.ticks.get(id);
    if (kept?.revision === revision) return { ...kept, changed: false };
    // Ticks of a form that has changed since are of no worth: they said something else.
    const changed = kept !== undefined && (kept.items.size > 0 || kept.allDone);
    return { revision, items: new Set(), allDone: false, reading: false, incomplete: false, changed };
  }

  #set(installation: Installation, change: Partial<Ticks>): void {
    const { changed: _, ...ticks } = this.#ticksOf(installation);
    this.ticks = new Map(this.ticks).set(installation.id, { ...ticks, incomplete: false, ...change });
  }

  #tick(installation: Installation, itemId: string, ticked: boolean): void {
    const items = new Set(this.#ticksOf(installation).items);
    if (ticked) items.add(itemId);
    else items.delete(itemId);
    this.#set(installation, { items });
  }

  #review(installation: Installation): void {
    this.#commands.clear();
    const { items, allDone } = this.#ticksOf(installation);
    const complete = allDone && installation.checklist.items.every(({ id }) => items.has(id));
    this.#set(installation, { reading: complete, incomplete: !complete });
  }

  async #confirm(installation: Installation): Promise<void> {
    const { items, allDone } = this.#ticksOf(installation);
    const { locale } = this.locale.formats;
    await this.#commands.run(`confirm ${installation.id}`, async () => {
      const confirmed = await this.feature(installations)?.confirm(installation, {
        locale,
        ticked: [...items],
        allDone,
      });
      this.announced = this.locale.terms.installations.started;
      if (confirmed) this.dispatchEvent(new CwInstallationConfirmEvent(confirmed));
    });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.installations;
    return html`<section class="stack" aria-label=${t.heading}>
      <div role="status">${this.announced === '' ? nothing : html`<p class="message success">${this.announced}</p>`}</div>
      ${this.#renderAll()}
    </section>`;
  }

  #renderAll(): TemplateResult {
    const t = this.locale.terms.installations;
    const own = this.#own.value;
    if (own === undefined || own.status === 'loading')
      return html`<p class="surface"><span class="skeleton"></span><span class="visually-hidden">${t.loading}</span></p>`;
    if (own.status === 'failed')
      return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(own.error, this.locale.terms)}</span></p>`;
    const all = own.value.filter(({ deviceId }) => this.deviceId === '' || deviceId === this.deviceId);
    if (all.length === 0) return html`<p class="empty">${t.empty}</p>`;
    const waiting = all.filter(({ state }) => state === 'waiting');
    const others = all.filter(({ state }) => state !== 'waiting');
    return html`${repeat(
      [...waiting, ...others],
      ({ id }) => id,
      (installation) => this.#renderOne(installation),
    )}`;
  }

  #renderOne(installation: Installation): TemplateResult {
    const t = this.locale.terms.installations;
    const { formats } = this.locale;
    const { id, device, confirmed, installedOn, notes, preparedBy, preparedAt } = installation;
    return html`<article class="surface stack" part="installation" aria-labelledby=${`name-${id}`}>
      <div class="row spread"><h2 id=${`name-${id}`}><bdi>${device.brand} ${device.model}</bdi></h2>
        <span class="chip ${confirmed ? 'success' : 'warning'}">${confirmed ? t.confirmed : t.waiting}</span></div>
      <dl class="facts">
        ${device.serial === null ? nothing : html`<dt>${t.serial}</dt><dd><bdi dir="ltr" class="tabular">${device.serial}</bdi></dd>`}
        <dt>${t.installedOn}</dt><dd>${formats.day(installedOn)}</dd>
        ${notes === '' ? nothing : html`<dt>${t.notes}</dt><dd><bdi>${notes}</bdi></dd>`}
      </dl>
      <p class="small muted">${t.preparedBy(`\u2068${preparedBy.name}\u2069`, formats.dateTime(preparedAt))}</p>
      ${confirmed ? this.#renderConfirmed(installation, confirmed) : this.#renderWaiting(installation)}
    </article>`;
  }

  #renderWaiting(installation: Installation): TemplateResult {
    const t = this.locale.terms.installations;
    const ticks = this.#ticksOf(installation);
    const failed = this.#commands.failed === `confirm ${installation.id}` ? this.#commands.error : undefined;
    return html`${ticks.changed ? html`<p class="message warning" role="alert">${t.changed}</p>` : nothing}
      ${failed === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(failed, this.locale.terms)}</span></p>`}
      ${ticks.reading ? this.#renderReading(installation) : this.#renderTicking(installation, ticks)}`;
  }

  #renderTicking(installation: Installation, { items, allDone, incomplete }: Ticks): TemplateResult {
    const t = this.locale.terms.installations;
    const { locale } = this.locale.formats;
    const checked = (event: Event) => (event.target as HTMLInputElement).checked;
    return html`<fieldset class="stack"><legend>${t.items}</legend>
        ${installation.checklist.items.map(
          ({ id, texts }) =>
            html`<label class="choice"><input type="checkbox" data-item=${id} .checked=${live(items.has(id))} @change=${(
              event: Event,
            ) => this.#tick(installation, id, checked(event))}><bdi>${texts[locale]}</bdi></label>`,
        )}
        <label class="choice"><input type="checkbox" data-item="all" .checked=${live(allDone)} @change=${(
          event: Event,
        ) => this.#set(installation, { allDone: checked(event) })}><strong>${t.allDone}</strong></label>
      </fieldset>
      ${incomplete ? html`<p class="field-error" role="alert">${t.incomplete}</p>` : nothing}
      <div class="row"><button class="primary" data-action="review" @click=${() => this.#review(installation)}>${t.review}</button></div>`;
  }

  #renderReading(installation: Installation): TemplateResult {
    const t = this.locale.terms.installations;
    const { locale } = this.locale.formats;
    return html`<h3>${t.exactText}</h3>
      <blockquote class="text" part="text">${installation.wordings[locale].text}</blockquote>
      <div class="row"><button class="primary" data-action="confirm" ?disabled=${this.#commands.pending !== undefined} @click=${() =>
        this.#confirm(installation)}>${t.confirm}</button>
        <button data-action="back" @click=${() => this.#set(installation, { reading: false })}>${t.backToForm}</button></div>`;
  }

  #renderConfirmed(
    { id }: Installation,
    { at, by, text, locale }: NonNullable<Installation['confirmed']>,
  ): TemplateResult {
    const t = this.locale.terms.installations;
    const url = this.feature(installations)?.certificateUrl(id, this.locale.formats.locale) ?? '';
    return html`<p>${t.sealed(by.name, this.locale.formats.dateTime(at))}</p>
      <details><summary>${t.exactText}</summary><blockquote class="text" part="text" lang=${locale} dir=${locale === 'fa' ? 'rtl' : 'ltr'}>${text}</blockquote></details>
      <div class="row"><a data-action="certificate" href=${url} download>${t.certificate}</a></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-installation-form': CwInstallationForm;
  }
}
