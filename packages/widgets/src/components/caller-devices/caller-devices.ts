import type { CallPortal, ServiceStateName } from '@callweave/sdk/protocol';
import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { checkIcon, warningIcon } from '../../icons/badge-icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { callerDevicesTerms } from '../../translations/caller-devices-terms.ts';

type Look = '' | 'success' | 'warning' | 'danger';

/** In the order in which an agent wants to know. */
const LOOKS: Readonly<Record<ServiceStateName, Look>> = {
  expired: 'danger',
  declined: 'warning',
  'not-activated': 'warning',
  'per-case': '',
  active: 'success',
  renewed: 'success',
};

/**
 * @summary What a caller has who has bought devices, at one glance: how many in which state of service, which to ask about
 * first, warranty, open tickets, debt against ceiling. Stands on `<cw-incoming-call>`, which loads it with the first such
 * call.
 */
export class CwCallerDevices extends DeskElement {
  static override styles = [
    baseStyles,
    chipStyles,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: var(--_size-s);
      }

      .chip {
        white-space: normal;
      }
    `,
  ];
  static override properties: PropertyDeclarations = { portal: { attribute: false } };

  protected override readonly locale = new LocaleController(this, callerDevicesTerms);

  /** As the call has it: `Call.portal`. */
  portal: CallPortal | null | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { portal } = this;
    if (!portal) return nothing;
    const t = this.locale.terms.callerDevices;
    const { number } = this.locale.formats;
    const { devices, inWarranty, openTickets } = portal;
    return html`<ul aria-label=${t.label}>
      <li><strong>${t.devices(devices, number(devices))}</strong></li>
      ${(Object.keys(LOOKS) as ServiceStateName[]).map((state) => this.#renderState(portal, state))}
      ${inWarranty > 0 ? html`<li>${t.inWarranty(number(inWarranty))}</li>` : nothing}
      <li data-tickets=${openTickets}>${t.tickets(openTickets, number(openTickets))}</li>
      ${this.#renderDebt(portal.debt)}
    </ul>`;
  }

  #renderState({ service, attention }: CallPortal, state: ServiceStateName): TemplateResult | typeof nothing {
    const count = service[state];
    if (!count) return nothing;
    const t = this.locale.terms.callerDevices;
    const { number } = this.locale.formats;
    const first = attention?.state === state ? attention : undefined;
    const days = first?.daysLeft ?? undefined;
    const look = days === undefined ? LOOKS[state] : 'warning';
    return html`<li><span class="chip ${look}" data-state=${state}>${icon(look)}<span>${t.service[state](number(count))}${
      first ? html`: <bdi>${first.brand} ${first.model}</bdi>` : nothing
    }${days === undefined ? nothing : html`, ${t.daysLeft(days, number(days))}`}</span></span></li>`;
  }

  #renderDebt({ balance, ceiling, level, override }: CallPortal['debt']): TemplateResult {
    const t = this.locale.terms.callerDevices;
    if (balance.amount <= 0) return html`<li>${t.owesNothing}</li>`;
    const { locale } = this.locale;
    const sum = moneyWords(balance, locale);
    const words = ceiling ? t.owesOf(sum, moneyWords(ceiling, locale)) : t.owes(sum);
    const look: Look = level === 'clear' ? '' : level === 'ceiling' && !override ? 'danger' : 'warning';
    const more = level === 'ceiling' ? ` — ${override ? t.permitted : t.ceilingReached}` : '';
    return html`<li><span class="chip ${look}" data-level=${level}>${icon(look)}<span>${words}${more}</span></span></li>`;
  }
}

const icon = (look: Look): TemplateResult | typeof nothing =>
  look === '' ? nothing : look === 'success' ? checkIcon : warningIcon;

declare global {
  interface HTMLElementTagNameMap {
    'cw-caller-devices': CwCallerDevices;
  }
}
