import { devices, type Loadable, type PriceListsView, priceLists } from '@callweave/sdk';
import type { DeviceType, PriceList } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { billingTerms } from '../../translations/billing-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { priceListTerms } from '../../translations/price-list-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwDayField } from '../day-field/day-field.ts';
import { LEVELS, priceFields, readPrices, YEARS } from './price-form.ts';
import { priceListStyles } from './price-list.styles.ts';

/**
 * @summary The prices in versions, for managers: a draft that is worked on, and published ones that never change. Publishing
 * asks once more, and from when.
 *
 * @csspart version - One version.
 * @csspart form - The fields of the draft.
 */
export class CwPriceList extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, fieldStyles, priceListStyles];

  protected override readonly locale = new LocaleController(this, priceListTerms, billingTerms, problemTerms);
  readonly #lists = new FollowController<Loadable<PriceListsView>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(priceLists);
      return feature && { state: feature.state, close: feature.open() };
    },
  });
  readonly #types = new FollowController<Loadable<readonly DeviceType[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(devices);
      return feature && { state: feature.types, close: feature.openTypes() };
    },
  });
  readonly #commands = new CommandController(this);

  @query('form.draft') private form!: HTMLFormElement;
  @query('cw-day-field') private dayField!: CwDayField | null;
  @state() private step: 'list' | 'edit' | 'publish' | 'discard' = 'list';
  @state() private from: 'now' | 'day' = 'now';
  @state() private wrong: ReadonlySet<string> = new Set();
  @state() private said = '';
  /** The revision that the fields were filled from: what somebody else saved meanwhile is not overwritten. */
  #revision: number | null = null;
  #filledFrom: PriceList | undefined;

  #handleEdit({ priceLists: all, current }: PriceListsView): void {
    const draft = all.find((each) => each.state === 'draft');
    this.#revision = draft?.revision ?? null;
    this.#filledFrom = draft ?? all.find(({ id }) => id === current);
    this.#go('edit');
  }

  #go(step: typeof this.step): void {
    this.#commands.clear();
    this.wrong = new Set();
    this.said = '';
    this.step = step;
  }

  async #handleSave(event: Event, { currency }: PriceListsView, types: readonly DeviceType[]): Promise<void> {
    event.preventDefault();
    const read = readPrices(this.form, { currency, types, from: this.#filledFrom });
    if ('wrong' in read) {
      this.wrong = read.wrong;
      await this.updateComplete;
      this.form.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus();
      return;
    }
    const done = await this.#commands.run('save', async () =>
      this.feature(priceLists)?.saveDraft(read.content, this.#revision),
    );
    if (!done) return;
    this.#go('list');
    this.said = this.locale.terms.priceLists.saved;
  }

  async #handlePublish(event: Event, revision: number): Promise<void> {
    event.preventDefault();
    const day = this.from === 'day' ? this.dayField?.value : undefined;
    if (this.from === 'day' && (!day || day === 'invalid')) return this.dayField?.focus();
    // The day begins where the manager is.
    const from = day === undefined ? undefined : new Date(`${day}T00:00:00`);
    const done = await this.#commands.run('publish', async () => this.feature(priceLists)?.publish(revision, from));
    if (!done) return;
    this.#go('list');
    this.said = this.locale.terms.priceLists.publishedNow;
  }

  async #handleDiscard(): Promise<void> {
    if (await this.#commands.run('discard', async () => this.feature(priceLists)?.discardDraft())) this.#go('list');
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.priceLists;
    const lists = this.#lists.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        <p class="visually-hidden" role="status">${this.said}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          lists?.status === 'failed'
            ? this.#renderFailure(lists.error)
            : lists?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : this.step === 'edit'
                ? this.#renderForm(lists.value)
                : this.#renderLists(lists.value)
        }
      </section>`;
  }

  #renderLists(view: PriceListsView): TemplateResult {
    const t = this.locale.terms.priceLists;
    const draft = view.priceLists.find((each) => each.state === 'draft');
    return html`
      ${view.priceLists.length === 0 ? html`<p class="empty">${t.empty}</p>` : nothing}
      ${draft === undefined ? html`<div class="row"><button class="primary" data-action="edit" @click=${() => this.#handleEdit(view)}>${t.newDraft}</button></div>` : nothing}
      ${view.priceLists.map((list) => this.#renderVersion(list, view))}`;
  }

  #renderVersion(list: PriceList, view: PriceListsView): TemplateResult {
    const t = this.locale.terms.priceLists;
    const { difficulty } = this.locale.terms.billing;
    const { formats, locale } = this.locale;
    const say = (amount: number) => moneyWords({ amount, currency: list.currency }, locale);
    const draft = list.state === 'draft';
    const state =
      list.id === view.current ? 'current' : Date.parse(list.validFrom ?? '') > Date.now() ? 'planned' : 'past';
    return html`
      <article class="version stack" part="version" data-version=${list.version ?? 'draft'}>
        <div class="row spread"><h3>${draft ? t.draft : t.version(formats.digits(String(list.version)))}</h3>
          ${draft ? nothing : html`<span class="chip ${state === 'current' ? 'success' : ''}">${t.state[state]}</span>`}</div>
        <p class="small muted tabular">${list.validFrom === null ? nothing : html`${t.from(formats.dateTime(list.validFrom))} · `}${t.minutes(list.unitMinutes)}</p>
        <dl>${LEVELS.map((level) => html`<div><dt class="small muted">${difficulty[level]}</dt><dd class="tabular"><bdi>${say(list.work[level])}</bdi></dd></div>`)}</dl>
        ${list.renewals.map(
          ({
            typeId,
            prices,
          }) => html`<dl><div><dt class="small muted">${t.renewals}</dt><dd><bdi>${this.#nameOf(typeId)}</bdi></dd></div>
            ${YEARS.map((years) => {
              const price = prices[years];
              return html`<div><dt class="small muted">${t.years[years]}</dt><dd class="tabular"><bdi>${price === null ? t.notSold : say(price)}</bdi></dd></div>`;
            })}</dl>`,
        )}
        ${draft ? this.#renderDraftActions(list, view) : nothing}
      </article>`;
  }

  #renderDraftActions({ revision }: PriceList, view: PriceListsView): TemplateResult {
    const t = this.locale.terms.priceLists;
    const { essential } = this.locale.terms;
    const busy = this.#commands.pending !== undefined;
    const leave = html`<button type="button" @click=${() => this.#go('list')}>${essential.cancel}</button>`;
    if (this.step === 'discard')
      return html`<div class="row">${leave}<button class="danger" data-action="confirm" ?disabled=${busy} @click=${this.#handleDiscard}>${t.confirmDiscard}</button></div>`;
    if (this.step !== 'publish')
      return html`<div class="row">
        <button class="primary" data-action="publish" @click=${() => this.#go('publish')}>${t.publish}</button>
        <button data-action="edit" @click=${() => this.#handleEdit(view)}>${t.edit}</button>
        <button class="plain" data-action="discard" @click=${() => this.#go('discard')}>${t.discard}</button></div>`;
    const choice = (
      from: 'now' | 'day',
      label: string,
    ) => html`<label class="row"><input type="radio" name="from" ?checked=${this.from === from}
      @change=${() => {
        this.from = from;
      }}>${label}</label>`;
    return html`
      <form class="stack" @submit=${(event: Event) => this.#handlePublish(event, revision)}>
        <p class="message warning">${warningIcon}<span>${t.publishAbout}</span></p>
        <fieldset class="prices"><legend>${t.validFrom}</legend>${choice('now', t.now)}${choice('day', t.later)}</fieldset>
        ${this.from === 'day' ? html`<cw-day-field .desk=${this.activeDesk} lang=${this.locale.locale} label=${t.later}></cw-day-field>` : nothing}
        <div class="row">${leave}<button class="primary" data-action="confirm" ?disabled=${busy}>${t.confirmPublish}</button></div>
      </form>`;
  }

  #renderForm(view: PriceListsView): TemplateResult {
    const { priceLists: t, billing, essential } = this.locale.terms;
    const types = this.#typesNow;
    return html`
      <form class="draft stack" part="form" novalidate @submit=${(event: Event) => this.#handleSave(event, view, types)}>
        ${priceFields({
          from: this.#filledFrom,
          currency: view.currency,
          types,
          locale: this.locale.locale,
          t,
          difficulty: billing.difficulty,
          wrong: this.wrong,
        })}
        <div class="row"><button type="button" @click=${() => this.#go('list')}>${essential.cancel}</button>
          <button class="primary" data-action="save" ?disabled=${this.#commands.pending !== undefined}>${t.save}</button></div>
      </form>`;
  }

  get #typesNow(): readonly DeviceType[] {
    const types = this.#types.value;
    return types?.status === 'ready' ? types.value : [];
  }

  #nameOf(typeId: string): string {
    return this.#typesNow.find(({ id }) => id === typeId)?.names[this.locale.locale] ?? typeId;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-price-list': CwPriceList;
  }
}
