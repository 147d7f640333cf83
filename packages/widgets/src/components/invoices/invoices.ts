import { type BillingView, billing, type Loadable, payments } from '@callweave/sdk';
import type { Invoice, InvoiceDetail } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { PayController } from '../../controllers/pay-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { billingTerms } from '../../translations/billing-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { balanceView } from './balance-view.ts';
import { invoiceLines } from './invoice-lines.ts';
import { CwPayBalanceEvent } from './invoices.events.ts';
import { balanceStyles } from './invoices.styles.ts';

/**
 * @summary What a customer owes for work on their cases, against what they may owe, and their invoices with lines and PDF.
 * A buyer sees their own and pays; staff name a customer and see.
 *
 * @event {CwPayBalanceEvent} cw-pay-balance - A payment of the balance was opened; the browser goes to the gateway now, unless
 * the page prevents it and starts the payment itself.
 *
 * @csspart balance - What is owed, with the meter.
 * @csspart row - One invoice.
 * @csspart lines - The lines of an invoice.
 */
export class CwInvoices extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, tableStyles(560), balanceStyles];

  protected override readonly locale = new LocaleController(this, billingTerms, problemTerms);
  readonly #account = new FollowController<Loadable<BillingView>>(this, {
    key: () => this.activeDesk && (this.customerId ?? this.activeDesk),
    open: () => this.feature(billing)?.follow(this.customerId),
  });
  readonly #commands = new CommandController(this);
  readonly #pay = new PayController(this, {
    payments: () => this.feature(payments),
    returnTo: () => this.returnTo,
  });

  @state() private opened: ReadonlyMap<string, InvoiceDetail> = new Map();
  @state() private older: readonly Invoice[] = [];
  @state() private said = '';

  /** Whose account, for staff; without it that of the buyer who is signed in. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  /** The page with `<cw-payment-result>`, to which the gateway leads back; without it the page that this is on. */
  @property({ attribute: 'return-to' }) returnTo: string | undefined;

  async #handlePay(): Promise<void> {
    this.said = '';
    await this.#commands.run('pay', async () => {
      const opened = await this.feature(billing)?.pay();
      if (!opened) return;
      this.said = this.locale.terms.billing.paymentOpened;
      if (this.dispatchEvent(new CwPayBalanceEvent(opened.paymentId, opened.amount)))
        await this.#pay.go(opened.paymentId);
    });
  }

  async #handleLines({ id }: Invoice): Promise<void> {
    const opened = new Map(this.opened);
    if (opened.delete(id)) {
      this.opened = opened;
      return;
    }
    await this.#commands.run(`lines ${id}`, async () => {
      const detail = await this.feature(billing)?.invoice(id);
      if (detail) this.opened = new Map(this.opened).set(id, detail);
    });
  }

  async #handleOlder(before: number): Promise<void> {
    await this.#commands.run('older', async () => {
      const more = await this.feature(billing)?.olderInvoices(before, this.customerId);
      this.older = [...this.older, ...(more ?? [])];
    });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.billing;
    const account = this.#account.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        <p class="visually-hidden" role="status">${this.said}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          account?.status === 'failed'
            ? this.#renderFailure(account.error)
            : account?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : this.#renderAccount(account.value)
        }
      </section>`;
  }

  #renderAccount({ balance, invoices }: BillingView): TemplateResult {
    const t = this.locale.terms.billing;
    const known = new Set(invoices.map(({ id }) => id));
    const all = [...invoices, ...this.older.filter(({ id }) => !known.has(id))];
    const paying = this.#commands.pending === 'pay' || this.#pay.leaving;
    return html`
      ${balanceView(balance, t, this.locale.formats)}
      ${
        this.customerId === undefined && balance.balance.amount > 0
          ? html`<div class="row"><button class="primary" data-action="pay" ?disabled=${this.#commands.pending !== undefined || this.#pay.leaving}
              @click=${this.#handlePay}>${paying ? t.paying : t.pay}</button></div>`
          : nothing
      }
      <h3 id="invoices">${t.invoices}</h3>
      ${all.length === 0 ? html`<p class="empty">${t.noInvoices}</p>` : this.#renderTable(all)}`;
  }

  #renderTable(invoices: readonly Invoice[]): TemplateResult {
    const t = this.locale.terms.billing;
    const last = invoices.at(-1);
    const column = (name: string) => html`<th role="columnheader" scope="col">${name}</th>`;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="invoices"><table role="table" aria-labelledby="invoices">
        <thead role="rowgroup"><tr role="row">${column(t.columns.number)}${column(t.columns.issued)}${column(t.columns.total)}
          <th role="columnheader" scope="col"><span class="visually-hidden">${t.columns.actions}</span></th></tr></thead>
        <tbody role="rowgroup">${repeat(
          invoices,
          ({ id }) => id,
          (invoice) => this.#renderRow(invoice),
        )}</tbody>
      </table></div>
      ${
        last !== undefined && last.number > 1 && invoices.length % 100 === 0
          ? html`<div class="row"><button class="plain" data-action="older" ?disabled=${this.#commands.pending !== undefined}
              @click=${() => this.#handleOlder(last.number)}>${t.older}</button></div>`
          : nothing
      }`;
  }

  #renderRow(invoice: Invoice): TemplateResult {
    const t = this.locale.terms.billing;
    const { formats, locale } = this.locale;
    const name = t.invoice[invoice.kind](formats.digits(String(invoice.number)));
    const detail = this.opened.get(invoice.id);
    return html`
      <tr role="row" part="row" data-invoice=${invoice.id}>
        <td role="cell"><strong>${name}</strong> <span class="small muted">${t.lines(invoice.count)}</span></td>
        <td role="cell" class="tabular" data-label=${t.columns.issued}>${formats.dateTime(invoice.issuedAt)}</td>
        <td role="cell" class="tabular" data-label=${t.columns.total}><bdi>${moneyWords(invoice.total, locale)}</bdi></td>
        <td role="cell"><span class="row actions">
          <button class="plain" data-action="lines" aria-expanded=${detail === undefined ? 'false' : 'true'}
            aria-label="${detail === undefined ? t.showLines : t.hideLines} — ${name}" @click=${() => this.#handleLines(invoice)}>${detail === undefined ? t.showLines : t.hideLines}</button>
          <a data-action="pdf" download href=${this.feature(billing)?.documentUrl(invoice.id, locale) ?? ''} aria-label="${t.pdf} — ${name}">${t.pdf}</a>
        </span></td>
      </tr>
      ${
        detail === undefined
          ? nothing
          : html`<tr role="row"><td role="cell" class="lines-of" colspan="4">${invoiceLines(detail.lines, t, formats)}</td></tr>`
      }`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-invoices': CwInvoices;
  }
}
