import { accounts, type Loadable } from '@callweave/sdk';
import type { Account, FieldCaller, Locale } from '@callweave/sdk/protocol';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { type EndOfRow, NumberPanel } from './number-panel.ts';

const LOCALES: readonly Locale[] = ['fa', 'cs', 'en'];

/** @summary Who calls out through fictitious numbers. Part of `<cw-number-pairings>`. */
export class CwNumberCallers extends NumberPanel<FieldCaller> {
  static override styles = [
    ...[NumberPanel.styles].flat(),
    css`
      :host {
        --_columns: minmax(8em, 1.5fr) minmax(9em, 1fr) minmax(7em, 1fr) 6em 7em minmax(13em, 1.2fr);
      }
    `,
  ];

  @state() private form: { readonly caller: FieldCaller | undefined } | undefined;
  @state() private accounts: readonly Account[] = [];

  #loadedFor: unknown;

  protected override get list(): Loadable<readonly FieldCaller[]> | undefined {
    return this.numbers?.fieldCallers.get();
  }

  protected override wordsOf({ name, number }: FieldCaller): readonly string[] {
    return [name, number];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const desk = this.activeDesk;
    if (desk === this.#loadedFor) return;
    this.#loadedFor = desk;
    void this.#loadAccounts();
  }

  async #loadAccounts(): Promise<void> {
    // Without them a field caller calls by telephone only, which is the usual case.
    const all =
      (await this.feature(accounts)
        ?.list()
        .catch(() => undefined)) ?? [];
    this.accounts = all.filter(({ roles, active }) => active && roles.includes('field-caller'));
  }

  async #open(caller: FieldCaller | undefined): Promise<void> {
    this.commands.clear();
    this.form = { caller };
    this.notANumber = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
  }

  readonly #handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const number = this.readNumber(text('number'));
    if (number === undefined) return;
    const input = {
      name: text('name'),
      number,
      accountId: text('account') === '' ? null : text('account'),
      locale: text('locale') as Locale,
    };
    const present = this.form?.caller;
    const save = () =>
      present
        ? this.numbers?.updateFieldCaller({ fieldCallerId: present.id, ...input })
        : this.numbers?.createFieldCaller(input);
    const said = this.locale.terms.virtualNumbers.callers.saved(`\u2068${input.name}\u2069`);
    if (await this.run('save', save, said)) this.form = undefined;
  };

  protected override endOf({ id, name }: FieldCaller): EndOfRow {
    const { switchOff, sure, saved } = this.locale.terms.virtualNumbers.callers;
    const task = () => this.numbers?.updateFieldCaller({ fieldCallerId: id, active: false });
    return { name, word: switchOff, sure, task, done: saved(`\u2068${name}\u2069`) };
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.virtualNumbers;
    const { callers } = t;
    return html`<div class="stack">
      <div class="row">${this.renderSearch()}
        <button type="button" class="primary" data-action="create" aria-expanded=${this.form !== undefined} @click=${() => void this.#open(undefined)}>${callers.add}</button></div>
      ${this.renderSaid()}
      ${this.form ? this.#renderForm(this.form.caller) : nothing}
      ${this.renderList(t.tabs.callers, [callers.name, callers.number, callers.account, callers.locale, t.pairings.state, t.actions], callers.empty)}
    </div>`;
  }

  #renderForm(caller: FieldCaller | undefined): TemplateResult {
    const { essential, virtualNumbers } = this.locale.terms;
    const t = virtualNumbers.callers;
    const leave = () => {
      this.form = undefined;
    };
    return html`<form @submit=${this.#handleSubmit} @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') leave();
    }}>
      <div class="field"><label for="name">${t.name}</label><input id="name" name="name" required maxlength="120" dir="auto" autocomplete="off" .value=${caller?.name ?? ''}></div>
      <div class="field"><label for="number">${t.number}</label><input id="number" name="number" required dir="ltr" inputmode="tel" autocomplete="off" aria-describedby="number-about number-error" aria-invalid=${this.notANumber} .value=${caller?.number ?? ''}><span id="number-about" class="hint">${t.numberHint}</span>${this.renderNumberError()}</div>
      <div class="field"><label for="account">${t.account}</label><select id="account" name="account"><option value="">${t.noAccount}</option>${this.accounts.map(({ id, name }) => html`<option value=${id} ?selected=${id === caller?.accountId}>${name}</option>`)}</select></div>
      <div class="field"><label for="locale">${t.locale}</label><select id="locale" name="locale">${LOCALES.map((each) => html`<option value=${each} ?selected=${each === (caller?.locale ?? this.locale.locale)}>${t.locales[each]}</option>`)}</select></div>
      <div class="row decide"><button class="primary" data-action="save" ?disabled=${this.commands.pending !== undefined}>${virtualNumbers.save}</button>
        <button type="button" class="plain" @click=${leave}>${essential.cancel}</button></div>
    </form>`;
  }

  protected override renderCells(caller: FieldCaller): readonly unknown[] {
    const t = this.locale.terms.virtualNumbers;
    const { id, name, number, accountId, locale, active } = caller;
    const switchOn = () =>
      void this.run(
        'on',
        () => this.numbers?.updateFieldCaller({ fieldCallerId: id, active: true }),
        t.callers.saved(`\u2068${name}\u2069`),
      );
    return [
      html`<bdi>${name}</bdi>`,
      this.renderPhone(number),
      html`<bdi class="muted">${this.accounts.find((each) => each.id === accountId)?.name ?? ''}</bdi>`,
      t.callers.locales[locale],
      html`<span class="chip ${active ? 'success' : ''}">${active ? t.callers.active : t.callers.inactive}</span>`,
      html`<button type="button" class="plain" data-action="edit" aria-label=${t.editNamed(name)} @click=${() => void this.#open(caller)}>${t.edit}</button>
        ${active ? this.renderEnd(caller) : html`<button type="button" data-action="on" aria-label="${t.callers.switchOn} — ${name}" @click=${switchOn}>${t.callers.switchOn}</button>`}`,
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-callers': CwNumberCallers;
  }
}
