import { transfers } from '@callweave/sdk';
import type { SentCode, TransferOffer } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { transferTerms } from '../../translations/transfer-terms.ts';
import { renderConsent } from '../transfer-parts/consent.ts';
import { transferStyles } from '../transfer-parts/transfer.styles.ts';

/**
 * @summary The page behind the link that a new owner got by text message: what they take over, and their consent by a
 * one-time code. Nobody has to be signed in.
 *
 * @csspart text - The exact text that is accepted.
 */
export class CwTransferAcceptance extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, transferStyles];

  protected override readonly locale = new LocaleController(this, transferTerms, problemTerms);
  readonly #commands = new CommandController(this);

  @state() private offer: TransferOffer | undefined;
  @state() private sent: SentCode | undefined;
  @state() private typed = '';
  @state() private asked = false;

  /** The secret of the link: what stands after the `#` of the page's address. */
  @property() token = '';

  #opened = '';

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.token === '' || this.token === this.#opened || !this.activeDesk) return;
    this.#opened = this.token;
    this.offer = undefined;
    this.sent = undefined;
    void this.#commands.run('open', async () => {
      this.offer = await this.feature(transfers)?.offer(this.token);
    });
  }

  async #consent(): Promise<void> {
    const { offer, typed } = this;
    if (offer === undefined) return;
    const { locale } = this.locale.formats;
    await this.#commands.run('accept', async () => {
      this.offer = await this.feature(transfers)?.accept(this.token, offer, { locale, code: typed });
    });
    this.typed = '';
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.transfers;
    const { error } = this.#commands;
    return html`<section class="surface stack" aria-labelledby="heading"><h2 id="heading">${t.take.heading}</h2>
      ${error === undefined ? nothing : html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}
      ${this.offer === undefined ? (error === undefined ? html`<p><span class="skeleton"></span><span class="visually-hidden">${t.loading}</span></p>` : nothing) : this.#renderOffer(this.offer)}
    </section>`;
  }

  #renderOffer(offer: TransferOffer): TemplateResult {
    const t = this.locale.terms.transfers;
    const { formats } = this.locale;
    const { device, name, nationalCode, telephone, state: present } = offer;
    const open = present === 'offered' || present === 'confirmed';
    return html`<div role="status">${open ? nothing : html`<p class="message ${present === 'accepted' || present === 'approved' ? 'success' : 'warning'}">${t.take.ends[present]}</p>`}</div>
      <dl class="facts"><dt>${t.device}</dt><dd><bdi>${device.brand} ${device.model}</bdi> <bdi dir="ltr" class="tabular">${device.identifier}</bdi></dd>
        <dt>${t.newOwner}</dt><dd><bdi>${name}</bdi></dd>
        <dt>${t.nationalCode}</dt><dd><bdi dir="ltr" class="tabular">${nationalCode}</bdi></dd>
        <dt>${t.telephone}</dt><dd><bdi dir="ltr" class="tabular">${telephone}</bdi></dd></dl>
      ${
        open
          ? html`<p>${t.take.intro}</p><p class="small muted">${t.until(formats.dateTime(offer.expiresAt))}</p>
            ${renderConsent({
              terms: t,
              id: 'take',
              text: offer.wordings[formats.locale].text,
              sent: this.sent,
              code: this.typed,
              busy: this.#commands.pending !== undefined,
              action: t.take.accept,
              send: () =>
                void this.#commands.run('send', async () => {
                  this.sent = await this.feature(transfers)?.sendOfferCode(this.token);
                }),
              type: (code) => (this.typed = code),
              consent: () => void this.#consent(),
            })}
            ${this.#renderDecline()}`
          : nothing
      }`;
  }

  #renderDecline(): TemplateResult {
    const t = this.locale.terms.transfers;
    if (!this.asked)
      return html`<div class="row"><button class="plain" data-action="ask" @click=${() => (this.asked = true)}>${t.take.decline}</button></div>`;
    return html`<div class="row"><span>${t.sure}</span>
      <button class="danger" data-action="decline" ?disabled=${this.#commands.pending !== undefined} @click=${() =>
        this.#commands.run('decline', async () => {
          this.offer = await this.feature(transfers)?.decline(this.token);
        })}>${t.take.decline}</button>
      <button data-action="keep" @click=${() => (this.asked = false)}>${t.keep}</button></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-transfer-acceptance': CwTransferAcceptance;
  }
}
