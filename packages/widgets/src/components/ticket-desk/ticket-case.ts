import { type FollowedTicket, type Loadable, type Technician, type TicketView, tickets } from '@callweave/sdk';
import {
  canTicket,
  TICKET_PRIORITIES,
  type Ticket,
  type TicketAction,
  type TicketPriority,
} from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { lockIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { ticketDeskTerms } from '../../translations/ticket-desk-terms.ts';
import { ticketTerms } from '../../translations/ticket-terms.ts';
import { attachmentField, handleFiles } from '../ticket-parts/attachment-field.ts';
import { Attachments } from '../ticket-parts/attachments.ts';
import { correspondence } from '../ticket-parts/correspondence.ts';
import { draftKey } from '../ticket-parts/send-draft.ts';
import { priorityChip, stateChip } from '../ticket-parts/ticket-chips.ts';
import { ticketPartsStyles } from '../ticket-parts/ticket-parts.styles.ts';
import { Writing } from '../ticket-parts/writing.ts';
import { goalFacts } from './due-words.ts';
import { ticketCaseStyles } from './ticket-case.styles.ts';
import { workForm } from './work-form.ts';

type Kind = 'answer' | 'note';

/**
 * One ticket as the technical team works on it: give it to somebody, answer, note, record work, close, reopen. Stands
 * inside `<cw-ticket-desk>`, or alone.
 *
 * @csspart note - An internal note.
 * @csspart work - The entry of work.
 */
export class CwTicketCase extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    ticketPartsStyles,
    ticketCaseStyles,
  ];

  protected override readonly locale = new LocaleController(this, ticketTerms, ticketDeskTerms, problemTerms);
  readonly #session = new ReadableController(this, () => this.activeDesk?.session.state);
  readonly #ticket = new FollowController<Loadable<TicketView>>(this, {
    key: () => (this.activeDesk && this.ticketId) || undefined,
    open: () => {
      this.#followed = this.feature(tickets)?.followOne(this.ticketId);
      return this.#followed;
    },
  });
  readonly #commands = new CommandController(this);
  readonly #writing = new Writing(this, {
    desk: () => this.activeDesk,
    key: () => draftKey(this.kind, this.ticketId),
  });
  readonly #attachments = new Attachments(this, () => this.feature(tickets));

  @query('textarea') private text!: HTMLTextAreaElement | null;
  @state() private kind: Kind = 'answer';
  @state() private technicians: readonly Technician[] = [];
  @state() private missing: 'text' | 'uploading' | undefined;
  @state() private wrongQuantity = false;
  @state() private done = '';

  /** Which ticket. */
  @property({ attribute: 'ticket-id' }) ticketId = '';

  #followed: FollowedTicket | undefined;

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('ticketId')) {
      this.kind = 'answer';
      this.missing = undefined;
      this.wrongQuantity = false;
      this.done = '';
      this.#commands.clear();
    }
  }

  protected override firstUpdated(): void {
    // Without them a ticket can still be taken.
    this.feature(tickets)
      ?.technicians()
      .then((technicians) => {
        this.technicians = technicians;
      })
      .catch(() => undefined);
  }

  get #me(): string | undefined {
    const session = this.#session.value;
    return session?.status === 'signed-in' ? session.session.account.id : undefined;
  }

  async #run(name: string, done: string, task: () => Promise<unknown> | undefined): Promise<boolean> {
    this.done = '';
    const ok = await this.#commands.run(name, async () => task());
    if (ok) this.done = done;
    return ok;
  }

  async #handleSend(event: Event): Promise<void> {
    event.preventDefault();
    this.done = '';
    const empty = this.#writing.get('text').trim() === '';
    this.missing = empty ? 'text' : this.#attachments.settled ? undefined : 'uploading';
    if (this.missing) return void this.text?.focus();
    const sent = await this.#writing.send({ attachments: this.#attachments.ids.join() });
    if (sent === undefined) return;
    this.#attachments.release();
    if (sent !== 'waiting') this.done = this.locale.terms.tickets.detail.sent;
  }

  async #handleReopen(): Promise<void> {
    const text = this.#writing.get('text').trim();
    this.missing = text === '' ? 'text' : undefined;
    if (text === '') return void this.text?.focus();
    const { reopened } = this.locale.terms.tickets.detail;
    if (await this.#run('reopen', reopened, () => this.feature(tickets)?.reopen(this.ticketId, text)))
      this.#writing.discard();
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { tickets: t, essential } = this.locale.terms;
    const view = this.#ticket.value;
    if (view?.status === 'failed')
      return html`<div class="stack">${this.#renderFailure(view.error)}<p><button data-action="retry" @click=${() => void this.#followed?.reload()}>${essential.retry}</button></p></div>`;
    if (view?.status !== 'ready')
      return html`<div class="stack"><span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span></div>`;
    const { ticket, entries, more } = view.value;
    const may = (action: TicketAction) =>
      canTicket({ state: ticket.state, closed: ticket.closed !== null }, action, 'staff');
    const { error } = this.#commands;
    return html`
      <article class="stack" aria-labelledby="title">
        <h3 id="title"><bdi>${ticket.title}</bdi></h3>
        <p class="row">${stateChip(ticket, t)}${priorityChip(ticket, t)}<span class="small muted tabular">${t.number(this.locale.formats.digits(String(ticket.number)))}</span></p>
        ${this.#renderFacts(ticket)}
        ${this.#renderChoices(ticket, may)}
        ${more ? html`<p><button data-action="older" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#run('older', '', () => this.#followed?.older())}>${t.detail.earlier}</button></p>` : nothing}
        ${correspondence({ entries, terms: t, formats: this.locale.formats, me: this.#me, fileUrl: (id) => this.feature(tickets)?.fileUrl(id) ?? '' })}
        <div role="status">${this.done ? html`<p class="message success">${this.done}</p>` : nothing}</div>
        ${error === undefined ? nothing : this.#renderFailure(error)}
        ${this.#renderWriting(may)}
        ${may('record-work') ? this.#renderWork() : nothing}
      </article>
    `;
  }

  #renderFacts(ticket: Ticket): TemplateResult {
    const { tickets: t, ticketDesk } = this.locale.terms;
    const { facts } = t.detail;
    const { customer, device, createdAt, createdBy, callId } = ticket;
    return html`<dl>
      <dt>${facts.customer}</dt><dd><bdi>${customer.name}</bdi></dd>
      <dt>${facts.device}</dt><dd><bdi>${device.brand} ${device.model}</bdi> <bdi dir="ltr" class="tabular muted">${device.serial}</bdi></dd>
      <dt>${facts.created}</dt><dd><span class="tabular">${this.locale.formats.dateTime(createdAt)}</span>, <bdi>${createdBy.name}</bdi>${callId === null ? nothing : html` <span class="chip">${facts.call}</span>`}</dd>
      ${goalFacts(ticket, Date.now(), ticketDesk.due, this.locale.formats)}
    </dl>`;
  }

  #renderChoices(ticket: Ticket, may: (action: TicketAction) => boolean): TemplateResult {
    const { tickets: t, ticketDesk } = this.locale.terms;
    const { assign } = ticketDesk;
    const holder = ticket.assignee?.id ?? '';
    const busy = this.#commands.pending !== undefined;
    const give = (id: string | null) =>
      void this.#run('assign', assign.done, () =>
        this.feature(tickets)?.assign(ticket.id, id, ticket.assignee?.id ?? null),
      );
    // Who has it may be gone from the team.
    const choices = [...this.technicians, ...(ticket.assignee ? [ticket.assignee] : [])].filter(
      ({ id }, index, all) => all.findIndex((each) => each.id === id) === index,
    );
    return html`<div class="choices">
      <div class="field"><label for="assignee">${assign.label}</label>
        <select id="assignee" ?disabled=${busy || !may('assign')} @change=${(event: Event) => give((event.target as HTMLSelectElement).value || null)}>
          <option value="" .selected=${live(holder === '')}>${assign.nobody}</option>
          ${choices.map(({ id, name }) => html`<option value=${id} .selected=${live(holder === id)}>${name}</option>`)}
        </select></div>
      <div class="field"><label for="priority">${t.form.priority}</label>
        <select id="priority" ?disabled=${busy || !may('set-priority')} @change=${(event: Event) =>
          void this.#run('priority', '', () =>
            this.feature(tickets)?.setPriority(ticket.id, (event.target as HTMLSelectElement).value as TicketPriority),
          )}>
          ${TICKET_PRIORITIES.map((each) => html`<option value=${each} .selected=${live(ticket.priority === each)}>${t.priority[each]}</option>`)}
        </select></div>
      ${may('assign') && holder !== this.#me ? html`<button data-action="take" ?disabled=${busy} @click=${() => give(this.#me ?? null)}>${assign.me}</button>` : nothing}
    </div>`;
  }

  #renderWriting(may: (action: TicketAction) => boolean): TemplateResult {
    const { tickets: t, ticketDesk } = this.locale.terms;
    const { write } = ticketDesk;
    const writing = this.#writing;
    const isNote = this.kind === 'note' || !may('answer');
    const busy = writing.sending || writing.waiting;
    const files = (event: DragEvent | ClipboardEvent) => handleFiles(event, this.#attachments);
    const kinds = (['answer', 'note'] as const).filter((kind) => may(kind));
    return html`
      <form class="stack writing ${isNote ? 'internal' : ''}" novalidate @submit=${this.#handleSend} @dragover=${files} @drop=${files} @paste=${files}>
        <div class="row" role="group" aria-label=${write.kind}>${kinds.map(
          (kind) =>
            html`<button type="button" data-kind=${kind} aria-pressed=${this.kind === kind} @click=${() => {
              this.kind = kind;
              this.missing = undefined;
            }}>${kind === 'note' ? lockIcon : nothing}${write[kind]}</button>`,
        )}</div>
        ${writing.waiting ? html`<p class="message warning" data-draft="waiting">${t.draft.waiting}</p>` : nothing}
        <div class="field">
          <label for="text">${isNote ? write.note : write.answer}</label>
          <textarea id="text" dir="auto" maxlength="10000" aria-describedby="text-about" aria-invalid=${this.missing !== undefined} ?disabled=${busy} .value=${live(writing.get('text'))}
            @input=${(event: Event) => {
              this.missing = undefined;
              writing.set({ text: (event.target as HTMLTextAreaElement).value });
            }}></textarea>
          <span id="text-about" class=${this.missing ? 'field-error' : 'hint'}>${this.missing ? t.form.missing[this.missing] : isNote ? write.noteHint : write.answerHint}</span>
        </div>
        ${attachmentField({ attachments: this.#attachments, terms: t.attachments, formats: this.locale.formats, disabled: busy })}
        ${writing.error === undefined ? nothing : this.#renderFailure(writing.error)}
        <p class="row">
          <button class="primary" data-action="send" ?disabled=${busy}>${isNote ? write.saveNote : write.sendAnswer}</button>
          ${may('close') ? html`<button type="button" data-action="close" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#run('close', t.detail.closed, () => this.feature(tickets)?.close(this.ticketId))}>${t.detail.close}</button>` : nothing}
          ${may('reopen') ? html`<button type="button" data-action="reopen" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#handleReopen()}>${t.detail.reopen}</button>` : nothing}
        </p>
      </form>
    `;
  }

  #renderWork(): TemplateResult {
    const { tickets: t, ticketDesk } = this.locale.terms;
    return workForm({
      terms: ticketDesk.work,
      difficulty: t.difficulty,
      busy: this.#commands.pending !== undefined,
      wrong: this.wrongQuantity,
      onRecord: (work) => {
        this.wrongQuantity = work === undefined;
        if (work)
          void this.#run('work', ticketDesk.work.done, () => this.feature(tickets)?.recordWork(this.ticketId, work));
      },
    });
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-ticket-case': CwTicketCase;
  }
}
