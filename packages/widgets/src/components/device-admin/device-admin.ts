import { devices } from '@callweave/sdk';
import type { Device } from '@callweave/sdk/protocol';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deviceTerms } from '../../translations/device-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import { identityOf, serviceChip } from '../device-list/device-words.ts';

const DAYS = ['installedOn', 'warrantyEndsOn', 'serviceEndsOn'] as const;
type DayName = (typeof DAYS)[number];
const IDENTITIES = ['serial', 'dongle', 'userId'] as const;

/**
 * @summary What a manager keeps of devices: search, correct, enter one, types, and import of a table.
 *
 * @csspart row - One device.
 */
export class CwDeviceAdmin extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, tableStyles(720)];

  protected override readonly locale = new LocaleController(this, deviceTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private found: readonly Device[] | undefined;
  @state() private more = false;
  @state() private query = '';
  @state() private edited: Device | undefined;
  @state() private days: Partial<Record<DayName, string>> = {};
  @state() private said = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.activeDesk && this.found === undefined && this.#commands.pending === undefined && !this.#commands.error)
      void this.#search(false);
  }

  async #search(further: boolean): Promise<void> {
    await this.#commands.run('search', async () => {
      const before = further ? (this.found ?? []) : [];
      const page = await this.feature(devices)?.search(
        this.query === '' ? {} : { query: this.query },
        before.at(-1)?.id,
      );
      this.found = [...before, ...(page?.devices ?? [])];
      this.more = page?.more ?? false;
    });
  }

  readonly #handleSearch = (event: Event) => {
    event.preventDefault();
    this.query = String(new FormData(event.target as HTMLFormElement).get('query') ?? '').trim();
    void this.#search(false);
  };

  #handleEdit(device: Device | undefined): void {
    this.edited = device;
    this.days = {};
    this.said = '';
    this.#commands.clear();
  }

  readonly #handleSave = async (event: Event) => {
    event.preventDefault();
    const { edited } = this;
    if (!edited) return;
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const reason = text('reason');
    const done = await this.#commands.run('save', async () => {
      const saved = await this.feature(devices)?.update({
        deviceId: edited.id,
        ...Object.fromEntries(IDENTITIES.map((name) => [name, text(name) || null])),
        ...Object.fromEntries(Object.entries(this.days).map(([name, day]) => [name, day === '' ? null : day])),
        ...(reason === '' ? {} : { reason }),
      });
      if (saved) this.found = this.found?.map((device) => (device.id === saved.id ? saved : device));
    });
    if (!done) return;
    this.edited = undefined;
    this.said = this.locale.terms.devices.admin.saved;
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { admin: t } = this.locale.terms.devices;
    const { pending, error } = this.#commands;
    const { found } = this;
    return html`<div class="stack">
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        <form class="row" role="search" @submit=${this.#handleSearch}>
          <div class="field"><label for="query">${t.search}</label><input id="query" name="query" type="search" maxlength="80" aria-describedby="hint"><span id="hint" class="hint">${t.searchHint}</span></div>
          <button class="primary" ?disabled=${pending !== undefined}>${t.find}</button>
        </form>
        <p role="status" class="small">${this.said}</p>
        ${error === undefined ? '' : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
        ${this.edited ? this.#renderEdit(this.edited) : ''}
        ${
          found === undefined
            ? error === undefined
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : ''
            : found.length === 0
              ? html`<p class="empty">${this.query === '' ? this.locale.terms.devices.empty : t.noMatch}</p>`
              : this.#renderTable(found)
        }
        ${this.more ? html`<div class="row"><button type="button" data-action="more" ?disabled=${pending !== undefined} @click=${() => this.#search(true)}>${t.more}</button></div>` : ''}
      </section>
      <cw-new-device .desk=${this.desk} @cw-device-entered=${() => this.#search(false)}></cw-new-device>
      <cw-device-types .desk=${this.desk}></cw-device-types>
      <cw-table-import .desk=${this.desk} kind="devices"></cw-table-import>
    </div>`;
  }

  #renderTable(list: readonly Device[]): TemplateResult {
    const { columns, admin: t } = this.locale.terms.devices;
    const { formats } = this.locale;
    return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
      <thead role="rowgroup"><tr role="row">${[columns.device, columns.identity, columns.serviceEnd, columns.state].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        <th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th></tr></thead>
      <tbody role="rowgroup">${repeat(
        list,
        ({ id }) => id,
        (device) => html`<tr role="row" part="row" data-device=${device.id}>
          <td role="cell"><bdi>${device.brand} ${device.model}</bdi></td>
          <td role="cell"><bdi dir="ltr" class="tabular">${identityOf(device)}</bdi></td>
          <td role="cell" data-label=${columns.serviceEnd}>${device.serviceEndsOn === null ? this.locale.terms.devices.none : formats.day(device.serviceEndsOn)}</td>
          <td role="cell">${serviceChip(device, this.locale.terms.devices, formats.number)}</td>
          <td role="cell"><button type="button" aria-label=${`${t.edit}: ${device.brand} ${device.model} ${identityOf(device)}`} @click=${() => this.#handleEdit(device)}>${t.edit}</button></td></tr>`,
      )}</tbody></table></div>`;
  }

  #renderEdit(device: Device): TemplateResult {
    const { devices: terms } = this.locale.terms;
    const { admin: t, columns } = terms;
    const labels = {
      installedOn: columns.installed,
      warrantyEndsOn: columns.warranty,
      serviceEndsOn: columns.serviceEnd,
    };
    const invalid = Object.values(this.days).includes('invalid');
    return html`<form class="stack" data-edit=${device.id} aria-label=${`${t.edit}: ${device.brand} ${device.model} ${identityOf(device)}`} @submit=${this.#handleSave}>
      <div class="row">${IDENTITIES.map(
        (name) =>
          html`<div class="field"><label for=${name}>${terms[name]}</label><input id=${name} name=${name} dir="ltr" maxlength="80" .value=${device[name] ?? ''}></div>`,
      )}</div>
      ${DAYS.filter((name) => !(name === 'installedOn' && device.installationSealed)).map(
        (name) => html`<cw-day-field .desk=${this.desk} label=${labels[name]} .value=${device[name] ?? ''}
          @cw-day=${({ value }: CwDayEvent) => {
            this.days = { ...this.days, [name]: value };
          }}></cw-day-field>`,
      )}
      ${device.installationSealed ? html`<p class="small muted">${t.sealed}</p>` : ''}
      <div class="field"><label for="reason">${t.reason}</label><input id="reason" name="reason" maxlength="300"></div>
      <div class="row"><button class="primary" ?disabled=${invalid || this.#commands.pending !== undefined}>${t.save}</button>
        <button type="button" @click=${() => this.#handleEdit(undefined)}>${t.keep}</button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-device-admin': CwDeviceAdmin;
  }
}
