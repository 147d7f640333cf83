import type { OwnPresence } from '@callweave/sdk';
import type { Locale, PresenceState } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { checkIcon, headsetIcon, pauseIcon, warningIcon } from '../../icons/icons.ts';
import type { PresenceTerms } from '../../translations/desk-terms.ts';

/** What a choice says of who makes it; the reason of a `not-ready` stands behind the colon. */
export type PresenceChoice = 'ready' | 'undisturbed' | `not-ready:${string}`;

export function readChoice(choice: string): { ready: boolean; reason?: string; doNotDisturb: boolean } {
  if (choice.startsWith('not-ready:'))
    return { ready: false, reason: choice.slice('not-ready:'.length), doNotDisturb: false };
  return { ready: true, doNotDisturb: choice === 'undisturbed' };
}

function choiceOf({ presence }: OwnPresence): PresenceChoice {
  if (presence.doNotDisturb) return 'undisturbed';
  return presence.ready || presence.reason === null ? 'ready' : `not-ready:${presence.reason}`;
}

/** Lunch is nobody's danger: red is kept for a telephone that nobody can reach. */
const looks: Readonly<Record<PresenceState, { readonly tone: string; readonly icon: unknown }>> = {
  ready: { tone: 'success', icon: checkIcon },
  busy: { tone: 'warning', icon: headsetIcon },
  'wrap-up': { tone: 'warning', icon: pauseIcon },
  'do-not-disturb': { tone: 'warning', icon: pauseIcon },
  'not-ready': { tone: 'warning', icon: pauseIcon },
  'on-leave': { tone: '', icon: nothing },
  offline: { tone: 'danger', icon: warningIcon },
};

/** What I am shown as and since when, and what I say of myself. It counts at once: nobody presses Save before lunch. */
export function renderPresence(
  own: OwnPresence,
  options: {
    readonly t: PresenceTerms;
    readonly locale: Locale;
    readonly since: string;
    readonly left: string | undefined;
    readonly pending: boolean;
    readonly onChoose: (choice: string) => void;
    readonly onMoreTime: () => void;
  },
): TemplateResult {
  const { t, locale, since, left, pending, onChoose, onMoreTime } = options;
  const { presence, reasons } = own;
  const { tone, icon } = looks[presence.state];
  const chosen = choiceOf(own);
  const option = (value: PresenceChoice, words: string) =>
    html`<option value=${value} ?selected=${value === chosen}>${words}</option>`;
  return html`<div class="presence" part="presence">
    <div class="now">
      <span class="chip ${tone}" role="status">${icon} ${t.state[presence.state]}</span>
      <span class="tabular muted" role="timer">${left ?? since}</span>
      ${presence.wrapUp?.extendable === true ? html`<button type="button" part="more-time" ?disabled=${pending} @click=${onMoreTime}>${t.moreTime}</button>` : nothing}
    </div>
    <div class="field">
      <label for="presence">${t.label}</label>
      <select id="presence" name="presence" ?disabled=${pending} @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}>
        ${option('ready', t.state.ready)}${option('undisturbed', t.undisturbed)}
        <optgroup label=${t.notReady}>
          ${reasons.map(({ id, names }) => option(`not-ready:${id}`, names[locale]))}
        </optgroup>
      </select>
    </div>
  </div>`;
}
