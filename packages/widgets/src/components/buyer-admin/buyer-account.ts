import type { Buyer } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { warningIcon } from '../../icons/icons.ts';
import type { BuyerTerms } from '../../translations/buyer-terms.ts';

const CHIP = {
  invited: '',
  'invitation-over': 'warning',
  active: 'success',
  locked: 'warning',
  off: 'danger',
  none: '',
} as const;

export function renderAccountState(buyer: Buyer, t: BuyerTerms, formats: Formats): TemplateResult {
  const state = buyer.account?.state ?? 'none';
  const until = buyer.account?.until;
  return html`<span class="chip ${CHIP[state]}">${t.admin.state[state]}${until && (state === 'invited' || state === 'locked') ? html` · ${t.admin.until(formats.dateTime(until))}` : nothing}</span>`;
}

export interface GivenSecret {
  readonly secret: string;
  readonly expiresAt: string;
}

export interface AccountContext {
  readonly buyer: Buyer;
  readonly t: BuyerTerms;
  readonly cancel: string;
  readonly formats: Formats;
  readonly given: GivenSecret | undefined;
  /** What is asked once before it is done. */
  readonly asks: 'reset' | 'off' | undefined;
  readonly busy: boolean;
  readonly onAsk: (what: 'reset' | 'off' | undefined) => void;
  readonly onInvite: () => void;
  readonly onSeen: () => void;
  readonly onSet: (changes: { active?: boolean; unlock?: true }) => void;
}

/** How a buyer comes to sign in, and what the manager can do about it. */
export function renderAccount(context: AccountContext): TemplateResult {
  const { buyer, t, formats, given, busy, asks } = context;
  const a = t.admin;
  const { account } = buyer;
  return html`<section class="stack" aria-labelledby="account">
    <h3 id="account">${a.account}</h3>
    ${
      buyer.invitable
        ? html`<p>${renderAccountState(buyer, t, formats)} ${account ? html`<bdi dir="ltr">${formats.digits(account.username)}</bdi>` : html`<span class="muted">${a.noAccount}</span>`}</p>
          <div role="status">${given ? renderSecret(given, context) : nothing}</div>
          ${given ? nothing : asks ? renderQuestion(asks, context) : renderActions(context)}`
        : html`<p class="muted">${a.hostSignsIn}</p>`
    }
  </section>`;

  function renderActions({ onInvite, onAsk, onSet }: AccountContext): TemplateResult {
    if (account?.state === 'off')
      return html`<div class="row"><button ?disabled=${busy} @click=${() => onSet({ active: true })}>${a.switchOn}</button></div>`;
    return html`
      ${account ? nothing : html`<div class="field"><label for="username">${a.username}</label><input id="username" dir="ltr" maxlength="40" autocomplete="off" aria-describedby="username-hint" /><span class="hint" id="username-hint">${a.usernameHint}</span></div>`}
      <label class="choice"><input id="by-text" type="checkbox" /> ${a.byText}</label>
      <div class="row">
        ${
          account?.state === 'active' || account?.state === 'locked'
            ? html`<button data-action="reset" ?disabled=${busy} @click=${() => onAsk('reset')}>${a.reset}</button>`
            : html`<button class="primary" data-action="invite" ?disabled=${busy} @click=${onInvite}>${a.invite}</button>`
        }
        ${account?.state === 'locked' ? html`<button data-action="unlock" ?disabled=${busy} @click=${() => onSet({ unlock: true })}>${a.unlock}</button>` : nothing}
        ${account ? html`<button data-action="off" ?disabled=${busy} @click=${() => onAsk('off')}>${a.switchOff}</button>` : nothing}
      </div>`;
  }
}

function renderSecret({ secret, expiresAt }: GivenSecret, { t, formats, onSeen }: AccountContext): TemplateResult {
  const a = t.admin;
  return html`<div class="message warning"><div class="stack">
    <strong>${a.secret}</strong>
    <p class="secret"><bdi dir="ltr" class="tabular">${secret}</bdi></p>
    <span>${a.secretOnce(formats.dateTime(expiresAt))}</span>
    <div><button data-action="seen" @click=${onSeen}>${a.secretSeen}</button></div>
  </div></div>`;
}

function renderQuestion(
  asks: 'reset' | 'off',
  { t, cancel, busy, onAsk, onInvite, onSet }: AccountContext,
): TemplateResult {
  const a = t.admin;
  return html`<p class="message warning">${warningIcon}<span>${asks === 'reset' ? a.resetAsk : a.switchOffAsk}</span></p>
    ${asks === 'reset' ? html`<label class="choice"><input id="by-text" type="checkbox" /> ${a.byText}</label>` : nothing}
    <div class="row">
      <button class="danger" data-action="sure" ?disabled=${busy} @click=${() => (asks === 'reset' ? onInvite() : onSet({ active: false }))}>${asks === 'reset' ? a.reset : a.switchOff}</button>
      <button @click=${() => onAsk(undefined)}>${cancel}</button>
    </div>`;
}
