import { type FollowedMessages, type Loadable, type Voicemail, voicemail } from '@callweave/sdk';
import type { Call, VoicemailBox, VoicemailMessage } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
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
import { problemTerms } from '../../translations/problem-terms.ts';
import { voicemailTerms } from '../../translations/voicemail-terms.ts';
import { greetingPanel } from './greeting-panel.ts';
import { messageDetails } from './message-details.ts';
import { messageRow } from './message-row.ts';
import { SoundPlayer } from './sound-player.ts';
import { CwVoicemailCallBackEvent, CwVoicemailOpenEvent } from './voicemail.events.ts';
import { voicemailStyles } from './voicemail.styles.ts';

/** The values of {@link CwVoicemail.filter}. */
export const VOICEMAIL_FILTERS = ['all', 'unheard', 'bin'] as const;

/** More rows than this are loaded a page at a time. */
const PAGE = 200;

/**
 * @summary What callers said whom nobody could answer: played with seek and speed, called back with one press, marked,
 * noted, deleted and taken back; and the greeting that they hear.
 *
 * @event {CwVoicemailOpenEvent} cw-voicemail-open - A message was opened; `message` is undefined when it was closed.
 * @event {CwVoicemailCallBackEvent} cw-voicemail-call-back - Whoever left a message is being called back from this page.
 *
 * @csspart row - One message.
 * @csspart detail - What an opened message shows.
 * @csspart transport - The controls of the player.
 * @csspart greeting - The greeting of the chosen box.
 */
export class CwVoicemail extends DeskElement {
  static override styles = [
    baseStyles,
    surfaceStyles,
    buttonStyles,
    fieldStyles,
    chipStyles,
    tableStyles(720),
    voicemailStyles,
  ];

