import { imports } from '@callweave/sdk';
import type { Import, ImportKindName } from '@callweave/sdk/protocol';
import { css, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deviceTerms } from '../../translations/device-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { readCsvFile } from '../number-pairings/csv-text.ts';

const tableImportStyles = css`
  td:last-child:not([colspan]) {
    text-align: start;
    white-space: normal;
  }

  .scroll {
    max-block-size: 20em;
    overflow: auto;
  }

  progress {
    inline-size: 100%;
  }
`;

/** A colour beside the word; what is under way has none. */
const CHIPS: Readonly<Partial<Record<Import['state'], string>>> = {
  ready: 'warning',
  faulty: 'danger',
  applied: 'success',
  aborted: 'danger',
};

/** More are counted, not shown. */
const SHOWN = 200;

/**
 * @summary Import of a table: a file is checked row by row, its faults are told by line and column, a person confirms, and
 * all rows are written together or none. It goes on when the page is closed.
 *
 * @csspart faults - What is wrong, line by line.
 */
export class CwTableImport extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(560),
    tableImportStyles,
  ];

  protected override readonly locale = new LocaleController(this, deviceTerms, problemTerms);
  readonly #commands = new CommandController(this);
  readonly #import = new FollowController<Import | undefined>(this, {
    key: () => this.given?.id,
    open: () => this.given && this.feature(imports)?.follow(this.given),
  });

  @state() private given: Import | undefined;
  @state() private unreadable = false;

  /** What is imported. */
  @property() kind: ImportKindName = 'devices';
  /** Its heading; otherwise that of devices. */
  @property() heading = '';
  /** What the file has to hold, in a sentence; otherwise that of devices. */
  @property() about = '';

  readonly #handleFile = async (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    const text = await readCsvFile(file);
    this.unreadable = text === undefined;
    this.given = undefined;
    if (text === undefined) return;
    await this.#commands.run('upload', async () => {
      this.given = await this.feature(imports)?.upload(this.kind, text, file.name);
    });
  };

  #handle(command: 'confirm' | 'abort', importId: string): void {
    void this.#commands.run(command, async () => this.feature(imports)?.[command](importId));
  }

  readonly #handleAgain = () => {
    this.given = undefined;
    this.#commands.clear();
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { import: t } = this.locale.terms.devices;
    const { pending, error } = this.#commands;
    const present = this.given && (this.#import.value ?? this.given);
    const open = present === undefined || ['faulty', 'aborted'].includes(present.state);
    return html`<section class="surface stack" aria-labelledby="title">
      <div class="row spread"><h3 id="title">${this.heading || t.title}</h3>
        ${present ? html`<span class="chip ${CHIPS[present.state] ?? ''}" data-state=${present.state}>${t.state[present.state]}</span>` : ''}</div>
      <p class="small muted">${this.about || t.about}</p>
      ${
        open
          ? html`<div class="field"><label for="file">${t.file}</label>
            <input id="file" type="file" accept=".csv,text/csv,text/plain" ?disabled=${pending !== undefined} @change=${this.#handleFile}></div>`
          : ''
      }
      <div role="status" class="stack">
        ${this.unreadable ? html`<p class="message danger">${warningIcon}<span>${t.unreadable}</span></p>` : ''}
        ${error === undefined ? '' : html`<p class="message danger">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
        ${present ? this.#renderState(present) : pending === 'upload' ? html`<progress aria-label=${t.state.receiving}></progress>` : ''}
      </div>
      ${present ? this.#renderActions(present, pending !== undefined) : ''}
      ${present?.state === 'ready' ? this.#renderPreview(present) : ''}
      ${present && present.faults.length > 0 ? this.#renderFaults(present) : ''}
    </section>`;
  }

  #renderState({ state: now, rows, checked, applied, faultCount }: Import): TemplateResult | '' {
    const { import: t } = this.locale.terms.devices;
    const { number } = this.locale.formats;
    switch (now) {
      case 'receiving':
      case 'applying':
        return html`<label class="small">${t.state[now]} <progress></progress></label>`;
      case 'checking':
        return html`<label class="small">${t.progress(number(checked), number(rows))} <progress max=${Math.max(1, rows)} value=${checked}></progress></label>`;
      case 'ready':
        return html`<p class="message">${checkIcon}<span>${t.ready(number(rows))}</span></p>`;
      case 'faulty':
        return html`<p class="message danger">${warningIcon}<span>${t.faulty(number(faultCount))}</span></p>`;
      case 'applied':
        return html`<p class="message success">${checkIcon}<span>${t.applied(number(applied))}</span></p>`;
      case 'aborted':
        return '';
    }
  }

  #renderActions({ id, state: now, rows }: Import, busy: boolean): TemplateResult {
    const { import: t } = this.locale.terms.devices;
    return html`<div class="row">
      ${now === 'ready' ? html`<button type="button" class="primary" data-action="confirm" ?disabled=${busy} @click=${() => this.#handle('confirm', id)}>${t.confirm(this.locale.formats.number(rows))}</button>` : ''}
      ${['receiving', 'checking', 'ready', 'applying'].includes(now) ? html`<button type="button" data-action="abort" ?disabled=${busy} @click=${() => this.#handle('abort', id)}>${t.abort}</button>` : ''}
      ${now === 'applied' ? html`<button type="button" data-action="again" @click=${this.#handleAgain}>${t.again}</button>` : ''}
    </div>`;
  }

  #renderPreview({ preview }: Import): TemplateResult {
    const { import: t } = this.locale.terms.devices;
    const columns = [...new Set(preview.flatMap(({ cells }) => Object.keys(cells)))];
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${t.preview}><table role="table" aria-label=${t.preview}>
      <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t.line}</th>${columns.map((name) => html`<th role="columnheader" scope="col"><bdi dir="ltr">${name}</bdi></th>`)}</tr></thead>
      <tbody role="rowgroup">${preview.map(
        ({
          line,
          cells,
        }) => html`<tr role="row"><td role="cell" class="tabular" data-label=${t.line}>${this.locale.formats.number(line)}</td>
          ${columns.map((name) => html`<td role="cell" data-label=${name}><bdi>${cells[name] ?? ''}</bdi></td>`)}</tr>`,
      )}</tbody></table></div>`;
  }

  #renderFaults({ faults }: Import): TemplateResult {
    const { import: t } = this.locale.terms.devices;
    return html`<div part="faults" class="scroll" tabindex="0" role="group" aria-label=${t.what}><table role="table" aria-label=${t.what}>
      <thead role="rowgroup"><tr role="row">${[t.line, t.column, t.what].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
      <tbody role="rowgroup">${faults.slice(0, SHOWN).map(
        ({ line, column, code }) => html`<tr role="row" data-line=${line}>
          <td role="cell" class="tabular" data-label=${t.line}>${this.locale.formats.number(line)}</td>
          <td role="cell"><bdi dir="ltr">${column ?? t.wholeLine}</bdi></td><td role="cell">${t.fault[code]}</td></tr>`,
      )}</tbody></table></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-table-import': CwTableImport;
  }
}
