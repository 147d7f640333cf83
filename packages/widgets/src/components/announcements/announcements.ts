import { type AnnouncementReach, announcements, devices, type Loadable } from '@callweave/sdk';
import type { Announcement, AnnouncementRecipient, DeviceType } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
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
import { missedCallTerms } from '../../translations/missed-call-terms.ts';
import { notificationTerms } from '../../translations/notification-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { announcementForm, draftIn } from './announcement-form.ts';
import { announcementsStyles } from './announcements.styles.ts';
import { recipientsTable } from './recipients-table.ts';

interface Recipients {
  readonly id: string;
  readonly list: readonly AnnouncementRecipient[];
  readonly more: boolean;
}

type Step = { readonly id: string; readonly kind: 'publish' | 'withdraw'; readonly reach?: AnnouncementReach };

/**
 * @summary Announcements as managers write them, in all three languages, with an audience; who would get one is counted
 * before it is published, and what became of it shows afterwards.
 *
 * @csspart item - One announcement.
 * @csspart recipients - Who has got it, and what became of the messages.
 */
export class CwAnnouncements extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    chipStyles,
    fieldStyles,
    tableStyles(560),
    announcementsStyles,
  ];

  protected override readonly locale = new LocaleController(this, notificationTerms, missedCallTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Announcement[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(announcements);
      return followed && { state: followed.list, close: followed.open() };
    },
  });
  /** For whom it can be: asked for while a draft is written. */
  readonly #types = new FollowController<Loadable<readonly DeviceType[]>>(this, {
    key: () => (this.editing === undefined ? undefined : this.activeDesk),
    open: () => {
      const followed = this.feature(devices);
      return followed && { state: followed.types, close: followed.openTypes() };
    },
  });
  readonly #commands = new CommandController(this);

  /** `new`, or the draft that is being edited. */
  @state() private editing: 'new' | Announcement | undefined;
  @state() private step: Step | undefined;
  @state() private recipients: Recipients | undefined;
  /** An instant is given at which it shall be published. */
  @state() private scheduling = false;

  async #handleSave(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { editing } = this;
    const draft = draftIn(event.target as HTMLFormElement, editing === 'new' ? undefined : editing);
    const done = await this.#commands.run('save', async () => {
      const feature = this.feature(announcements);
      await (editing === 'new' || editing === undefined ? feature?.create(draft) : feature?.update(editing.id, draft));
    });
    if (done) this.editing = undefined;
  }

  #handlePublish({ id }: Announcement): void {
    void this.#commands.run('reach', async () => {
      const reach = await this.feature(announcements)?.reach(id);
      this.scheduling = false;
      if (reach) this.step = { id, kind: 'publish', reach };
    });
  }

  async #handleConfirm(event: SubmitEvent, { id, kind }: Step): Promise<void> {
    event.preventDefault();
    const value = String(new FormData(event.target as HTMLFormElement).get('value') ?? '').trim();
    const done = await this.#commands.run(kind, async () => {
      const feature = this.feature(announcements);
      if (kind === 'withdraw') return feature?.withdraw(id, value);
      return feature?.publish(id, value === '' ? undefined : new Date(value).toISOString());
    });
    if (done) this.step = undefined;
  }

  /** The next page of those who have got it; the first one when it is not open. */
  async #handleRecipients(id: string): Promise<void> {
    const known = this.recipients?.id === id ? this.recipients.list : [];
    await this.#commands.run('recipients', async () => {
      const page = await this.feature(announcements)?.recipients(id, known.at(-1)?.customerId);
      if (page) this.recipients = { id, list: [...known, ...page.recipients], more: page.more };
    });
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { manage: t } = this.locale.terms.notifications;
    const list = this.#list.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2>
          ${
            this.editing === undefined
              ? html`<button class="primary" data-action="write" @click=${() => {
                  this.editing = 'new';
                }}>${t.write}</button>`
              : nothing
          }</div>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${this.editing === undefined ? nothing : this.#renderForm(this.editing)}
        ${
          list?.status === 'failed'
            ? this.#renderFailure(list.error)
            : list?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : list.value.length === 0
                ? this.editing === undefined
                  ? html`<p class="empty">${t.empty}</p>`
                  : nothing
                : html`<ul>${repeat(
                    list.value,
                    ({ id }) => id,
                    (each) => this.#renderItem(each),
                  )}</ul>`
        }
      </section>
    `;
  }

  #renderForm(editing: 'new' | Announcement): TemplateResult {
    const { essential, notifications } = this.locale.terms;
    const types = this.#types.value;
    return announcementForm({
      draft: editing === 'new' ? undefined : editing,
      types: types?.status === 'ready' ? types.value : [],
      terms: notifications,
      cancel: essential.cancel,
      formats: this.locale.formats,
      busy: this.#commands.pending !== undefined,
      onSave: (event) => void this.#handleSave(event),
      onCancel: () => {
        this.editing = undefined;
      },
    });
  }

  #renderItem(announcement: Announcement): TemplateResult {
    const { notifications } = this.locale.terms;
    const t = notifications.manage;
    const { formats, locale } = this.locale;
    const { id, category, title, state, figures, publishAt, publishedAt } = announcement;
    const { messages, recipients, read, acknowledged, withoutMessage, waiting } = figures;
    const at = publishedAt ?? publishAt;
    return html`
      <li part="item" class="stack" data-announcement=${id}>
        <div class="row"><strong><bdi>${title[locale]}</bdi></strong> <span class="chip">${notifications.category[category]}</span>
          <span class="chip ${state === 'published' ? 'success' : state === 'withdrawn' ? 'danger' : 'warning'}">${t.state[state]}</span>
          ${at === null ? nothing : html`<span class="small muted tabular">${formats.dateTime(at)}</span>`}</div>
        ${
          state === 'published' || state === 'withdrawn'
            ? html`<p class="small">${t.figures(recipients, read + acknowledged, acknowledged)}<br>
              ${t.deliveries(messages.delivered, messages.queued + messages.sent + waiting, messages.failed + messages.expired, withoutMessage)}</p>`
            : nothing
        }
        ${this.step?.id === id ? this.#renderStep(this.step) : this.#renderActions(announcement)}
        ${this.recipients?.id === id ? this.#renderRecipients(this.recipients, title[locale]) : nothing}
      </li>
    `;
  }

  #renderActions(announcement: Announcement): TemplateResult {
    const { manage: t } = this.locale.terms.notifications;
    const { id, state } = announcement;
    const busy = this.#commands.pending !== undefined;
    const act = (action: string, label: string, task: () => void, look = 'plain') =>
      html`<button class=${look} data-action=${action} ?disabled=${busy} aria-label="${label} — ${announcement.title[this.locale.locale]}" @click=${task}>${label}</button>`;
    const open = state === 'draft' || state === 'scheduled';
    return html`<div class="row">
      ${
        open
          ? html`${act('edit', t.edit, () => {
              this.editing = announcement;
            })}${act('publish', t.publish, () => this.#handlePublish(announcement), '')}`
          : nothing
      }
      ${
        state === 'published' || state === 'withdrawn'
          ? html`<button class="plain" data-action="recipients" ?disabled=${busy} aria-expanded=${this.recipients?.id === id}
              aria-label="${t.recipients.title} — ${announcement.title[this.locale.locale]}" @click=${() => {
                if (this.recipients?.id === id) this.recipients = undefined;
                else void this.#handleRecipients(id);
              }}>${t.recipients.title}</button>`
          : nothing
      }
      ${state === 'draft' ? act('remove', t.remove, () => void this.#commands.run('remove', async () => this.feature(announcements)?.remove(id))) : nothing}
      ${
        state === 'published' || state === 'scheduled'
          ? act('withdraw', t.withdraw, () => {
              this.step = { id, kind: 'withdraw' };
            })
          : nothing
      }
    </div>`;
  }

  #renderRecipients({ id, list, more }: Recipients, label: string): TemplateResult {
    const { terms, formats } = this.locale;
    return recipientsTable({
      recipients: list,
      more,
      label,
      terms: terms.notifications,
      messages: terms.missedCalls,
      formats,
      busy: this.#commands.pending !== undefined,
      onMore: () => void this.#handleRecipients(id),
    });
  }

  #renderStep(step: Step): TemplateResult {
    const { essential, notifications } = this.locale.terms;
    const t = notifications.manage;
    const { kind, reach } = step;
    const publish = kind === 'publish';
    return html`
      <form class="stack" @submit=${(event: SubmitEvent) => this.#handleConfirm(event, step)}>
        ${reach ? html`<p class="message warning" role="status">${warningIcon}<span>${t.reach(reach.recipients, reach.sms, reach.whatsapp, reach.withoutMessage)}</span></p>` : nothing}
        <div class="field"><label for="value">${publish ? t.at : t.withdrawReason}</label>
          ${
            publish
              ? html`<input id="value" name="value" type="datetime-local" @input=${(event: Event) => {
                  this.scheduling = (event.target as HTMLInputElement).value !== '';
                }}>`
              : html`<input id="value" name="value" required maxlength="300" dir="auto">`
          }</div>
        <div class="row">
          <button class=${publish ? 'primary' : 'danger'} data-action="confirm" ?disabled=${this.#commands.pending !== undefined}>${publish ? (this.scheduling ? t.schedule : t.publishNow) : t.confirmWithdraw}</button>
          <button type="button" @click=${() => {
            this.step = undefined;
          }}>${essential.cancel}</button></div>
      </form>
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-announcements': CwAnnouncements;
  }
}
