import { type Loadable, notifications } from '@callweave/sdk';
import type { Consent, Notification } from '@callweave/sdk/protocol';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { PopoverController } from '../../controllers/popover-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { linkedText } from '../../formats/linked-text.ts';
import { bellIcon, checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { popoverStyles } from '../../styles/popover.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { notificationTerms } from '../../translations/notification-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';

const notificationsStyles = css`
  /* It stands in a row of the page's header and is as wide as its bell. */
  :host {
    display: inline-block;
    container-type: normal;
  }

  #panel {
    inline-size: min(26em, calc(100vw - 12px));
    max-block-size: 80vh;
    overflow-y: auto;
  }

  /* A stack is a grid, and would show it always. */
  #panel:not(:popover-open) {
    display: none;
  }

  .content {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  details {
    border-block-start: 1px solid var(--_border);
    padding-block: calc(var(--_space) * 2);
  }

  summary {
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  /* Bold, with a dot: new is neither danger nor warning. */
  .chip.new {
    background: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
    color: var(--_accent);
  }

  details .chip.new::before {
    content: '';
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: currentcolor;
  }

  details > * + * {
    margin-block-start: calc(var(--_space) * 2);
  }

  .unread .title {
    font-weight: 600;
  }
`;

/**
 * @summary What the house tells a buyer: a bell with the number of unread ones, the list behind it, and what may also
 * come to their telephone. A legal notice stays on top until the buyer has taken note of it. It never takes the focus.
 *
 * @csspart bell - The button with the count.
 * @csspart item - One notification.
 */
export class CwNotifications extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    chipStyles,
    fieldStyles,
    popoverStyles,
    notificationsStyles,
  ];

  protected override readonly locale = new LocaleController(this, notificationTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Notification[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(notifications);
      return followed && { state: followed.list, close: followed.open() };
    },
  });
  readonly #commands = new CommandController(this);
  readonly #popover = new PopoverController(this);

  @state() private expanded = false;
  @state() private consents: readonly Consent[] | undefined;

  get #all(): readonly Notification[] {
    const list = this.#list.value;
    return list?.status === 'ready' ? list.value : [];
  }

  #handleToggle(event: Event, { id, state }: Notification): void {
    if ((event.target as HTMLDetailsElement).open && state === 'unread')
      void this.#commands.run(`read ${id}`, async () => this.feature(notifications)?.read(id));
  }

  #handleAcknowledge(id: string): void {
    void this.#commands.run(`acknowledge ${id}`, async () => this.feature(notifications)?.acknowledge(id));
  }

  #handleConsents(event: Event): void {
    if (!(event.target as HTMLDetailsElement).open || this.consents) return;
    void this.#commands.run('consents', async () => {
      this.consents = await this.feature(notifications)?.consents();
    });
  }

  async #handleConsent(event: Event, { category, channel, granted }: Consent): Promise<void> {
    const box = event.target as HTMLInputElement;
    const done = await this.#commands.run('consent', async () => {
      this.consents = await this.feature(notifications)?.setConsent(category, channel, box.checked);
    });
    if (!done) box.checked = granted;
  }

  readonly #handlePanel = (event: ToggleEvent) => {
    this.expanded = event.newState === 'open';
    this.#popover.handleToggle(event);
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.notifications;
    const unread = this.#all.filter(({ state, mustAcknowledge }) => state === 'unread' || mustAcknowledge).length;
    return html`
      <section aria-label=${t.title}>
        <button id="bell" type="button" part="bell" popovertarget="panel" aria-label=${t.open(unread)}>${bellIcon}${t.title}${unread > 0 ? html` <span class="chip new tabular">${this.locale.formats.number(unread)}</span>` : nothing}</button>
        <p class="visually-hidden" role="status">${unread > 0 ? t.announceUnread(unread) : nothing}</p>
        <div popover id="panel" class="stack" @beforetoggle=${this.#handlePanel}>${this.expanded ? this.#renderPanel() : nothing}</div>
      </section>
    `;
  }

  #renderPanel(): TemplateResult {
    const t = this.locale.terms.notifications;
    const list = this.#list.value;
    return html`
      <h2>${t.title}</h2>
      ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
      ${
        list?.status === 'failed'
          ? this.#renderFailure(list.error)
          : list?.status !== 'ready'
            ? html`<span class="skeleton"></span><span class="skeleton"></span>`
            : list.value.length === 0
              ? html`<p class="empty">${t.empty}</p>`
              : html`<div>${repeat(
                  list.value,
                  ({ id }) => id,
                  (each) => this.#renderItem(each),
                )}</div>`
      }
      <details id="consents" @toggle=${this.#handleConsents}><summary>${t.consents}</summary>${this.#renderConsents()}</details>
    `;
  }

  #renderItem(notification: Notification): TemplateResult {
    const t = this.locale.terms.notifications;
    const { formats, locale } = this.locale;
    const { id, category, title, content, state, mustAcknowledge, publishedAt, acknowledgedAt } = notification;
    return html`
      <details part="item" class=${state} data-notification=${id} @toggle=${(event: Event) => this.#handleToggle(event, notification)}>
        <summary><span class="title"><bdi>${title[locale]}</bdi></span>
          <span class="chip ${category === 'legal' ? 'warning' : ''}">${t.category[category]}</span>
          <span class="chip ${state === 'unread' ? 'new' : ''}">${state === 'unread' ? nothing : checkIcon}${t.state[state]}</span>
          <span class="small muted tabular">${formats.dateTime(publishedAt)}</span></summary>
        <p class="content" dir="auto">${linkedText(content[locale])}</p>
        ${
          mustAcknowledge
            ? html`<p class="message warning">${warningIcon}<span>${t.mustAcknowledge}</span></p>
              <button class="primary" data-action="acknowledge" ?disabled=${this.#commands.pending !== undefined}
                @click=${() => this.#handleAcknowledge(id)}>${t.acknowledge}</button>`
            : acknowledgedAt === null
              ? nothing
              : html`<p class="small muted">${t.acknowledgedOn(formats.dateTime(acknowledgedAt))}</p>`
        }
      </details>
    `;
  }

  #renderConsents(): TemplateResult {
    const t = this.locale.terms.notifications;
    return html`
      <p class="hint">${t.consentsHint}</p>
      ${(this.consents ?? []).map(
        (consent) => html`<label class="row">
          <input type="checkbox" data-consent="${consent.category} ${consent.channel}" .checked=${consent.granted} ?disabled=${consent.fixed}
            @change=${(event: Event) => void this.#handleConsent(event, consent)}>
          ${t.category[consent.category]} — ${t.channel[consent.channel]}${consent.fixed ? html` <span class="small muted">(${t.fixed})</span>` : nothing}
        </label>`,
      )}
    `;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-notifications': CwNotifications;
  }
}
