import { tickets } from '@callweave/sdk';
import { type Device, TICKET_PRIORITIES } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LocaleController } from '../../controllers/locale-controller.ts';
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
import { attachmentField, handleFiles } from '../ticket-parts/attachment-field.ts';
import { Attachments } from '../ticket-parts/attachments.ts';
import { draftKey } from '../ticket-parts/send-draft.ts';
import { ticketPartsStyles } from '../ticket-parts/ticket-parts.styles.ts';
import { Writing } from '../ticket-parts/writing.ts';
import { Eligibility } from './eligibility.ts';
import { refusal } from './refusal.ts';
import { CwTicketCreatedEvent, CwTicketWayOutEvent } from './ticket-panel.events.ts';

type Field = 'device' | 'title' | 'description';

/**
 * A new ticket: device, title, full description, priority, files. Stands inside `<cw-ticket-panel>`. What was typed is
 * kept as a draft of the account until it is sent or discarded.
 *
 * @event {CwTicketCreatedEvent} cw-ticket-created - The ticket was made.
 * @event {CwTicketWayOutEvent} cw-ticket-way-out - No ticket can be made for the device; the person asked for the way out.
 *
 * @csspart refused - Why no ticket can be made for the device.
 * @csspart attachments - The place where files are chosen.
 */
