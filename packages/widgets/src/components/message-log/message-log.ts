import { type Loadable, messages } from '@callweave/sdk';
import type { Message } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { messageChip } from '../../formats/message-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { missedCallTerms } from '../../translations/missed-call-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { messageLogStyles } from './message-log.styles.ts';

export const MESSAGE_LOG_FILTERS = ['all', 'troubled'] as const;
export type MessageLogFilter = (typeof MESSAGE_LOG_FILTERS)[number];

/**
 * @summary The latest text messages and what became of each, for supervisors and managers. Neither what they say nor whom
 * they went to: enough of the number to recognise one that is known.
 *
 * @csspart row - One message.
 */
export class CwMessageLog extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(560),
    messageLogStyles,
  ];

  protected override readonly locale = new LocaleController(this, missedCallTerms, problemTerms);
  readonly #list = new FollowController<Loadable<readonly Message[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(messages);
      return followed && { state: followed.latest, close: followed.open() };
    },
  });

  /** Which messages are shown. */
  @property() filter: MessageLogFilter = 'all';

  #handleFilter(event: Event): void {
    this.filter = (event.target as HTMLSelectElement).value as MessageLogFilter;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { log: t } = this.locale.terms.missedCalls;
    const list = this.#list.value;
    const all = list?.status === 'ready' ? list.value : [];
    const shown = this.filter === 'troubled' ? all.filter(isTroubled) : all;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread"><h2 id="title">${t.title}</h2>
          <label class="row small">${t.filter}
            <select .value=${this.filter} @change=${this.#handleFilter}>
              ${MESSAGE_LOG_FILTERS.map((each) => html`<option value=${each} ?selected=${each === this.filter}>${t[each]}</option>`)}
            </select></label>
        </div>
        <p class="visually-hidden" role="status">${all.length > 0 && shown.length === 0 ? t.noneTroubled : nothing}</p>
        ${
          list?.status === 'failed'
            ? html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(list.error, this.locale.terms)}</span></p>`
            : list?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : shown.length === 0
                ? html`<p class="empty">${all.length === 0 ? t.empty : t.noneTroubled}</p>`
                : this.#renderTable(shown)
        }
      </section>
    `;
  }

  #renderTable(messages: readonly Message[]): TemplateResult {
    const { columns } = this.locale.terms.missedCalls.log;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          ${[columns.time, columns.purpose, columns.channel, columns.recipient, columns.state, columns.reason].map(
            (name) => html`<th role="columnheader" scope="col">${name}</th>`,
          )}
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          messages,
          ({ id }) => id,
          (message) => this.#renderRow(message),
        )}</tbody>
      </table></div>
    `;
  }

  #renderRow({ id, createdAt, purpose, channel, recipient, state, reason }: Message): TemplateResult {
    const t = this.locale.terms.missedCalls;
    const { formats } = this.locale;
    const words = (known: Readonly<Record<string, string>>, word: string) =>
      known[word] ?? html`<bdi dir="ltr">${word}</bdi>`;
    return html`
      <tr role="row" part="row" data-message=${id}>
        <td role="cell" class="tabular">${formats.dateTime(createdAt)}</td>
        <td role="cell">${words(t.log.purpose, purpose)}</td>
        <td role="cell">${t.log.channel[channel]}</td>
        <td role="cell" data-label=${t.log.columns.recipient}><bdi dir="ltr" class="tabular">${formats.digits(recipient)}</bdi></td>
        <td role="cell">${messageChip(state, t)}</td>
        <td role="cell" class="reason">${reason === null ? nothing : words(t.log.reason, reason)}</td>
      </tr>
    `;
  }
}

/** It did not arrive, or something keeps it from being sent. */
const isTroubled = ({ state, reason }: Message): boolean =>
  state === 'failed' || state === 'expired' || (state === 'queued' && reason !== null);

declare global {
  interface HTMLElementTagNameMap {
    'cw-message-log': CwMessageLog;
  }
}
