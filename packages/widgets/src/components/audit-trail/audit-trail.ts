import { audit } from '@callweave/sdk';
import type { AuditEntry } from '@callweave/sdk/protocol';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { buyerTerms } from '../../translations/buyer-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { auditValueWords } from './audit-words.ts';

const auditTrailStyles = css`
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    padding-block: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
  }

  li:first-child {
    padding-block-start: 0;
    border: 0;
  }

  /* What was comes first, in either direction. */
  .arrow::before {
    content: '→';
  }

  .arrow:dir(rtl)::before {
    content: '←';
  }

  .chip {
    border-radius: var(--_radius);
    white-space: normal;
  }

  .head {
    margin: 0 0 calc(var(--_space) * 2);
  }

  .fields {
    display: grid;
    gap: var(--_space);
    margin: 0;
  }

  .field-name {
    color: var(--_muted);
  }

  .fields dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  del {
    color: var(--_muted);
  }

  ins {
    text-decoration: none;
    font-weight: 500;
  }

  .reason {
    margin: calc(var(--_space) * 2) 0 0;
  }
`;

/**
 * @summary Who changed what of a buyer, a device, a price: field by field, from what to what, and why; newest first. For
 * managers. An entry that the evidence chain does not confirm is marked.
 *
 * @csspart surface - The card.
 * @csspart entry - One change.
 * @csspart more - The button that shows earlier ones.
 */
export class CwAuditTrail extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, auditTrailStyles];

  protected override readonly locale = new LocaleController(this, buyerTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private entries: readonly AuditEntry[] | undefined;
  @state() private more = false;

  /** What was changed: `buyer:<id>`, `device:<id>`. */
  @property() subject = '';

  #loadedFor: string | undefined;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.activeDesk || this.subject === '' || this.subject === this.#loadedFor) return;
    this.#loadedFor = this.subject;
    this.entries = undefined;
    void this.reload();
  }

  /** Asks the server again. */
  async reload(): Promise<void> {
    await this.#load('load');
  }

  async #load(name: 'load' | 'more'): Promise<void> {
    const { subject } = this;
    const before = name === 'more' ? this.entries?.at(-1)?.id : undefined;
    await this.#commands.run(name, async () => {
      const page = await this.feature(audit)?.list(subject, before === undefined ? {} : { before });
      if (!page || subject !== this.subject) return;
      this.entries = before === undefined ? page.entries : [...(this.entries ?? []), ...page.entries];
      this.more = page.more;
    });
    // Chosen while another one was on its way.
    if (subject !== this.subject && this.subject !== '') await this.#load('load');
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { terms } = this.locale;
    const t = terms.buyers.audit;
    const { error, pending } = this.#commands;
    return html`<section class="surface stack" part="surface" aria-labelledby="title">
      <h2 id="title">${t.title}</h2>
      <div role="status">${error === undefined ? nothing : html`<p class="message danger">${warningIcon}<span>${describeProblem(error, terms)}</span></p>`}</div>
      ${
        this.entries === undefined
          ? error === undefined && this.subject !== ''
            ? html`<div class="stack" aria-busy="true"><span class="skeleton"></span><span class="skeleton"></span></div>`
            : nothing
          : this.entries.length === 0
            ? html`<p class="empty">${t.empty}</p>`
            : html`<ol>${repeat(
                this.entries,
                ({ id }) => id,
                (entry) => this.#renderEntry(entry),
              )}</ol>`
      }
      ${this.more ? html`<div><button part="more" ?disabled=${pending !== undefined} @click=${() => this.#load('more')}>${t.more}</button></div>` : nothing}
    </section>`;
  }

  #renderEntry({ at, actor, actorName, changes, reason, intact }: AuditEntry): TemplateResult {
    const { formats } = this.locale;
    const t = this.locale.terms.buyers.audit;
    const names: Readonly<Record<string, string>> = t.field;
    const words = (field: string, value: unknown) => auditValueWords(field, value, this.locale.terms.buyers, formats);
    return html`<li part="entry">
      <p class="head small"><time class="tabular" datetime=${at}>${formats.dateTime(at)}</time> · <bdi>${t.by(actorName ?? (actor === 'system' ? t.system : actor))}</bdi>
        ${intact ? nothing : html`<span class="chip danger">${warningIcon}${t.altered}</span>`}</p>
      <dl class="fields">${Object.entries(changes).map(
        ([field, { from, to }]) => html`<div>
          <dt class="field-name small">${names[field] ?? field}</dt>
          <dd><span class="visually-hidden">${t.from}: </span><del><bdi>${words(field, from)}</bdi></del> <span class="arrow" aria-hidden="true"></span> <span class="visually-hidden">${t.to}: </span><ins><bdi>${words(field, to)}</bdi></ins></dd>
        </div>`,
      )}</dl>
      ${reason === null ? nothing : html`<p class="reason small"><bdi>“${reason}”</bdi></p>`}
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-audit-trail': CwAuditTrail;
  }
}
