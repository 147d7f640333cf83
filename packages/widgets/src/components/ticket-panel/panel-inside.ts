import '../../define/ticket-form.ts';
import '../../define/ticket-thread.ts';
import type { Desk } from '@callweave/sdk';
import type { Device, Locale } from '@callweave/sdk/protocol';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { moneyWords } from '../../formats/money-words.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';
import { DraftSender } from '../ticket-parts/draft-sender.ts';
import { draftKey } from '../ticket-parts/send-draft.ts';
import { Eligibility } from './eligibility.ts';
import { PanelDevices } from './panel-devices.ts';
import { refusal } from './refusal.ts';
import type { CwTicketWayOutEvent } from './ticket-panel.events.ts';

export interface PanelScope {
  readonly desk: () => Desk | undefined;
  /** Empty: the buyer who is signed in. Undefined: nobody's. */
  readonly customer: () => string | undefined;
  readonly deviceId: () => string;
  readonly callId: () => string;
}

/** What a panel knows besides its list: devices, what is owed, whether tickets may be made, drafts that wait. */
export class PanelInside {
  readonly #scope: PanelScope;
  readonly #devices: PanelDevices;
  readonly #eligibility: Eligibility;
  readonly #drafts: DraftSender;

  constructor(host: ReactiveControllerHost, scope: PanelScope) {
    this.#scope = scope;
    this.#drafts = new DraftSender(host, scope.desk);
    this.#devices = new PanelDevices(host, scope.desk, scope.customer);
    this.#eligibility = new Eligibility(host, {
      desk: scope.desk,
      deviceId: () => this.onlyDevice,
      callId: scope.callId,
    });
  }

  get devices(): readonly Device[] | undefined {
    return this.#devices.devices;
  }

  /** Why the devices could not be loaded, or a draft was refused. */
  get errors(): readonly unknown[] {
    return [this.#devices.error, this.#drafts.error].filter((error) => error !== undefined);
  }

  /** The one that a new ticket can be about. */
  get onlyDevice(): string {
    const { devices } = this;
    return this.#scope.deviceId() || (devices?.length === 1 ? (devices[0]?.id ?? '') : '');
  }

  get isRefused(): boolean {
    return this.#eligibility.value?.ticketsAllowed === false;
  }

  get draftWaits(): boolean {
    return this.#drafts.store?.get(draftKey('new', this.#scope.customer() ?? ''))?.sendKey != null;
  }

  reload(): void {
    void this.#devices.reload();
  }

  render(
    terms: TicketTerms,
    locale: Locale,
    onWayOut: (wayOut: CwTicketWayOutEvent['wayOut'], deviceId: string) => void,
  ): TemplateResult {
    const owed = this.#devices.balance;
    const look = owed && { clear: '', warning: 'warning', ceiling: 'danger' }[owed.level];
    return html`
      ${owed && owed.balance.amount > 0 ? html`<p><span class="chip ${look}" data-balance=${owed.level}>${terms.balance(moneyWords(owed.balance, locale))}</span></p>` : nothing}
      ${refusal(this.#eligibility.value, terms, (wayOut) => onWayOut(wayOut, this.onlyDevice))}
    `;
  }
}
