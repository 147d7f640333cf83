import { devices, type Loadable } from '@callweave/sdk';
import type { Device } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deviceTerms } from '../../translations/device-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwDeviceOpenEvent } from './device-list.events.ts';
import { deviceListStyles } from './device-list.styles.ts';
import { identityOf, serviceChip } from './device-words.ts';

/**
 * @summary The devices of a customer, with warranty and service. A buyer sees their own; staff name the customer.
 *
 * @event {CwDeviceOpenEvent} cw-device-open - Somebody wants to see a device.
 * @csspart row - One device.
 * @cssproperty [--cw-device-list-height=32em] - Height from which the list scrolls.
 */
export class CwDeviceList extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, tableStyles(960), deviceListStyles];

  protected override readonly locale = new LocaleController(this, deviceTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Device[]>>(this, {
    // A string for each customer and none: a buyer's page names nobody.
    key: () => this.activeDesk && (this.customerId ?? ''),
    open: () => this.feature(devices)?.follow(this.customerId),
  });

  /** Whose devices; left out on a buyer's page. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;
  /** Offers to open a device; the page decides what that means. */
  @property({ type: Boolean }) openable = false;

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { devices: t } = this.locale.terms;
    const list = this.#list.value;
    const shown = list?.status === 'ready' ? list.value : [];
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2>
          <span class="small muted" role="status">${shown.length > 0 ? t.count(this.locale.formats.number(shown.length)) : ''}</span></div>
        ${
          list?.status === 'failed'
            ? html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(list.error, this.locale.terms)}</span></p>`
            : list?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : shown.length === 0
                ? html`<p class="empty">${t.empty}</p>`
                : this.#renderTable(shown)
        }
      </section>
    `;
  }

  #renderTable(list: readonly Device[]): TemplateResult {
    const { columns } = this.locale.terms.devices;
    const headings = [columns.device, columns.identity, columns.installed, columns.warranty, columns.serviceEnd];
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          ${[...headings, columns.state].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
          ${this.openable ? html`<th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th>` : ''}
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          list,
          ({ id }) => id,
          (device) => this.#renderRow(device),
        )}</tbody>
      </table></div>
    `;
  }

  #renderRow(device: Device): TemplateResult {
    const { devices: t } = this.locale.terms;
    const { formats } = this.locale;
    const { installedOn, warrantyEndsOn, serviceEndsOn, asOf } = device;
    const identities = [
      [t.serial, device.serial],
      [t.dongle, device.dongle],
      [t.userId, device.userId],
    ].filter((pair): pair is [string, string] => pair[1] !== null);
    return html`
      <tr role="row" part="row" data-device=${device.id}>
        <td role="cell" class="model"><bdi>${device.brand} ${device.model}</bdi></td>
        <td role="cell">${identities.map(
          ([name, value]) =>
            html`<div><span class="small muted">${name}</span> <bdi dir="ltr" class="tabular">${value}</bdi></div>`,
        )}</td>
        <td role="cell" data-label=${t.columns.installed}>${installedOn === null ? t.notYet : formats.day(installedOn)}</td>
        <td role="cell" data-label=${t.columns.warranty}>${warrantyEndsOn === null ? t.none : formats.day(warrantyEndsOn)}
          ${warrantyEndsOn !== null && warrantyEndsOn < asOf ? html`<span class="chip">${t.warrantyOver}</span>` : ''}</td>
        <td role="cell" data-label=${t.columns.serviceEnd}>${serviceEndsOn === null ? t.none : formats.day(serviceEndsOn)}</td>
        <td role="cell">${serviceChip(device, t, formats.number)}</td>
        ${
          this.openable
            ? html`<td role="cell"><button type="button" aria-label=${t.openNamed(`${device.brand} ${device.model} ${identityOf(device)}`)}
                @click=${() => this.dispatchEvent(new CwDeviceOpenEvent(device))}>${t.open}</button></td>`
            : ''
        }
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-device-list': CwDeviceList;
  }
}
