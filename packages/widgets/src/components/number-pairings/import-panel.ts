import { virtualNumbers } from '@callweave/sdk';
import type { ImportReport, ImportRowProblem } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { virtualNumberTerms } from '../../translations/virtual-number-terms.ts';
import { LONGEST_CSV, readCsvFile, saveFile, writeCsv } from './csv-text.ts';

const importStyles = css`
  td:last-child:not([colspan]) {
    text-align: start;
    white-space: normal;
  }
`;

/** More lines are in the report that can be saved. */
const SHOWN = 200;
const TEMPLATE = [
  ['project', 'fictitious_number', 'real_number', 'name', 'expires_on', 'locale'],
  ['Survey', '420234234501', '420601112233', 'Petr Dvořák', '2027-01-31', 'cs'],
] as const;

/**
 * @summary Import of pairings as CSV: a file or pasted lines are checked first, and every problem is told by its line, its
 * column and what to do; only a file without any is written. Part of `<cw-number-pairings>`.
 *
 * @csspart report - What is wrong, line by line.
 */
export class CwNumberImport extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, tableStyles(560), importStyles];

  protected override readonly locale = new LocaleController(this, virtualNumberTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private csv = '';
  @state() private trouble: 'unreadable' | 'tooLarge' | 'nothing' | undefined;
  @state() private report: ImportReport | undefined;

  readonly #handleFile = async (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    const text = await readCsvFile(file);
    this.#take(text ?? '');
    if (text === undefined) this.trouble = 'unreadable';
    else await this.#check();
  };

  #take(text: string): void {
    this.csv = text;
    this.report = undefined;
    this.trouble = undefined;
    this.#commands.clear();
  }

  readonly #handleSubmit = (event: Event) => {
    event.preventDefault();
    void this.#check();
  };

  async #check(): Promise<void> {
    this.trouble = this.csv.trim() === '' ? 'nothing' : this.csv.length > LONGEST_CSV ? 'tooLarge' : undefined;
    if (this.trouble) return;
    await this.#commands.run('check', async () => {
      this.report = await this.feature(virtualNumbers)?.importCsv(this.csv, { dryRun: true });
    });
  }

  readonly #handleApply = () =>
    void this.#commands.run('apply', async () => {
      this.report = await this.feature(virtualNumbers)?.importCsv(this.csv);
    });

  #handleSaveReport(problems: readonly ImportRowProblem[]): void {
    const t = this.locale.terms.virtualNumbers.import;
    const rows = problems.map(({ line, column, code }) => [
      String(line),
      column ?? t.wholeLine,
      t.problems[code].what,
      t.problems[code].fix,
    ]);
    saveFile(writeCsv([[t.line, t.column, t.what, t.fix], ...rows]), 'import-report.csv');
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.virtualNumbers.import;
    const { pending, error } = this.#commands;
    const { report } = this;
    return html`<div class="surface stack" role="group" aria-labelledby="title">
      <h3 id="title">${t.title}</h3>
      <p class="small muted">${t.about}</p>
      ${report?.applied ? nothing : this.#renderForm()}
      <div role="status" class="stack">
        ${pending === 'check' ? html`<label class="small">${t.checking} <progress aria-label=${t.checking}></progress></label>` : nothing}
        ${pending === 'apply' && report ? html`<label class="small">${t.applying(this.locale.formats.number(report.rows))} <progress aria-label=${t.title}></progress></label>` : nothing}
        ${this.trouble ? html`<p class="message danger">${warningIcon}<span>${t[this.trouble]}</span></p>` : nothing}
        ${error === undefined ? nothing : html`<p class="message danger">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
        ${report && pending !== 'check' ? this.#renderSummary(report) : nothing}
      </div>
      ${report && report.problems.length > 0 ? this.#renderProblems(report.problems) : nothing}
    </div>`;
  }

  #renderForm(): TemplateResult {
    const t = this.locale.terms.virtualNumbers.import;
    const busy = this.#commands.pending !== undefined;
    return html`<form class="stack" @submit=${this.#handleSubmit}>
      <div class="row"><div class="field"><label for="file">${t.file}</label><input id="file" type="file" accept=".csv,text/csv,text/plain" ?disabled=${busy} @change=${this.#handleFile}></div>
        <button type="button" class="link" data-action="template" @click=${() => saveFile(writeCsv(TEMPLATE), 'pairings-template.csv')}>${t.template}</button></div>
      <div class="field"><label for="csv">${t.paste}</label><textarea id="csv" dir="ltr" spellcheck="false" .value=${this.csv} @input=${(event: Event) => this.#take((event.target as HTMLTextAreaElement).value)}></textarea></div>
      <div class="row"><button class=${this.#writable ? '' : 'primary'} data-action="check" ?disabled=${busy}>${t.check}</button>
        ${this.#writable ? html`<button type="button" class="primary" data-action="apply" ?disabled=${busy} @click=${this.#handleApply}>${t.apply(this.locale.formats.number(this.report?.rows ?? 0))}</button>` : nothing}</div>
    </form>`;
  }

  /** Checked, without a problem, and not written yet. */
  get #writable(): boolean {
    return (
      this.report !== undefined && !this.report.applied && this.report.rows > 0 && this.report.problems.length === 0
    );
  }

  #renderSummary(report: ImportReport): TemplateResult {
    const t = this.locale.terms.virtualNumbers.import;
    const { number } = this.locale.formats;
    const { created, changed, unchanged, newFieldCallers, newFictitiousNumbers, problems } = report;
    if (problems.length > 0)
      return html`<p class="message danger">${warningIcon}<span>${t.wrong(number(problems.length))}</span></p>`;
    const counts = [number(created), number(changed), number(unchanged)] as const;
    if (!report.applied)
      return html`<p class="message">${checkIcon}<span>${t.would(...counts)} ${t.wouldAdd(number(newFieldCallers), number(newFictitiousNumbers))}</span></p>`;
    return html`<p class="message success">${checkIcon}<span>${t.done(...counts)}</span></p>
      <div class="row"><button type="button" data-action="again" @click=${() => this.#take('')}>${t.again}</button></div>`;
  }

  #renderProblems(problems: readonly ImportRowProblem[]): TemplateResult {
    const t = this.locale.terms.virtualNumbers.import;
    const { formats } = this.locale;
    const column = (name: string) => html`<th role="columnheader" scope="col">${name}</th>`;
    return html`<div part="report" class="stack">
      <div class="row"><button type="button" data-action="save-report" @click=${() => this.#handleSaveReport(problems)}>${t.saveReport}</button></div>
      <div class="scroll" tabindex="0" role="group" aria-label=${t.what}><table role="table" aria-label=${t.what}>
        <thead role="rowgroup"><tr role="row">${column(t.line)}${column(t.column)}${column(t.what)}${column(t.fix)}</tr></thead>
        <tbody role="rowgroup">${problems.slice(0, SHOWN).map(
          ({ line, column: name, code }) => html`<tr role="row" data-line=${line}>
            <td role="cell" class="tabular" data-label=${t.line}>${formats.number(line)}</td>
            <td role="cell"><bdi dir="ltr">${name ?? t.wholeLine}</bdi></td>
            <td role="cell">${t.problems[code].what}</td>
            <td role="cell" class="muted">${t.problems[code].fix}</td></tr>`,
        )}</tbody>
      </table></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-import': CwNumberImport;
  }
}
