import { installations } from '@callweave/sdk';
import type { Checklist, DeviceType, Locale } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { installationTerms } from '../../translations/installation-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { checklistAdminStyles } from './checklist-admin.styles.ts';

/** An item as it is written; a new one has no id yet. */
interface Written {
  readonly key: string;
  readonly id?: string;
  readonly texts: Readonly<Record<Locale, string>>;
}

/** The type id of the checklist for every type without one of its own. */
const GENERAL = 'general';
const LANGUAGES: readonly Locale[] = ['fa', 'en', 'cs'];

/**
 * @summary Managers write the checklists of installation: items in three languages, their order, a draft, and its
 * publication. A published version never changes.
 *
 * @csspart item - One item with its three languages.
 */
export class CwChecklistAdmin extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, checklistAdminStyles];

  protected override readonly locale = new LocaleController(this, installationTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private checklists: readonly Checklist[] | undefined;
  @state() private types: readonly DeviceType[] = [];
  @state() private typeId = GENERAL;
  @state() private items: readonly Written[] = [];
  @state() private blank = false;
  @state() private sure = false;
  @state() private announced = '';

  #loadedFor: unknown;
  #keys = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.activeDesk === this.#loadedFor) return;
    this.#loadedFor = this.activeDesk;
    if (this.activeDesk) void this.#load();
  }

  async #load(): Promise<void> {
    await this.#commands.run('load', async () => {
      const feature = this.feature(installations);
      if (!feature) return;
      const [checklists, types] = await Promise.all([feature.checklists(), feature.deviceTypes()]);
      this.types = types;
      this.checklists = checklists;
      this.#choose(this.typeId);
    });
  }

  #of(kind: Checklist['state']): Checklist | undefined {
    return this.checklists?.find(({ typeId, state }) => typeId === this.typeId && state === kind);
  }

  #choose(typeId: string): void {
    this.typeId = typeId;
    this.#commands.clear();
    this.blank = false;
    this.sure = false;
    this.announced = '';
    const items = (this.#of('draft') ?? this.#of('published'))?.items ?? [];
    this.items = items.map((item) => ({ ...item, key: item.id }));
  }

  /** Whatever is changed has to be saved before it is published. */
  #change(items: readonly Written[]): void {
    this.items = items;
    this.blank = false;
    this.sure = false;
    this.announced = '';
  }

  #write(at: number, language: Locale, text: string): void {
    this.#change(
      this.items.map((item, index) => (index === at ? { ...item, texts: { ...item.texts, [language]: text } } : item)),
    );
  }

  #add(): void {
    this.#keys += 1;
    this.#change([...this.items, { key: `new ${this.#keys}`, texts: { en: '', fa: '', cs: '' } }]);
  }

  #move(from: number, to: number): void {
    const items = [...this.items];
    const [item] = items.splice(from, 1);
    if (item) items.splice(to, 0, item);
    this.#change(items);
  }

  async #save(): Promise<Checklist | undefined> {
    if (this.items.some(({ texts }) => LANGUAGES.some((language) => texts[language].trim() === ''))) {
      this.blank = true;
      return undefined;
    }
    let saved: Checklist | undefined;
    const { typeId } = this;
    await this.#commands.run('save', async () => {
      saved = await this.feature(installations)?.saveDraft({
        typeId,
        items: this.items.map(({ id, texts }) => ({ ...(id === undefined ? {} : { id }), texts })),
        revision: this.#of('draft')?.revision ?? 0,
      });
      if (saved) this.#keep(saved);
    });
    if (saved) this.announced = this.locale.terms.installations.checklists.saved;
    return saved;
  }

  #keep(checklist: Checklist): void {
    const others = (this.checklists ?? []).filter(
      ({ typeId, state }) => typeId !== checklist.typeId || (state !== checklist.state && checklist.state === 'draft'),
    );
    this.checklists = [...others, checklist];
    this.items = checklist.items.map((item) => ({ ...item, key: item.id }));
  }

  async #publish(): Promise<void> {
    const draft = await this.#save();
    if (!draft) return;
    await this.#commands.run('publish', async () => {
      const published = await this.feature(installations)?.publish(draft.typeId, draft.revision);
      if (!published) return;
      this.#keep(published);
      this.sure = false;
      const version = this.locale.formats.number(published.version);
      this.announced = this.locale.terms.installations.checklists.donePublishing(version);
    });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.installations;
    const { error } = this.#commands;
    return html`<section class="surface stack" aria-labelledby="heading"><h2 id="heading">${t.checklists.heading}</h2>
      <div role="status">${this.announced === '' ? nothing : html`<p class="message success">${this.announced}</p>`}</div>
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
      ${
        this.checklists === undefined
          ? error === undefined
            ? html`<span class="skeleton"></span><span class="visually-hidden">${t.loading}</span>`
            : nothing
          : this.#renderChecklist()
      }
    </section>`;
  }

  #renderChecklist(): TemplateResult {
    const t = this.locale.terms.installations.checklists;
    const { formats } = this.locale;
    const published = this.#of('published');
    const draft = this.#of('draft');
    const busy = this.#commands.pending !== undefined;
    return html`<div class="field"><label for="type">${t.type}</label>
        <select id="type" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
          <option value=${GENERAL} ?selected=${this.typeId === GENERAL}>${t.general}</option>
          ${this.types.map(({ id, names }) => html`<option value=${id} ?selected=${this.typeId === id}>${names[formats.locale]}</option>`)}
        </select></div>
      <p class="small muted">${published?.publishedAt ? t.published(formats.number(published.version), formats.dateTime(published.publishedAt)) : t.neverPublished}
        ${draft ? t.draft(formats.number(draft.version)) : nothing}</p>
      ${
        this.items.length === 0
          ? html`<p class="empty">${t.empty}</p>`
          : html`<ol>${repeat(
              this.items,
              ({ key }) => key,
              (item, index) => this.#renderItem(item, index),
            )}</ol>`
      }
      ${this.blank ? html`<p class="field-error" role="alert">${t.blank}</p>` : nothing}
      <div class="row"><button data-action="add" @click=${() => this.#add()}>${t.add}</button>
        <button class="primary" data-action="save" ?disabled=${busy} @click=${() => this.#save()}>${t.save}</button>
        ${this.sure ? nothing : html`<button data-action="ask" ?disabled=${busy || this.items.length === 0} @click=${() => (this.sure = true)}>${t.publish}</button>`}</div>
      ${
        this.sure
          ? html`<div class="row" role="group" aria-label=${t.publish}><span>${t.publishSure}</span>
            <button class="primary" data-action="publish" ?disabled=${busy} @click=${() => this.#publish()}>${t.publishNow}</button>
            <button data-action="keep" @click=${() => (this.sure = false)}>${this.locale.terms.essential.cancel}</button></div>`
          : nothing
      }`;
  }

  #renderItem({ texts }: Written, index: number): TemplateResult {
    const t = this.locale.terms.installations.checklists;
    const number = this.locale.formats.number(index + 1);
    return html`<li class="item" part="item"><div class="row spread"><strong>${t.item(number)}</strong><span class="row">
        <button class="plain" data-action="up" aria-label=${t.up(number)} ?disabled=${index === 0} @click=${() => this.#move(index, index - 1)}>↑</button>
        <button class="plain" data-action="down" aria-label=${t.down(number)} ?disabled=${index === this.items.length - 1} @click=${() => this.#move(index, index + 1)}>↓</button>
        <button class="plain" data-action="remove" aria-label=${t.remove(number)} @click=${() => this.#change(this.items.filter((_, at) => at !== index))}>✕</button></span></div>
      <div class="languages">${LANGUAGES.map(
        (language) => html`<div class="field"><label for=${`${language}-${index}`}>${t.languages[language]}</label>
          <input id=${`${language}-${index}`} lang=${language} dir=${language === 'fa' ? 'rtl' : 'ltr'} maxlength="300" autocomplete="off"
            aria-invalid=${this.blank && texts[language].trim() === ''} .value=${live(texts[language])} @input=${(
              event: Event,
            ) => this.#write(index, language, (event.target as HTMLInputElement).value)}></div>`,
      )}</div></li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-checklist-admin': CwChecklistAdmin;
  }
}
