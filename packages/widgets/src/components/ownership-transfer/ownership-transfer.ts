import { devices, transfers } from '@callweave/sdk';
import { canTransfer, isNationalCode, type SentCode, type Transfer } from '@callweave/sdk/protocol';
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
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { transferTerms } from '../../translations/transfer-terms.ts';
import { renderConsent } from '../transfer-parts/consent.ts';
import { transferStyles } from '../transfer-parts/transfer.styles.ts';

const RUNNING: readonly Transfer['state'][] = ['offered', 'confirmed', 'accepted'];

/**
 * @summary The present owner gives a device to a new one: names them, reads the exact text, confirms by a code sent to
 * their own telephone; and sees how it goes on.
 *
 * @csspart transfer - One transfer.
 * @csspart text - The exact text that is confirmed.
 */
export class CwOwnershipTransfer extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, chipStyles, transferStyles];

  protected override readonly locale = new LocaleController(this, transferTerms, problemTerms);
  readonly #own = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => {
      const own = this.feature(transfers)?.own;
      return own && { state: own.state, close: own.open() };
    },
  });
  readonly #devices = new FollowController(this, {
    key: () => this.activeDesk,
    open: () => this.feature(devices)?.follow(),
  });
  readonly #commands = new CommandController(this);

  @state() private announced = '';
  @state() private wrongCode = false;
  /** By transfer: the code that is on its way, and what was typed of it. */
  @state() private sent: ReadonlyMap<string, SentCode> = new Map();
  @state() private typed: ReadonlyMap<string, string> = new Map();
  /** The transfer of which it was asked whether to withdraw it. */
  @state() private asked = '';

  async #start(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const value = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
    const nationalCode = value('national-code');
    this.wrongCode = !isNationalCode(nationalCode);
    if (this.wrongCode) return;
    const { locale } = this.locale.formats;
    const newOwner = { name: value('name'), nationalCode, telephone: value('telephone'), locale };
    const done = await this.#commands.run('start', async () =>
      this.feature(transfers)?.start({ deviceId: value('device'), newOwner }),
    );
    if (done) form.reset();
  }

  async #send({ id }: Transfer): Promise<void> {
    await this.#commands.run(`send ${id}`, async () => {
      const sent = await this.feature(transfers)?.sendCode(id);
      if (sent) this.sent = new Map(this.sent).set(id, sent);
    });
  }

  async #confirm(transfer: Transfer): Promise<void> {
    const { locale } = this.locale.formats;
    const code = this.typed.get(transfer.id) ?? '';
    await this.#commands.run(`confirm ${transfer.id}`, async () => {
      await this.feature(transfers)?.confirm(transfer, { locale, code });
      this.announced = this.locale.terms.transfers.give.confirmed;
    });
    // Right or wrong, a code is typed once.
    this.typed = new Map(this.typed).set(transfer.id, '');
  }

  async #withdraw({ id }: Transfer): Promise<void> {
    await this.#commands.run(`withdraw ${id}`, async () => {
      await this.feature(transfers)?.withdraw(id);
      this.announced = this.locale.terms.transfers.give.withdrawn;
    });
    this.asked = '';
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.transfers;
    const own = this.#own.value;
    return html`<section class="stack" aria-label=${t.heading}>
      <div role="status">${this.announced === '' ? nothing : html`<p class="message success">${this.announced}</p>`}</div>
      ${
        own === undefined || own.status === 'loading'
          ? html`<p class="surface"><span class="skeleton"></span><span class="visually-hidden">${t.loading}</span></p>`
          : own.status === 'failed'
            ? this.#renderError(own.error)
            : html`${repeat(
                own.value,
                ({ id }) => id,
                (transfer) => this.#renderOne(transfer),
              )}
              ${own.value.length === 0 ? html`<p class="empty">${t.give.none}</p>` : nothing}
              ${this.#renderForm(own.value)}`
      }
    </section>`;
  }

  #renderError(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }

  #renderForm(present: readonly Transfer[]): TemplateResult {
    const t = this.locale.terms.transfers;
    const all = this.#devices.value;
    if (all?.status !== 'ready') return html`${nothing}`;
    const running = new Set(present.filter(({ state }) => RUNNING.includes(state)).map(({ deviceId }) => deviceId));
    const free = all.value.filter(({ id }) => !running.has(id));
    if (free.length === 0) return html`<p class="small muted">${t.give.noDevices}</p>`;
    return html`<form class="surface stack" @submit=${this.#start} aria-labelledby="begin"><h2 id="begin">${t.give.begin}</h2>
      <div class="field"><label for="device">${t.device}</label><select id="device" name="device" required>
        <option value="">${t.give.choose}</option>
        ${free.map(({ id, brand, model, serial, dongle, userId }) => html`<option value=${id}>${brand} ${model} ${serial ?? dongle ?? userId ?? ''}</option>`)}
      </select></div>
      <div class="field"><label for="name">${t.name}</label><input id="name" name="name" required maxlength="120" autocomplete="off"></div>
      <div class="field"><label for="national-code">${t.nationalCode}</label>
        <input id="national-code" name="national-code" class="tabular" dir="ltr" inputmode="numeric" required maxlength="10" autocomplete="off"
          aria-invalid=${this.wrongCode ? 'true' : 'false'} aria-describedby="code-error">
        <p class="field-error" id="code-error" role="alert">${this.wrongCode ? t.nationalCodeWrong : nothing}</p></div>
      <div class="field"><label for="telephone">${t.telephone}</label>
        <input id="telephone" name="telephone" type="tel" class="tabular" dir="ltr" required maxlength="30" autocomplete="off" aria-describedby="telephone-hint">
        <p class="hint" id="telephone-hint">${t.give.telephoneHint}</p></div>
      ${this.#commands.failed === 'start' ? this.#renderError(this.#commands.error) : nothing}
      <div class="row"><button data-action="start" ?disabled=${this.#commands.pending !== undefined}>${t.give.next}</button></div>
    </form>`;
  }

  #renderOne(transfer: Transfer): TemplateResult {
    const t = this.locale.terms.transfers;
    const { formats } = this.locale;
    const { id, device, newOwner, decided, expiresAt } = transfer;
    const tone = transfer.state === 'approved' ? 'success' : RUNNING.includes(transfer.state) ? 'warning' : '';
    const failed = this.#commands.failed?.endsWith(id) === true ? this.#commands.error : undefined;
    return html`<article class="surface stack" part="transfer" aria-labelledby=${`name-${id}`}>
      <div class="row spread"><h2 id=${`name-${id}`}><bdi>${device.brand} ${device.model}</bdi> <bdi dir="ltr" class="tabular small">${device.identifier}</bdi></h2>
        <span class="chip ${tone}">${t.states[transfer.state]}</span></div>
      <dl class="facts"><dt>${t.newOwner}</dt><dd><bdi>${newOwner.name}</bdi></dd>
        <dt>${t.telephone}</dt><dd><bdi dir="ltr" class="tabular">${formats.phone(newOwner.telephone)}</bdi></dd></dl>
      ${decided === null || decided.reason === '' ? nothing : html`<p><bdi>${t.give.reason(decided.reason)}</bdi></p>`}
      ${canTransfer(transfer.state, 'expire', 'clock') ? html`<p class="small muted">${t.until(formats.dateTime(expiresAt))}</p>` : nothing}
      ${failed === undefined ? nothing : this.#renderError(failed)}
      ${
        canTransfer(transfer.state, 'confirm', 'owner')
          ? renderConsent({
              terms: t,
              id,
              text: transfer.wordings[formats.locale].text,
              sent: this.sent.get(id),
              code: this.typed.get(id) ?? '',
              busy: this.#commands.pending !== undefined,
              action: t.give.confirm,
              send: () => void this.#send(transfer),
              type: (code) => (this.typed = new Map(this.typed).set(id, code)),
              consent: () => void this.#confirm(transfer),
            })
          : nothing
      }
      ${canTransfer(transfer.state, 'withdraw', 'owner') ? this.#renderWithdraw(transfer) : nothing}
    </article>`;
  }

  #renderWithdraw(transfer: Transfer): TemplateResult {
    const t = this.locale.terms.transfers;
    if (this.asked !== transfer.id)
      return html`<div class="row"><button class="plain" data-action="ask" @click=${() => (this.asked = transfer.id)}>${t.give.withdraw}</button></div>`;
    return html`<div class="row"><span>${t.sure}</span>
      <button class="danger" data-action="withdraw" ?disabled=${this.#commands.pending !== undefined} @click=${() => this.#withdraw(transfer)}>${t.give.withdraw}</button>
      <button data-action="keep" @click=${() => (this.asked = '')}>${t.keep}</button></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-ownership-transfer': CwOwnershipTransfer;
  }
}
