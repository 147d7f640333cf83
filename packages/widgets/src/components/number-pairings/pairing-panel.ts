import type { Loadable } from '@callweave/sdk';
import type { Pairing } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import { narrowRows } from './number-pairings.styles.ts';
import { type EndOfRow, NumberPanel } from './number-panel.ts';

const LOOKS = { active: 'success', expired: 'warning', ended: '' } as const;

/** @summary Which fictitious number stands for which field caller, and until when. Part of `<cw-number-pairings>`. */
export class CwNumberPairingList extends NumberPanel<Pairing> {
  static override styles = [
    ...[NumberPanel.styles].flat(),
    narrowRows(980),
    css`
      :host {
        --_columns: 3em minmax(6em, 1.2fr) minmax(9em, 1fr) minmax(6em, 1.2fr) 10em minmax(7em, 0.8fr) 6em minmax(12em, 1.2fr);
      }
    `,
  ];

  /** The form above the list. */
  @state() private form:
    | { readonly kind: 'create' }
    | { readonly kind: 'prolong'; readonly pairing: Pairing }
    | undefined;
  @state() private day = '';
  @state() private importing = false;

  protected override get list(): Loadable<readonly Pairing[]> | undefined {
    return this.numbers?.pairings.get();
  }

  protected override wordsOf({ project, fictitiousNumber, fieldCaller }: Pairing): readonly string[] {
    return [project.name, fictitiousNumber, fieldCaller.name, fieldCaller.number];
  }

