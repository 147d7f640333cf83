import { customers, devices, type Loadable } from '@callweave/sdk';
import type { CustomerSummary, Device, DeviceType } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { SearchController } from '../../controllers/search-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deviceTerms } from '../../translations/device-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import type { CwDayEvent } from '../day-field/day-field.events.ts';
import { identityOf } from '../device-list/device-words.ts';
import { CwDeviceEnteredEvent } from './new-device.events.ts';

const DAYS = ['installedOn', 'warrantyEndsOn', 'serviceEndsOn'] as const;
type DayName = (typeof DAYS)[number];
const IDENTITIES = ['serial', 'dongle', 'userId'] as const;
const MOST_FOUND = 8;

/**
 * @summary Enters one device for a customer, who is found by name, national code, username or number. Part of
 * `<cw-device-admin>`.
 *
 * @event {CwDeviceEnteredEvent} cw-device-entered - The device as it was entered.
 */
export class CwNewDevice extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles];

  protected override readonly locale = new LocaleController(this, deviceTerms, problemTerms);
  readonly #commands = new CommandController(this);
  readonly #search = new SearchController<CustomerSummary>(
    this,
    async (query, signal) => (await this.feature(customers)?.find(query, { signal, limit: MOST_FOUND })) ?? [],
  );
  readonly #types = new FollowController<Loadable<readonly DeviceType[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(devices);
      return feature && { state: feature.types, close: feature.openTypes() };
    },
  });

  @state() private customer: CustomerSummary | undefined;
  @state() private days: Partial<Record<DayName, string>> = {};
  @state() private said = '';

  async #choose(customer: CustomerSummary | undefined): Promise<void> {
    this.customer = customer;
    this.said = '';
    this.#search.clear();
    this.#commands.clear();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(customer ? '#type' : '#customer')?.focus();
  }

  readonly #handleSubmit = async (event: Event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { customer } = this;
    if (!customer) return;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    let entered: Device | undefined;
    const done = await this.#commands.run('enter', async () => {
      entered = await this.feature(devices)?.create({
        customerId: customer.id,
        typeId: text('type'),
        ...Object.fromEntries(IDENTITIES.map((name) => [name, text(name) || null])),
        ...Object.fromEntries(DAYS.map((name) => [name, this.days[name] || null])),
      });
    });
    if (!done || !entered) return;
    const { brand, model } = entered;
    this.said = this.locale.terms.devices.admin.entry.entered(
      `${brand} ${model} ${identityOf(entered)}`,
      customer.name,
    );
    this.customer = undefined;
    this.days = {};
    this.dispatchEvent(new CwDeviceEnteredEvent(entered));
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { entry: t } = this.locale.terms.devices.admin;
    const error = this.#commands.error ?? this.#search.error;
    return html`<section class="surface stack" aria-labelledby="title">
      <h3 id="title">${t.title}</h3>
      ${this.customer ? this.#renderForm(this.customer) : this.#renderSearch()}
      <p role="status" class="small">${this.said}</p>
      ${error === undefined ? '' : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
    </section>`;
  }

  #renderSearch(): TemplateResult {
    const { entry: t } = this.locale.terms.devices.admin;
    const { formats } = this.locale;
    const { results } = this.#search;
    return html`
      <div class="field"><label for="customer">${t.customer}</label>
        <input id="customer" type="search" autocomplete="off" maxlength="120" aria-describedby="customer-hint"
          @input=${(event: Event) => this.#search.search((event.target as HTMLInputElement).value)}>
        <span id="customer-hint" class="hint">${t.customerHint}</span></div>
      <p role="status" class="small muted">${results === undefined ? '' : results.length === 0 ? t.noCustomer : t.found(formats.number(results.length))}</p>
      <ul class="stack">${(results ?? []).map(
        (customer) =>
          html`<li><button type="button" data-customer=${customer.id} @click=${() => this.#choose(customer)}><bdi>${customer.name}</bdi> <bdi dir="ltr" class="tabular muted">${formats.digits(customer.username)}</bdi></button></li>`,
      )}</ul>`;
  }

  #renderForm(customer: CustomerSummary): TemplateResult {
    const { devices: terms } = this.locale.terms;
    const { entry: t } = terms.admin;
    const types = this.#types.value;
    const sold = types?.status === 'ready' ? types.value.filter(({ active }) => active) : [];
    const labels = {
      installedOn: terms.columns.installed,
      warrantyEndsOn: terms.columns.warranty,
      serviceEndsOn: terms.columns.serviceEnd,
    };
    const busy = this.#commands.pending !== undefined || Object.values(this.days).includes('invalid');
    return html`<form class="stack" data-customer=${customer.id} @submit=${this.#handleSubmit}>
      <p class="row">${t.customer}: <strong><bdi>${customer.name}</bdi></strong>
        <button type="button" data-action="other" @click=${() => this.#choose(undefined)}>${t.other}</button></p>
      <div class="field"><label for="type">${t.type}</label><select id="type" name="type" required>
        <option value="">${t.chooseType}</option>
        ${sold.map(({ id, brand, model }) => html`<option value=${id}>${brand} ${model}</option>`)}
      </select></div>
      <div class="row">${IDENTITIES.map(
        (name) =>
          html`<div class="field"><label for=${name}>${terms[name]}</label><input id=${name} name=${name} dir="ltr" maxlength="80" aria-describedby="identity-hint"></div>`,
      )}</div>
      <p id="identity-hint" class="small muted">${t.identityHint}</p>
      ${DAYS.map(
        (name) => html`<cw-day-field .desk=${this.desk} label=${labels[name]} .value=${''}
          @cw-day=${({ value }: CwDayEvent) => {
            this.days = { ...this.days, [name]: value };
          }}></cw-day-field>`,
      )}
      <p class="small muted">${t.daysHint}</p>
      <div class="row"><button class="primary" ?disabled=${busy}>${t.enter}</button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-new-device': CwNewDevice;
  }
}