export class CwTicketForm extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, ticketPartsStyles];

  protected override readonly locale = new LocaleController(this, ticketTerms, problemTerms);
  readonly #writing = new Writing(this, {
    desk: () => this.activeDesk,
    key: () => draftKey('new', this.customerId),
  });
  readonly #attachments = new Attachments(this, () => this.feature(tickets));
  readonly #eligibility = new Eligibility(this, {
    desk: () => this.activeDesk,
    deviceId: () => this.#deviceId,
    callId: () => this.callId,
  });

  @state() private missing: readonly (Field | 'uploading')[] = [];

  /** The devices to choose from. */
  @property({ attribute: false }) devices: readonly Device[] = [];
  /** The device that it is about; without it the person chooses. */
  @property({ attribute: 'device-id' }) deviceId = '';
  /** For agents: the caller. */
  @property({ attribute: 'customer-id' }) customerId = '';
  /** For agents: the call during which it is made. */
  @property({ attribute: 'call-id' }) callId = '';

  get #deviceId(): string {
    const chosen = this.deviceId || this.#writing.get('deviceId');
    const only = this.devices.length === 1 ? this.devices[0]?.id : undefined;
    return this.devices.some(({ id }) => id === chosen) ? chosen : (only ?? '');
  }

  /** Puts the cursor where typing begins. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select, input:not([hidden])')?.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('devices')) void this.#eligibility.reload();
  }

  async #handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const writing = this.#writing;
    const empty = (field: string) => writing.get(field).trim() === '';
    this.missing = [
      ...(this.#deviceId === '' ? ['device' as const] : []),
      ...(empty('title') ? ['title' as const] : []),
      ...(empty('text') ? ['description' as const] : []),
      ...(this.#attachments.settled ? [] : ['uploading' as const]),
    ];
    if (this.missing.length > 0) {
      await this.updateComplete;
      return void this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
    if (this.#eligibility.value?.ticketsAllowed === false) return;
    const sent = await writing.send({
      deviceId: this.#deviceId,
      callId: this.callId,
      attachments: this.#attachments.ids.join(),
    });
    // Refused: perhaps service ended a moment ago, which is then said with the way out.
    if (sent === undefined) return void this.#eligibility.reload();
    this.#attachments.release();
    if (sent !== 'waiting') this.dispatchEvent(new CwTicketCreatedEvent(sent.ticket));
  }

  #set(field: 'title' | 'text' | 'deviceId' | 'priority', value: string, names: Field): void {
    this.missing = this.missing.filter((each) => each !== names);
    this.#writing.set({ [field]: value });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.tickets;
    const writing = this.#writing;
    const refused = this.#eligibility.value?.ticketsAllowed === false;
    const busy = writing.sending || writing.waiting;
    const files = (event: DragEvent | ClipboardEvent) => handleFiles(event, this.#attachments);
    return html`
      <form class="stack" novalidate aria-labelledby="title" @submit=${this.#handleSubmit} @dragover=${files} @drop=${files} @paste=${files}>
        <h3 id="title">${t.form.title}</h3>
        ${this.#renderDraft()}
        ${this.#renderDevice(busy)}
        ${refusal(this.#eligibility.value, t, (wayOut) => this.dispatchEvent(new CwTicketWayOutEvent(wayOut, this.#deviceId)))}
        <div class="field">
          <label for="subject">${t.form.subject}</label>
          <input id="subject" dir="auto" maxlength="200" autocomplete="off" aria-describedby="subject-about" aria-invalid=${this.#isMissing('title')} ?disabled=${busy} .value=${live(writing.get('title'))}
            @input=${(event: Event) => this.#set('title', (event.target as HTMLInputElement).value, 'title')}>
          ${this.#renderAbout('subject-about', 'title', t.form.subjectHint)}
        </div>
        <div class="field">
          <label for="text">${t.form.description}</label>
          <textarea id="text" dir="auto" maxlength="10000" aria-describedby="text-about" aria-invalid=${this.#isMissing('description')} ?disabled=${busy} .value=${live(writing.get('text'))}
            @input=${(event: Event) => this.#set('text', (event.target as HTMLTextAreaElement).value, 'description')}></textarea>
          ${this.#renderAbout('text-about', 'description', t.form.descriptionHint)}
        </div>
        <div class="field">
          <label for="priority">${t.form.priority}</label>
          <select id="priority" ?disabled=${busy} @change=${(event: Event) => this.#writing.set({ priority: (event.target as HTMLSelectElement).value })}>
            ${TICKET_PRIORITIES.map((each) => html`<option value=${each} .selected=${live((writing.get('priority') || 'medium') === each)}>${t.priority[each]}</option>`)}
          </select>
        </div>
        ${attachmentField({ attachments: this.#attachments, terms: t.attachments, formats: this.locale.formats, disabled: busy })}
        ${this.missing.includes('uploading') ? html`<p class="field-error" role="alert">${t.form.missing.uploading}</p>` : nothing}
        ${writing.error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(writing.error, this.locale.terms)}</span></p>`}
        <p><button class="primary" data-action="send" ?disabled=${busy} aria-disabled=${refused} aria-describedby=${refused ? 'refused' : nothing}>${writing.sending ? t.form.sending : t.form.send}</button></p>
      </form>
    `;
  }

  #isMissing(field: Field): boolean {
    return this.missing.includes(field);
  }

  #renderAbout(id: string, field: Field, hint: string): TemplateResult {
    const missing = this.#isMissing(field);
    return html`<span id=${id} class=${missing ? 'field-error' : 'hint'}>${missing ? this.locale.terms.tickets.form.missing[field] : hint}</span>`;
  }

  #renderDevice(busy: boolean): TemplateResult {
    const t = this.locale.terms.tickets.form;
    const chosen = this.#deviceId;
    return html`<div class="field">
      <label for="device">${t.device}</label>
      <select id="device" aria-describedby="device-about" aria-invalid=${this.#isMissing('device')} ?disabled=${busy || this.deviceId !== ''}
        @change=${(event: Event) => this.#set('deviceId', (event.target as HTMLSelectElement).value, 'device')}>
        ${chosen === '' ? html`<option value="" .selected=${live(true)}>${t.chooseDevice}</option>` : nothing}
        ${this.devices.map((device) => html`<option value=${device.id} .selected=${live(chosen === device.id)}>${deviceName(device)}</option>`)}
      </select>
      ${this.#renderAbout('device-about', 'device', '')}
    </div>`;
  }

  #renderDraft(): TemplateResult | typeof nothing {
    const t = this.locale.terms.tickets.draft;
    const { waiting, restored } = this.#writing;
    if (!waiting && !restored) return nothing;
    return html`<p class="message ${waiting ? 'warning' : ''}" role="status" data-draft=${waiting ? 'waiting' : 'kept'}><span>${waiting ? t.waiting : `${t.kept} ${t.notKept}`}</span>
      <button type="button" class="link" data-action="discard" @click=${() => this.#writing.discard()}>${t.discard}</button></p>`;
  }
}

const deviceName = ({ brand, model, serial, dongle, userId }: Device): string =>
  [`${brand} ${model}`, serial ?? dongle ?? userId].filter(Boolean).join(' · ');

declare global {
  interface HTMLElementTagNameMap {
    'cw-ticket-form': CwTicketForm;
  }
}