  async #open(form: NonNullable<typeof this.form>): Promise<void> {
    this.commands.clear();
    this.form = form;
    this.importing = false;
    this.day = form.kind === 'prolong' ? (form.pairing.expiresOn ?? '') : '';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('form select, form cw-day-field')?.focus();
  }

  readonly #handleImport = () => {
    this.form = undefined;
    this.importing = !this.importing;
  };

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { form, day } = this;
    if (!form || day === 'invalid') return;
    const t = this.locale.terms.virtualNumbers.pairings;
    const data = new FormData(event.target as HTMLFormElement);
    const [numberId, callerId] = [String(data.get('number') ?? ''), String(data.get('caller') ?? '')];
    const done =
      form.kind === 'prolong'
        ? await this.run('prolong', () => this.numbers?.prolong(form.pairing.id, day === '' ? null : day), t.prolonged)
        : await this.run(
            'create',
            () => this.numbers?.pair(numberId, callerId, ...(day === '' ? [] : [day])),
            t.paired(this.phone(this.#numbers.find(({ id }) => id === numberId)?.number ?? ''), this.#nameOf(callerId)),
          );
    if (done) this.form = undefined;
  };

  get #numbers() {
    const numbers = this.numbers?.numbers.get();
    return numbers?.status === 'ready' ? numbers.value.filter(({ project }) => project !== null) : [];
  }

  get #callers() {
    const callers = this.numbers?.fieldCallers.get();
    return callers?.status === 'ready' ? callers.value.filter(({ active }) => active) : [];
  }

  #nameOf(callerId: string): string {
    return `\u2068${this.#callers.find(({ id }) => id === callerId)?.name ?? ''}\u2069`;
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.virtualNumbers;
    const columns = [
      t.pairings.spokenId,
      t.project,
      t.fictitious,
      t.caller,
      t.callers.number,
      t.lastDay,
      t.pairings.state,
      t.actions,
    ];
    return html`<div class="stack">
      <div class="row">
        ${this.renderSearch()}
        <button type="button" class="primary" data-action="create" aria-expanded=${this.form?.kind === 'create'} @click=${() => void this.#open({ kind: 'create' })}>${t.pairings.create}</button>
        <button type="button" data-action="import" aria-expanded=${this.importing} @click=${this.#handleImport}>${t.pairings.import}</button>
        <a class="button" data-action="export" href=${this.numbers?.exportUrl ?? ''} download="pairings.csv">${t.pairings.export}</a>
        <span class="muted small tabular">${this.list?.status === 'ready' ? t.shown(this.locale.formats.number(this.found.length)) : nothing}</span>
      </div>
      ${this.renderSaid()}
      ${this.importing ? html`<cw-number-import .desk=${this.desk} part="import"></cw-number-import>` : nothing}
      ${this.form ? this.#renderForm(this.form) : nothing}
      ${this.renderList(t.tabs.pairings, columns, t.pairings.empty)}
    </div>`;
  }

  #renderForm(form: NonNullable<typeof this.form>): TemplateResult {
    const { essential, virtualNumbers: t } = this.locale.terms;
    const busy = this.commands.pending !== undefined;
    if (form.kind === 'create' && (this.#numbers.length === 0 || this.#callers.length === 0))
      return html`<p class="empty">${t.pairings.nothingToPair}</p>`;
    const choose = html`<option value="">${t.pairings.choose}</option>`;
    return html`<form @submit=${this.#handleSubmit} @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') this.form = undefined;
    }}>
      ${
        form.kind === 'prolong'
          ? html`<p class="wide"><bdi>${form.pairing.fieldCaller.name}</bdi> · ${this.renderPhone(form.pairing.fictitiousNumber)} · <bdi>${form.pairing.project.name}</bdi></p>`
          : html`<div class="field"><label for="number">${t.fictitious}</label><select id="number" name="number" required>${choose}${this.#numbers.map(
              ({ id, number, project }) =>
                html`<option value=${id}>${this.phone(number)} · \u2068${project?.name}\u2069</option>`,
            )}</select></div>
            <div class="field"><label for="caller">${t.caller}</label><select id="caller" name="caller" required>${choose}${this.#callers.map(({ id, name, number }) => html`<option value=${id}>\u2068${name}\u2069 · ${this.phone(number)}</option>`)}</select></div>`
      }
      <cw-day-field .desk=${this.desk} label=${t.lastDay} note=${t.optional} .value=${this.day} @cw-day=${(
        event: CwDayEvent,
      ) => {
        this.day = event.value;
      }}></cw-day-field>
      <div class="row decide"><button class="primary" data-action="save" ?disabled=${busy}>${form.kind === 'create' ? t.pairings.create : t.save}</button>
        <button type="button" class="plain" @click=${() => {
          this.form = undefined;
        }}>${essential.cancel}</button></div>
    </form>`;
  }

  #titleOf({ fieldCaller, fictitiousNumber }: Pairing): string {
    return `${fieldCaller.name}, ${this.phone(fictitiousNumber)}`;
  }

  protected override endOf(pairing: Pairing): EndOfRow {
    const { end, sure, ended } = this.locale.terms.virtualNumbers.pairings;
    const task = () => this.numbers?.endPairing(pairing.id);
    return { name: this.#titleOf(pairing), word: end, sure, task, done: ended };
  }

  protected override renderCells(pairing: Pairing): readonly unknown[] {
    const { pairings: t, noLastDay } = this.locale.terms.virtualNumbers;
    const { formats } = this.locale;
    const { spokenId, project, fictitiousNumber, fieldCaller, expiresOn, state: its } = pairing;
    return [
      html`<span class="tabular">${formats.digits(String(spokenId))}</span>`,
      html`<bdi>${project.name}</bdi>`,
      this.renderPhone(fictitiousNumber),
      html`<bdi>${fieldCaller.name}</bdi>`,
      this.renderPhone(fieldCaller.number),
      expiresOn === null ? html`<span class="muted">${noLastDay}</span>` : formats.day(expiresOn),
      html`<span class="chip ${LOOKS[its]}">${t.states[its]}</span>`,
      its === 'ended'
        ? nothing
        : html`<button type="button" class="plain" data-action="prolong" aria-label="${t.prolong} — ${this.#titleOf(pairing)}" @click=${() => void this.#open({ kind: 'prolong', pairing })}>${t.prolong}</button>${this.renderEnd(pairing)}`,
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-pairing-list': CwNumberPairingList;
  }
}
