import type { Loadable } from '@callweave/sdk';
import type { FictitiousNumber } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { type EndOfRow, NumberPanel } from './number-panel.ts';

/** @summary Numbers of ours that stand for real ones: in stock, or of a project. Part of `<cw-number-pairings>`. */
export class CwNumberStock extends NumberPanel<FictitiousNumber> {
  static override styles = [
    ...[NumberPanel.styles].flat(),
    css`
      :host {
        --_columns: minmax(10em, 1fr) minmax(10em, 1.5fr) 8em minmax(10em, 1.2fr);
      }
    `,
  ];

  protected override get list(): Loadable<readonly FictitiousNumber[]> | undefined {
    return this.numbers?.numbers.get();
  }

  protected override wordsOf({ number, project }: FictitiousNumber): readonly string[] {
    return [number, project?.name ?? this.locale.terms.virtualNumbers.numbers.stock];
  }

  get #projects() {
    const projects = this.numbers?.projects.get();
    return projects?.status === 'ready' ? projects.value : [];
  }

  readonly #handleAdd = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const [number, project] = [this.readNumber(String(data.get('number'))), String(data.get('project'))];
    if (number === undefined) return;
    const t = this.locale.terms.virtualNumbers.numbers;
    const task = () => this.numbers?.addNumber(number, ...(project === '' ? [] : [project]));
    if (!(await this.run('add', task, t.added(this.phone(number))))) return;
    form.reset();
    this.renderRoot.querySelector<HTMLElement>('#number')?.focus();
  };

  #handleAssign(row: FictitiousNumber, event: Event): void {
    const select = event.target as HTMLSelectElement;
    const projectId = select.value === '' ? null : select.value;
    const said = this.locale.terms.virtualNumbers.numbers.moved(this.phone(row.number));
    void this.run('assign', () => this.numbers?.assignNumber(row.id, projectId), said).then((done) => {
      // Refused: the choice shows what is true.
      if (!done) select.value = row.project?.id ?? '';
    });
  }

  #options(chosen: string | null): TemplateResult {
    const { stock } = this.locale.terms.virtualNumbers.numbers;
    return html`<option value="" ?selected=${chosen === null}>${stock}</option>${this.#projects.map(({ id, name }) => html`<option value=${id} ?selected=${chosen === id}>${name}</option>`)}`;
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.virtualNumbers;
    const { numbers } = t;
    return html`<div class="stack">
      <form @submit=${this.#handleAdd}>
        <div class="field"><label for="number">${numbers.number}</label><input id="number" name="number" dir="ltr" inputmode="tel" autocomplete="off" required aria-describedby="number-error" aria-invalid=${this.notANumber}>${this.renderNumberError()}</div>
        <div class="field"><label for="project">${t.project}</label><select id="project" name="project">${this.#options(null)}</select></div>
        <div class="row decide"><button class="primary" data-action="add" ?disabled=${this.commands.pending !== undefined}>${numbers.add}</button></div>
      </form>
      ${this.renderSaid()}
      <div class="row">${this.renderSearch()}</div>
      ${this.renderList(t.tabs.numbers, [numbers.number, t.project, t.tabs.pairings, t.actions], numbers.empty)}
    </div>`;
  }

  protected override endOf({ id, number }: FictitiousNumber): EndOfRow {
    const { remove, sure, removed } = this.locale.terms.virtualNumbers.numbers;
    const name = this.phone(number);
    return { name, word: remove, sure, task: () => this.numbers?.removeNumber(id), done: removed(name) };
  }

  protected override renderCells(row: FictitiousNumber): readonly unknown[] {
    const { numbers: t } = this.locale.terms.virtualNumbers;
    const { number, project, pairings } = row;
    const busy = this.commands.pending !== undefined;
    return [
      this.renderPhone(number),
      // What is paired stays where it is: the server refuses it too.
      pairings > 0
        ? html`<bdi>${project?.name ?? t.stock}</bdi>`
        : html`<select data-action="assign" aria-label=${t.projectOf(this.phone(number))} ?disabled=${busy} @change=${(event: Event) => this.#handleAssign(row, event)}>${this.#options(project?.id ?? null)}</select>`,
      html`<span class="muted">${t.paired(pairings)}</span>`,
      pairings > 0 ? nothing : this.renderEnd(row),
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-stock': CwNumberStock;
  }
}
