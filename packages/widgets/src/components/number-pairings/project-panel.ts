import type { Loadable } from '@callweave/sdk';
import { CZECHIA, IRAN, type Project, type ProjectNumbering, toAsciiDigits } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import { type EndOfRow, NumberPanel } from './number-panel.ts';
import { readNumbersToCall, writeNumbersToCall } from './numbers-to-call.ts';

const PLANS = { house: undefined, IR: IRAN, CZ: CZECHIA } as const;

/** @summary Projects with their info columns and numbers to call. Part of `<cw-number-pairings>`. */
export class CwNumberProjects extends NumberPanel<Project> {
  static override styles = [
    ...[NumberPanel.styles].flat(),
    css`
      :host {
        --_columns: minmax(7em, 2fr) 7em 7em minmax(9em, 1fr) minmax(11em, 1fr);
      }
    `,
  ];

  @state() private form: { readonly project: Project | undefined } | undefined;
  @state() private day = '';
  /** The line of the numbers to call that cannot be read. */
  @state() private wrong: number | undefined;

  protected override get list(): Loadable<readonly Project[]> | undefined {
    return this.numbers?.projects.get();
  }

  protected override wordsOf({ name, info, fictitiousNumbers }: Project): readonly string[] {
    return [name, info, ...fictitiousNumbers.map(({ number }) => number)];
  }

  async #open(project: Project | undefined): Promise<void> {
    this.commands.clear();
    this.form = { project };
    this.day = project?.endsOn ?? '';
    this.wrong = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
  }

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const numbering = text('numbering') as ProjectNumbering | 'house';
    const read = readNumbersToCall(text('to-call'), PLANS[numbering]);
    this.wrong = 'wrong' in read ? read.wrong : undefined;
    if ('wrong' in read) return this.renderRoot.querySelector<HTMLElement>('#to-call')?.focus();
    if (this.day === 'invalid') return;
    const present = this.form?.project;
    const numbersToCall = [...read.numbers];
    const dialPolicy = {
      ...(present && { premium: present.dialPolicy.premium }),
      countries: toAsciiDigits(text('countries')).match(/\d{1,3}/g) ?? [],
      allowed: data.has('only') ? [...otherAllowed(present), ...numbersToCall.map(({ number }) => number)] : null,
    };
    const input = {
      name: text('name'),
      info: text('info'),
      numbersToCall,
      numbering: numbering === 'house' ? null : numbering,
      dialPolicy,
      endsOn: this.day === '' ? null : this.day,
    };
    const save = () =>
      present ? this.numbers?.updateProject({ projectId: present.id, ...input }) : this.numbers?.createProject(input);
    const said = this.locale.terms.virtualNumbers.projects.saved(`\u2068${input.name}\u2069`);
    if (await this.run('save', save, said)) this.form = undefined;
  };

  protected override endOf({ id, name }: Project): EndOfRow {
    const { end, sure, ended } = this.locale.terms.virtualNumbers.projects;
    return { name, word: end, sure, task: () => this.numbers?.endProject(id), done: ended(`\u2068${name}\u2069`) };
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.virtualNumbers;
    const { projects } = t;
    const columns = [projects.name, t.tabs.numbers, projects.toCall, t.lastDay, t.actions];
    return html`<div class="stack">
      <div class="row">${this.renderSearch()}
        <button type="button" class="primary" data-action="create" aria-expanded=${this.form !== undefined} @click=${() => void this.#open(undefined)}>${projects.create}</button></div>
      ${this.renderSaid()}
      ${this.form ? this.#renderForm(this.form.project) : nothing}
      ${this.renderList(t.tabs.projects, columns, projects.empty)}
    </div>`;
  }

  #renderForm(project: Project | undefined): TemplateResult {
    const { essential, virtualNumbers } = this.locale.terms;
    const t = virtualNumbers.projects;
    const { formats } = this.locale;
    const leave = () => {
      this.form = undefined;
    };
    const plan = project?.numbering ?? 'house';
    return html`<form @submit=${this.#handleSubmit} @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') leave();
    }}>
      <div class="field"><label for="name">${t.name}</label><input id="name" name="name" required maxlength="80" dir="auto" autocomplete="off" aria-describedby="name-about" .value=${project?.name ?? ''}><span id="name-about" class="hint">${t.nameHint}</span></div>
      <cw-day-field .desk=${this.desk} label=${virtualNumbers.lastDay} note=${virtualNumbers.optional} .value=${this.day} @cw-day=${(
        event: CwDayEvent,
      ) => {
        this.day = event.value;
      }}></cw-day-field>
      <div class="field"><label for="numbering">${t.numbering}</label><select id="numbering" name="numbering">${(['house', 'IR', 'CZ'] as const).map((each) => html`<option value=${each} ?selected=${each === plan}>${t.plans[each]}</option>`)}</select></div>
      <div class="field"><label for="countries">${t.countries}</label><input id="countries" name="countries" dir="ltr" autocomplete="off" aria-describedby="countries-about" .value=${project?.dialPolicy.countries.join(' ') ?? ''}><span id="countries-about" class="hint">${t.countriesHint}</span></div>
      <div class="field wide"><label for="info">${t.info}</label><textarea id="info" name="info" maxlength="8000" dir="auto" aria-describedby="info-about" .value=${project?.info ?? ''}></textarea><span id="info-about" class="hint">${t.infoHint}</span></div>
      <div class="field wide"><label for="to-call">${t.toCall}</label><textarea id="to-call" name="to-call" dir="auto" aria-describedby="to-call-about to-call-error" aria-invalid=${this.wrong !== undefined} .value=${writeNumbersToCall(project?.numbersToCall ?? [])}></textarea>
        <span id="to-call-about" class="hint">${t.toCallHint}</span><span id="to-call-error" class="field-error" role="status">${this.wrong === undefined ? nothing : t.toCallWrong(formats.number(this.wrong))}</span></div>
      <label class="choice wide"><input type="checkbox" name="only" .checked=${(project?.dialPolicy.allowed ?? null) !== null}>${t.onlyThese}</label>
      <div class="row decide"><button class="primary" data-action="save" ?disabled=${this.commands.pending !== undefined}>${virtualNumbers.save}</button>
        <button type="button" class="plain" @click=${leave}>${essential.cancel}</button></div>
    </form>`;
  }

  protected override renderCells(project: Project): readonly unknown[] {
    const t = this.locale.terms.virtualNumbers;
    const { formats } = this.locale;
    const { name, fictitiousNumbers, numbersToCall, endsOn } = project;
    const label = (word: string) => html`<span class="cell-label small muted" aria-hidden="true">${word} </span>`;
    return [
      html`<bdi>${name}</bdi>`,
      html`${label(t.tabs.numbers)}<span class="tabular">${formats.number(fictitiousNumbers.length)}</span>`,
      html`${label(t.projects.toCall)}<span class="tabular">${formats.number(numbersToCall.length)}</span>`,
      endsOn === null ? html`<span class="muted">${t.noLastDay}</span>` : formats.day(endsOn),
      html`<button type="button" class="plain" data-action="edit" aria-label=${t.editNamed(name)} @click=${() => void this.#open(project)}>${t.edit}</button>${this.renderEnd(project)}`,
    ];
  }
}

/** What a list allows besides the numbers to call, such as beginnings of numbers: it is kept. */
function otherAllowed(project: Project | undefined): readonly string[] {
  const toCall = new Set(project?.numbersToCall.map(({ number }) => number));
  return project?.dialPolicy.allowed?.filter((entry) => !toCall.has(entry)) ?? [];
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-projects': CwNumberProjects;
  }
}
