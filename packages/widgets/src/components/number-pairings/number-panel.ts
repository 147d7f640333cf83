import { type Loadable, type Readable, type VirtualNumbers, virtualNumbers } from '@callweave/sdk';
import { foldText, normalizeNumber } from '@callweave/sdk/protocol';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { offerFocus } from '../../elements/offer-focus.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { virtualNumberTerms } from '../../translations/virtual-number-terms.ts';
import { planOfNumber } from '../dial-pad/dialled-number.ts';
import { narrowRows, numberPanelStyles } from './number-pairings.styles.ts';
import { WindowedRows } from './windowed-rows.ts';

export interface EndOfRow {
  /** What is about to end. */
  readonly name: string;
  readonly word: string;
  /** What it means, asked once. */
  readonly sure: string;
  readonly task: () => Promise<unknown> | undefined;
  /** Said afterwards. */
  readonly done: string;
}

/** One tab: a list that is searched, drawn as far as it is seen, with a form above it. */
export abstract class NumberPanel<Row extends { readonly id: string }> extends DeskElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    numberPanelStyles,
    narrowRows(720),
  ];

  protected override readonly locale = new LocaleController(this, virtualNumberTerms, problemTerms);
  protected readonly commands = new CommandController(this);
  protected readonly windowed = new WindowedRows(this, () => this.found.length);

  @state() protected search = '';
  /** The row that is about to end. */
  @state() protected sure: string | undefined;
  @state() protected announced = '';
  /** What was typed as a number is none. */
  @state() protected notANumber = false;

  #foundFor: unknown[] = [];
  #found: readonly Row[] = [];

  constructor() {
    super();
    for (const source of ['projects', 'numbers', 'fieldCallers', 'pairings'] as const)
      new ReadableController<unknown>(this, () => this.numbers?.[source] as Readable<unknown> | undefined);
  }

  protected get numbers(): VirtualNumbers | undefined {
    return this.feature(virtualNumbers);
  }

  /** What this panel lists. */
  protected abstract get list(): Loadable<readonly Row[]> | undefined;
  /** What of a row a search looks through. */
  protected abstract wordsOf(row: Row): readonly string[];
  protected abstract renderCells(row: Row): readonly unknown[];

  /** What of the list the search finds. */
  protected get found(): readonly Row[] {
    const rows = this.list?.status === 'ready' ? this.list.value : [];
    const wanted = [rows, this.search];
    if (wanted.some((each, index) => each !== this.#foundFor[index])) {
      this.#foundFor = wanted;
      const text = foldText(this.search);
      const digits = text.replace(/[\s+()-]/g, '').replace(/^0+/, '');
      const matches = (word: string) =>
        foldText(word).includes(text) || (/^\d{3,}$/.test(digits) && word.replace(/\D/g, '').includes(digits));
      this.#found = text === '' ? rows : rows.filter((row) => this.wordsOf(row).some(matches));
    }
    return this.#found;
  }

  /** Runs a command of the panel; what it says afterwards is announced. */
  protected async run(name: string, task: () => Promise<unknown> | undefined, done: string): Promise<boolean> {
    const ran = await this.commands.run(name, async () => task());
    if (!ran) return false;
    this.sure = undefined;
    this.announced = done;
    return true;
  }

  /** In E.164, written as in the country of our own numbers; what is none is said at its field. */
  protected readNumber(text: string): string | undefined {
    const own = this.numbers?.numbers.get();
    const number = normalizeNumber(text, planOfNumber(own?.status === 'ready' ? own.value[0]?.number : undefined));
    this.notANumber = number === undefined;
    if (this.notANumber) this.renderRoot.querySelector<HTMLElement>('#number')?.focus();
    return number;
  }

  protected renderNumberError(): TemplateResult {
    const words = this.notANumber ? this.locale.terms.problems.desk['dial-not-a-number'] : nothing;
    return html`<span id="number-error" class="field-error" role="status">${words}</span>`;
  }

  protected phone(number: string): string {
    return `\u2066${this.locale.formats.phone(number)}\u2069`;
  }

  protected renderPhone(number: string): TemplateResult {
    return html`<bdi dir="ltr" class="tabular">${this.locale.formats.phone(number)}</bdi>`;
  }

  protected renderFailure(error: unknown): TemplateResult | typeof nothing {
    return error === undefined
      ? nothing
      : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }

  protected renderSaid(): TemplateResult {
    return html`<p role="status" class="small ${this.announced === '' ? 'visually-hidden' : ''}">${this.announced}</p>${this.renderFailure(this.commands.error)}`;
  }

  protected renderSearch(): TemplateResult {
    const t = this.locale.terms.virtualNumbers;
    return html`<div class="search"><input type="search" aria-label=${t.search} placeholder=${t.search} dir="auto" .value=${this.search} @input=${(
      event: Event,
    ) => {
      this.search = (event.target as HTMLInputElement).value;
      this.windowed.toTop();
    }}></div>`;
  }

  /** What ends a row, after asking once in its place. */
  protected endOf(_row: Row): EndOfRow | undefined {
    return undefined;
  }

  protected renderEnd(row: Row): TemplateResult | typeof nothing {
    const end = this.endOf(row);
    if (!end) return nothing;
    return html`<button type="button" class="plain danger" data-action="end" aria-label="${end.word} — ${end.name}" ?disabled=${this.commands.pending !== undefined} @click=${async () => {
      this.commands.clear();
      this.sure = row.id;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[data-action="keep"]')?.focus();
    }}>${end.word}</button>`;
  }

  #renderSure(row: Row, { word, name, sure, task, done }: EndOfRow): TemplateResult {
    const { keep } = this.locale.terms.virtualNumbers;
    const leave = () => {
      this.sure = undefined;
      void offerFocus(() => this.renderRoot.querySelector<HTMLElement>(`[data-id="${row.id}"] [data-action="end"]`));
    };
    const handleKeydown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave();
    };
    return html`<span role="cell"><bdi>${name}</bdi></span>
      <span role="cell" @keydown=${handleKeydown}><span class="small">${sure}</span>
        <button type="button" class="danger" data-action="confirm" aria-label="${word} — ${name}" ?disabled=${this.commands.pending !== undefined} @click=${() => void this.run('end', task, done)}>${word}</button>
        <button type="button" data-action="keep" @click=${leave}>${keep}</button></span>`;
  }

  protected renderList(label: string, columns: readonly string[], empty: string): TemplateResult {
    const t = this.locale.terms.virtualNumbers;
    const { list, found } = this;
    if (list?.status === 'failed') return html`${this.renderFailure(list.error)}`;
    if (list?.status !== 'ready')
      return html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`;
    if (list.value.length === 0) return html`<p class="empty">${empty}</p>`;
    if (found.length === 0) return html`<p class="empty">${t.noMatch}</p>`;
    const { first, end } = this.windowed.range;
    return html`<div class="rows" part="rows" role="table" tabindex="0" aria-label=${label} aria-rowcount=${found.length + 1} @scroll=${this.windowed.handleScroll}>
        <div role="row" class="head" aria-rowindex="1">${columns.map((name) => html`<span role="columnheader">${name}</span>`)}</div>
        <div class="before" role="presentation"></div>
        ${repeat(
          found.slice(first, end),
          ({ id }) => id,
          (row, index) => {
            const end = this.sure === row.id ? this.endOf(row) : undefined;
            const cells = () => this.renderCells(row).map((cell) => html`<span role="cell">${cell}</span>`);
            return html`<div role="row" class="line ${end ? 'asks' : ''}" data-id=${row.id} aria-rowindex=${first + index + 2}>${end ? this.#renderSure(row, end) : cells()}</div>`;
          },
        )}
        <div class="after" role="presentation"></div>
      </div>`;
  }
}
