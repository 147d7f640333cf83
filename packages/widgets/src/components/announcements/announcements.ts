import { type AnnouncementDraft, type AnnouncementReach, announcements, type Loadable } from '@callweave/sdk';
import { type Announcement, SERVICE_STATES } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
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
import { describeProblem } from '../../translations/describe-problem.ts';
import { notificationTerms } from '../../translations/notification-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';

const CATEGORIES = ['software-update', 'service-terms', 'legal'] as const;
const LANGUAGES = ['fa', 'en', 'cs'] as const;

const announcementsStyles = css`
  li {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 3);
  }

  fieldset .row {
    gap: calc(var(--_space) * 4);
  }
`;

type Step = { readonly id: string; readonly kind: 'publish' | 'withdraw'; readonly reach?: AnnouncementReach };

/**
 * @summary Announcements as managers write them, in all three languages, with an audience; who would get one is counted
 * before it is published, and what became of it shows afterwards.
 *
 * @csspart item - One announcement.
 */
export class CwAnnouncements extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, fieldStyles, announcementsStyles];

  protected override readonly locale = new LocaleController(this, notificationTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Announcement[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(announcements);
      return followed && { state: followed.list, close: followed.open() };
    },
  });
  readonly #commands = new CommandController(this);

  /** `new`, or the draft that is being edited. */
  @state() private editing: 'new' | Announcement | undefined;
  @state() private step: Step | undefined;
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

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { manage: t } = this.locale.terms.notifications;
    const list = this.#list.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2>
          <button data-action="write" @click=${() => {
            this.editing = 'new';
          }}>${t.write}</button></div>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${this.editing === undefined ? nothing : this.#renderForm(this.editing)}
        ${
          list?.status === 'failed'
            ? this.#renderFailure(list.error)
            : list?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span>`
              : list.value.length === 0
                ? html`<p class="empty">${t.empty}</p>`
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
    const t = notifications.manage;
    const draft = editing === 'new' ? undefined : editing;
    return html`
      <form class="stack" @submit=${this.#handleSave}>
        <div class="field"><label for="category">${t.categoryLabel}</label>
          <select id="category" name="category">${CATEGORIES.map(
            (each) =>
              html`<option value=${each} ?selected=${draft?.category === each}>${notifications.category[each]}</option>`,
          )}</select></div>
        ${LANGUAGES.map(
          (language) => html`
            <div class="field"><label for="title-${language}">${t.titleIn[language]}</label>
              <input id="title-${language}" name="title-${language}" lang=${language} dir="auto" required maxlength="120" .value=${draft?.title[language] ?? ''}></div>
            <div class="field"><label for="content-${language}">${t.contentIn[language]}</label>
              <textarea id="content-${language}" name="content-${language}" lang=${language} dir="auto" required maxlength="5000" .value=${draft?.content[language] ?? ''}></textarea></div>`,
        )}
        <div class="field"><label for="models">${t.models}</label>
          <input id="models" name="models" dir="auto" aria-describedby="models-hint" .value=${draft?.audience.models.join(', ') ?? ''}>
          <span id="models-hint" class="hint">${t.modelsHint}</span></div>
        <fieldset><legend>${t.serviceStates}</legend><div class="row">${SERVICE_STATES.map(
          (each) =>
            html`<label class="row"><input type="checkbox" name="serviceStates" value=${each} ?checked=${draft?.audience.serviceStates.includes(each) ?? false}>${t.serviceState[each]}</label>`,
        )}</div></fieldset>
        <div class="row">
          <button type="button" @click=${() => {
            this.editing = undefined;
          }}>${essential.cancel}</button>
          <button class="primary" ?disabled=${this.#commands.pending !== undefined}>${t.save}</button></div>
      </form>
    `;
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
        <div class="row"><bdi>${title[locale]}</bdi> <span class="chip">${notifications.category[category]}</span>
          <span class="chip ${state === 'published' ? 'success' : state === 'withdrawn' ? 'danger' : 'warning'}">${t.state[state]}</span>
          ${at === null ? nothing : html`<span class="small muted tabular">${formats.dateTime(at)}</span>`}</div>
        ${
          state === 'published' || state === 'withdrawn'
            ? html`<p class="small">${t.figures(recipients, read + acknowledged, acknowledged)}<br>
              ${t.deliveries(messages.delivered, messages.queued + messages.sent + waiting, messages.failed + messages.expired, withoutMessage)}</p>`
            : nothing
        }
        ${this.step?.id === id ? this.#renderStep(this.step) : this.#renderActions(announcement)}
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
            })}${act('publish', t.publish, () => this.#handlePublish(announcement), 'primary')}`
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
          <button type="button" @click=${() => {
            this.step = undefined;
          }}>${essential.cancel}</button>
          <button class=${publish ? 'primary' : 'danger'} data-action="confirm" ?disabled=${this.#commands.pending !== undefined}>${publish ? (this.scheduling ? t.schedule : t.publishNow) : t.confirmWithdraw}</button></div>
      </form>
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

function draftIn(form: HTMLFormElement, before: Announcement | undefined): AnnouncementDraft {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const words = (name: string) => ({ en: text(`${name}-en`), fa: text(`${name}-fa`), cs: text(`${name}-cs`) });
  return {
    category: text('category') as AnnouncementDraft['category'],
    title: words('title'),
    content: words('content'),
    audience: {
      typeIds: before?.audience.typeIds ?? [],
      models: text('models')
        .split(/[,،]/)
        .map((model) => model.trim())
        .filter((model) => model !== ''),
      serviceStates: SERVICE_STATES.filter((each) => data.getAll('serviceStates').includes(each)),
    },
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-announcements': CwAnnouncements;
  }
}
