import { type FollowedTicket, type Loadable, type TicketView, tickets } from '@callweave/sdk';
import { canTicket, type Ticket } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/badge-icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { ticketTerms } from '../../translations/ticket-terms.ts';
import { attachmentField, handleFiles } from './attachment-field.ts';
import { Attachments } from './attachments.ts';
import { correspondence } from './correspondence.ts';
import { draftKey } from './send-draft.ts';
import { priorityChip, stateChip } from './ticket-chips.ts';
import { ticketPartsStyles } from './ticket-parts.styles.ts';
import { Writing } from './writing.ts';

/**
 * One ticket with its correspondence, as the customer's side sees it: write, attach, close, reopen. Stands inside
 * `<cw-ticket-panel>`, or alone where a page has a place of its own for each ticket.
 *
 * @csspart correspondence - What was written and done.
 * @csspart message - One message or answer.
 * @csspart attachments - The place where files are chosen.
 */
export class CwTicketThread extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, ticketPartsStyles];

  protected override readonly locale = new LocaleController(this, ticketTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #ticket = new FollowController<Loadable<TicketView>>(this, {
    key: () => (this.activeDesk && this.ticketId ? `${this.ticketId} ${this.callId}` : undefined),
    open: () => {
      this.#followed = this.feature(tickets)?.followOne(this.ticketId, this.callId || undefined);
      return this.#followed;
    },
  });
  readonly #commands = new CommandController(this);
  readonly #writing = new Writing(this, {
    desk: () => this.activeDesk,
    key: () => draftKey('write', this.ticketId),
  });
  readonly #attachments = new Attachments(this, () => this.feature(tickets));

  @query('textarea') private text!: HTMLTextAreaElement | null;
  @state() private asking = false;
  @state() private missing: 'text' | 'uploading' | undefined;
  @state() private done: 'sent' | 'closed' | 'reopened' | undefined;

  /** Which ticket. */
  @property({ attribute: 'ticket-id' }) ticketId = '';
  /** For agents: the call in which they see it. */
  @property({ attribute: 'call-id' }) callId = '';

  #followed: FollowedTicket | undefined;

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('ticketId')) return;
    this.asking = false;
    this.missing = this.done = undefined;
  }

  get #me(): string | undefined {
    const session = this.#session.value;
    return session?.status === 'signed-in' ? session.session.account.id : undefined;
  }

  async #handleSend(event: Event): Promise<void> {
    event.preventDefault();
    this.done = undefined;
    this.missing =
      this.#writing.get('text').trim() === '' ? 'text' : this.#attachments.settled ? undefined : 'uploading';
    if (this.missing !== undefined) return void this.text?.focus();
    const sent = await this.#writing.send({ attachments: this.#attachments.ids.join(), callId: this.callId });
    if (sent === undefined) return;
    this.#attachments.release();
    if (sent !== 'waiting') this.done = 'sent';
  }

  async #handleClose(): Promise<void> {
    const closed = await this.#commands.run('close', async () =>
      this.feature(tickets)?.close(this.ticketId, '', this.callId || undefined),
    );
    this.asking = false;
    if (closed) this.done = 'closed';
  }

  async #handleReopen(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.#writing.get('text').trim();
    this.missing = text === '' ? 'text' : undefined;
    if (text === '') return void this.text?.focus();
    const reopened = await this.#commands.run('reopen', async () =>
      this.feature(tickets)?.reopen(this.ticketId, text, this.callId || undefined),
    );
    if (!reopened) return;
    this.#writing.discard();
    this.done = 'reopened';
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.tickets;
    const view = this.#ticket.value;
    if (view?.status === 'failed')
      return html`<div class="stack">${this.#renderFailure(view.error)}<p><button data-action="retry" @click=${() => void this.#followed?.reload()}>${this.locale.terms.essential.retry}</button></p></div>`;
    if (view?.status !== 'ready')
      return html`<div class="stack"><span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span></div>`;
    const { ticket, entries, more } = view.value;
    const { error } = this.#commands;
    return html`
      <article class="stack" aria-labelledby="title">
        <header class="stack">
          <h3 id="title" tabindex="-1"><bdi>${ticket.title}</bdi></h3>
          <p class="row">${stateChip(ticket, t)}${priorityChip(ticket, t)}<span class="small muted tabular">${t.number(this.locale.formats.digits(String(ticket.number)))}</span></p>
          ${this.#renderFacts(ticket)}
        </header>
        ${more ? html`<p><button data-action="older" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#commands.run('older', async () => this.#followed?.older())}>${t.detail.earlier}</button></p>` : nothing}
        ${correspondence({
          entries,
          terms: t,
          formats: this.locale.formats,
          me: this.#me,
          fileUrl: (id) => this.feature(tickets)?.fileUrl(id) ?? '',
        })}
        <div role="status">${this.done ? html`<p class="message success">${t.detail[this.done]}</p>` : nothing}</div>
        ${error === undefined ? nothing : this.#renderFailure(error)}
        ${canTicket({ state: ticket.state, closed: ticket.closed !== null }, 'write', 'customer') ? this.#renderWriting(ticket) : this.#renderReopening(ticket)}
      </article>
    `;
  }

  #renderFacts({ device, customer, assignee, createdAt, createdBy }: Ticket): TemplateResult {
    const { facts, nobody } = this.locale.terms.tickets.detail;
    return html`<dl>
      <dt>${facts.device}</dt><dd><bdi>${device.brand} ${device.model}</bdi> <bdi dir="ltr" class="tabular muted">${device.serial}</bdi></dd>
      ${this.callId ? html`<dt>${facts.customer}</dt><dd><bdi>${customer.name}</bdi></dd>` : nothing}
      <dt>${facts.created}</dt><dd><span class="tabular">${this.locale.formats.dateTime(createdAt)}</span>, <bdi>${createdBy.name}</bdi></dd>
      <dt>${facts.assignee}</dt><dd>${assignee ? html`<bdi>${assignee.name}</bdi>` : html`<span class="muted">${nobody}</span>`}</dd>
    </dl>`;
  }

  #renderWriting(ticket: Ticket): TemplateResult {
    const t = this.locale.terms.tickets;
    const writing = this.#writing;
    const busy = writing.sending || writing.waiting;
    const files = (event: DragEvent | ClipboardEvent) => handleFiles(event, this.#attachments);
    const canClose = canTicket({ state: ticket.state, closed: ticket.closed !== null }, 'close', 'customer');
    return html`
      <form class="stack" novalidate @submit=${this.#handleSend} @dragover=${files} @drop=${files} @paste=${files}>
        ${this.#renderDraft()}
        ${this.#renderText(t.detail.reply, t.detail.replyHint, busy)}
        ${attachmentField({ attachments: this.#attachments, terms: t.attachments, formats: this.locale.formats, disabled: busy })}
        ${writing.error === undefined ? nothing : this.#renderFailure(writing.error)}
        <p class="row">
          <button class="primary" data-action="send" ?disabled=${busy}>${writing.sending ? t.form.sending : t.detail.send}</button>
          ${canClose && !this.asking ? html`<button type="button" data-action="close" @click=${() => this.#ask(true)}>${t.detail.close}</button>` : nothing}
        </p>
        ${
          this.asking
            ? html`<div class="message ask" role="group" aria-label=${t.detail.close}><span>${t.detail.closeAsk}</span>
            <button type="button" data-action="close-sure" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#handleClose()}>${t.detail.closeSure}</button>
            <button type="button" class="plain" data-action="keep" @click=${() => this.#ask(false)}>${t.detail.keep}</button></div>`
            : nothing
        }
      </form>
    `;
  }

  async #ask(asking: boolean): Promise<void> {
    this.asking = asking;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-action="${asking ? 'keep' : 'close'}"]`)?.focus();
  }

  #renderReopening(ticket: Ticket): TemplateResult | typeof nothing {
    const t = this.locale.terms.tickets.detail;
    if (!canTicket({ state: ticket.state, closed: ticket.closed !== null }, 'reopen', 'customer')) return nothing;
    return html`
      <form class="stack" novalidate @submit=${this.#handleReopen}>
        <p class="message">${t.closedNow}</p>
        ${this.#renderText(t.reopenWhy, '', false)}
        <p><button data-action="reopen" ?disabled=${this.#commands.pending !== undefined}>${t.reopen}</button></p>
      </form>
    `;
  }

  #renderText(label: string, hint: string, disabled: boolean): TemplateResult {
    const t = this.locale.terms.tickets;
    return html`<div class="field">
      <label for="text">${label}</label>
      <textarea id="text" dir="auto" maxlength="10000" aria-describedby="text-about" aria-invalid=${this.missing !== undefined} ?disabled=${disabled} .value=${live(this.#writing.get('text'))}
        @input=${(event: Event) => {
          this.missing = undefined;
          this.#writing.set({ text: (event.target as HTMLTextAreaElement).value });
        }}></textarea>
      <span id="text-about" class=${this.missing ? 'field-error' : 'hint'}>${this.missing ? t.form.missing[this.missing] : hint}</span>
    </div>`;
  }

  #renderDraft(): TemplateResult | typeof nothing {
    const t = this.locale.terms.tickets.draft;
    const { waiting, restored } = this.#writing;
    if (!waiting && !restored) return nothing;
    return html`<p class="message ${waiting ? 'warning' : ''}" data-draft=${waiting ? 'waiting' : 'kept'}><span>${waiting ? t.waiting : `${t.kept} ${t.notKept}`}</span>
      <button type="button" class="link" data-action="discard" @click=${() => this.#writing.discard()}>${t.discard}</button></p>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-ticket-thread': CwTicketThread;
  }
}