  protected override readonly locale = new LocaleController(this, voicemailTerms, problemTerms);
  readonly #boxes = new FollowController<Loadable<readonly VoicemailBox[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(voicemail);
      return feature && { state: feature.boxes, close: feature.open() };
    },
  });
  readonly #messages = new FollowController<Loadable<readonly VoicemailMessage[]>>(this, {
    key: () => this.activeDesk && `${this.boxId} ${this.filter === 'bin'}`,
    open: () => {
      this.#followed = this.feature(voicemail)?.follow(this.#filter);
      return this.#followed;
    },
  });
  readonly #commands = new CommandController(this);
  readonly #player = new SoundPlayer(this, 'message');
  readonly #greeting = new SoundPlayer(this, 'greeting');

  @state() private openId: string | undefined;
  /** Just put into the bin: what "Undo" takes back. */
  @state() private deleted: VoicemailMessage | undefined;
  @state() private done: 'noted' | 'restored' | 'calling' | undefined;
  @state() private resetting = false;
  /** What was there before the list begins. */
  @state() private older: readonly VoicemailMessage[] = [];
  @state() private olderAreAll = false;

  /** Which messages are shown. */
  @property({ reflect: true }) filter: (typeof VOICEMAIL_FILTERS)[number] = 'all';
  /** Only messages of this box: a queue's id, or an account's. Without it those of all one's boxes. */
  @property({ attribute: 'box-id', reflect: true }) boxId = '';

  #followed: FollowedMessages | undefined;

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('filter') && !changed.has('boxId')) return;
    this.older = [];
    this.olderAreAll = false;
    this.resetting = false;
  }

  get #filter() {
    return {
      ...(this.boxId ? { boxId: this.boxId } : {}),
      ...(this.filter === 'bin' ? { deleted: true } : {}),
    };
  }

  #toggle(message: VoicemailMessage): void {
    const opens = this.openId !== message.id;
    this.openId = opens ? message.id : undefined;
    this.done = undefined;
    this.#commands.clear();
    this.dispatchEvent(new CwVoicemailOpenEvent(opens ? message : undefined));
  }

  async #change(
    name: string,
    command: (feature: Voicemail) => Promise<VoicemailMessage>,
  ): Promise<VoicemailMessage | undefined> {
    const feature = this.feature(voicemail);
    if (!feature) return undefined;
    let changed: VoicemailMessage | undefined;
    await this.#commands.run(name, async () => {
      changed = await command(feature);
    });
    const now = changed;
    // Those of before the list are not kept true by events.
    if (now) this.older = this.older.map((message) => (message.id === now.id ? now : message));
    return now;
  }

  /** Heard is what was played, not what was opened. */
  #handlePlay({ id, heardAt, deletedAt }: VoicemailMessage): void {
    if (heardAt === null && deletedAt === null) void this.#change('heard', (feature) => feature.markHeard(id));
  }

  async #handleCallBack(message: VoicemailMessage): Promise<void> {
    let call: Call | undefined;
    const rung = await this.#commands.run('call-back', async () => {
      call = await this.feature(voicemail)?.callBack(message);
    });
    if (!rung || !call) return;
    this.done = 'calling';
    this.dispatchEvent(new CwVoicemailCallBackEvent(message, call));
  }

  async #handleDelete({ id }: VoicemailMessage): Promise<void> {
    const deleted = await this.#change('delete', (feature) => feature.delete(id));
    if (!deleted) return;
    this.deleted = deleted;
    this.done = undefined;
    this.openId = undefined;
  }

  async #handleRestore({ id }: VoicemailMessage): Promise<void> {
    const restored = await this.#change('restore', (feature) => feature.restore(id));
    if (!restored) return;
    this.deleted = undefined;
    this.done = 'restored';
    this.openId = undefined;
  }

  async #handleOlder(last: VoicemailMessage): Promise<void> {
    await this.#commands.run('older', async () => {
      const found = (await this.feature(voicemail)?.olderThan(last.id, this.#filter)) ?? [];
      this.older = [...this.older, ...found];
      this.olderAreAll = found.length < PAGE;
    });
  }

  async #handleReset(boxId: string, step: 'ask' | 'sure' | 'keep'): Promise<void> {
    this.resetting = step === 'ask';
    if (step === 'sure')
      await this.#commands.run('greeting', async () => this.feature(voicemail)?.resetGreeting(boxId));
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.voicemail;
    const messages = this.#messages.value;
    const loaded = this.#boxes.value;
    const boxes = loaded?.status === 'ready' ? loaded.value : [];
    const chosen = boxes.find(({ id }) => id === this.boxId) ?? (boxes.length === 1 ? boxes[0] : undefined);
    const unheard = boxes
      .filter(({ id }) => this.boxId === '' || id === this.boxId)
      .reduce((sum, box) => sum + box.unheard, 0);
    const { error, failed } = this.#commands;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <div class="row spread">
          <h2 id="title">${t.title}${unheard > 0 ? html` <span class="chip">${t.unheard(unheard)}</span>` : nothing}</h2>
          <div class="filters">
            ${
              boxes.length < 2
                ? nothing
                : html`<select data-choose="box" aria-label=${t.box} @change=${(event: Event) => {
                    this.boxId = (event.target as HTMLSelectElement).value;
                  }}>
                  <option value="" ?selected=${this.boxId === ''}>${t.allBoxes}</option>
                  ${boxes.map((box) => html`<option value=${box.id} ?selected=${this.boxId === box.id}>${t.boxNamed(this.#nameOf(box), box.unheard)}</option>`)}
                </select>`
            }
            <select data-choose="filter" aria-label=${t.filter} @change=${(event: Event) => {
              this.filter = (event.target as HTMLSelectElement).value as CwVoicemail['filter'];
            }}>${VOICEMAIL_FILTERS.map((filter) => html`<option value=${filter} ?selected=${this.filter === filter}>${t.filters[filter]}</option>`)}</select>
          </div>
        </div>
        <div role="status">${this.#renderDone()}</div>
        ${failed !== undefined && (this.openId === undefined || failed === 'greeting') ? this.#renderFailure(error) : nothing}
        ${
          messages?.status === 'failed'
            ? html`${this.#renderFailure(messages.error)}<p><button data-action="retry" @click=${() => void this.#followed?.reload()}>${this.locale.terms.essential.retry}</button></p>`
            : messages?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : this.#renderTable(messages.value, boxes)
        }
        ${chosen ? this.#renderGreeting(chosen) : nothing}
      </section>
    `;
  }

  #nameOf(box: VoicemailBox): string {
    return box.kind === 'agent' ? this.locale.terms.voicemail.ownBox : box.names[this.locale.locale];
  }

  #renderDone(): TemplateResult | typeof nothing {
    const t = this.locale.terms.voicemail;
    const { deleted } = this;
    if (deleted?.binnedUntil)
      return html`<p class="message">${t.deleted(this.locale.formats.dateTime(deleted.binnedUntil))}
        <button class="plain" data-action="undo" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#handleRestore(deleted)}>${t.undo}</button></p>`;
    if (this.done === undefined) return nothing;
    return html`<p class="message success">${{ noted: t.note.saved, restored: t.restored, calling: t.callingBack }[this.done]}</p>`;
  }

  #renderTable(present: readonly VoicemailMessage[], boxes: readonly VoicemailBox[]): TemplateResult {
    const t = this.locale.terms.voicemail;
    const all = [...present, ...this.older.filter(({ deletedAt }) => (deletedAt !== null) === (this.filter === 'bin'))];
    // What is opened stays, although playing has marked it.
    const shown = all.filter(({ id, heardAt }) => this.filter !== 'unheard' || heardAt === null || id === this.openId);
    const last = all.at(-1);
    if (shown.length === 0)
      return html`<p class="empty" role="status">${{ all: t.empty, unheard: t.emptyUnheard, bin: t.emptyBin }[this.filter]}</p>`;
    const withBox = this.boxId === '' && boxes.length > 1;
    const nameOf = new Map(boxes.map((box) => [box.id, this.#nameOf(box)]));
    const columns = (['from', 'box', 'when', 'length', 'state'] as const).filter((name) => name !== 'box' || withBox);
    return html`
      <div class="scroll"><table role="table" aria-labelledby="title">
        <thead role="rowgroup"><tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${t.columns[column]}</th>`)}
          <th role="columnheader" scope="col"><span class="visually-hidden">${t.columns.actions}</span></th>
        </tr></thead>
        <tbody role="rowgroup">${repeat(
          shown,
          ({ id }) => id,
          (message) => html`
            ${messageRow(message, { open: this.openId === message.id, boxName: withBox ? (nameOf.get(message.boxId) ?? '') : undefined, terms: t, formats: this.locale.formats, onToggle: () => this.#toggle(message) })}
            ${this.openId === message.id ? html`<tr role="row" class="detail" part="detail"><td role="cell" colspan=${columns.length + 1}>${this.#renderOpened(message)}</td></tr>` : nothing}
          `,
        )}</tbody>
      </table></div>
      ${last && present.length >= PAGE && !this.olderAreAll ? html`<p><button data-action="older" ?disabled=${this.#commands.pending !== undefined} @click=${() => void this.#handleOlder(last)}>${t.older}</button></p>` : nothing}
    `;
  }

  #renderOpened(message: VoicemailMessage): TemplateResult {
    const { terms, formats } = this.locale;
    const { error, failed } = this.#commands;
    return html`
      ${messageDetails({
        message,
        player: this.#player.render({
          url: this.feature(voicemail)?.audioUrl(message.id) ?? '',
          durationMs: message.durationMs,
          terms: terms.voicemail.player,
          formats,
          onPlay: () => this.#handlePlay(message),
        }),
        terms: terms.voicemail,
        formats,
        busy: this.#commands.pending !== undefined,
        onCallBack: () => void this.#handleCallBack(message),
        onNote: async (note) => {
          if (await this.#change('note', (feature) => feature.note(message.id, note))) this.done = 'noted';
        },
        onUnheard: () => {
          void this.#change('unheard', (feature) => feature.markHeard(message.id, false));
          this.openId = undefined;
        },
        onDelete: () => void this.#handleDelete(message),
        onRestore: () => void this.#handleRestore(message),
      })}
      ${failed === undefined || failed === 'greeting' ? nothing : this.#renderFailure(error)}
    `;
  }

  #renderGreeting(box: VoicemailBox): TemplateResult {
    const { terms, formats } = this.locale;
    return greetingPanel({
      box,
      name: this.#nameOf(box),
      player: this.#greeting.render({
        url: this.feature(voicemail)?.greetingUrl(box.greeting) ?? '',
        durationMs: box.greeting.durationMs ?? 0,
        terms: terms.voicemail.player,
        formats,
        onPlay: () => {},
      }),
      terms: terms.voicemail.greeting,
      formats,
      busy: this.#commands.pending !== undefined,
      resetting: this.resetting,
      onRecord: () => void this.#commands.run('greeting', async () => this.feature(voicemail)?.recordGreeting(box.id)),
      onReset: (step) => void this.#handleReset(box.id, step),
    });
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-voicemail': CwVoicemail;
  }
}
