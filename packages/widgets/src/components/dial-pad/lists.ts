import type { CallbackCase } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { phoneIcon } from '../../icons/icons.ts';
import type { DialPadTerms } from '../../translations/dial-pad-terms.ts';
import type { RecentCall } from './dial-line.ts';

interface Words {
  readonly terms: DialPadTerms;
  readonly formats: Formats;
  readonly disabled: boolean;
}

export interface MissedOptions extends Words {
  readonly missed: readonly CallbackCase[];
  readonly pending: string | undefined;
  readonly callBack: (caseId: string) => void;
}

/** Calls to return, by the ordinal that the SMS says too. */
export function renderMissed(options: MissedOptions): TemplateResult | typeof nothing {
  const { missed, terms, formats, disabled, pending, callBack } = options;
  if (missed.length === 0) return nothing;
  const t = terms.missed;
  return html`<div part="missed"><h3 id="missed">${t.title}</h3><ul aria-labelledby="missed">${repeat(
    missed,
    ({ id }) => id,
    ({ id, ordinal, project, missed: times, lastMissedAt, expiresAt }) => {
      const number = formats.digits(String(ordinal));
      return html`<li data-case=${id}>
        <span><span class="chip warning">${t.ordinal(number)}</span> <bdi>${project.name}</bdi>
          <span class="muted small">${t.times(times)} · ${t.last(formats.dateTime(lastMissedAt))} · ${t.openUntil(formats.dateTime(expiresAt))}</span></span>
        <button type="button" data-action="call-back" ?disabled=${disabled} aria-label=${t.callBackNamed(number, project.name)} @click=${() => callBack(id)}>${phoneIcon}${pending === `callback ${id}` ? terms.calling : t.callBack}</button>
      </li>`;
    },
  )}</ul></div>`;
}

export interface RecentOptions extends Words {
  readonly recent: readonly RecentCall[];
  readonly again: (number: string) => void;
}

export function renderRecent({ recent, terms, formats, disabled, again }: RecentOptions): TemplateResult {
  return html`<div part="recent"><h3 id="recent">${terms.recent}</h3>
    ${
      recent.length === 0
        ? html`<p class="muted small">${terms.noRecent}</p>`
        : html`<ul aria-labelledby="recent">${repeat(
            recent,
            ({ id }) => id,
            ({ id, at, number, kind, project, outcome }) => html`<li data-call=${id}>
              <span>${number === null ? terms.kinds[kind] : html`<bdi dir="ltr" class="tabular">${formats.phone(number)}</bdi>`} ${project === null ? nothing : html`<bdi class="muted">${project}</bdi>`}
                <span class="muted small"><span class="tabular">${formats.dateTime(at)}</span>${outcome === null ? nothing : html` · ${terms.outcomes[outcome]}`}</span></span>
              ${number === null ? nothing : html`<button type="button" class="plain" data-action="again" ?disabled=${disabled} aria-label=${terms.redial(`\u2066${formats.phone(number)}\u2069`)} @click=${() => again(number)}>${terms.again}</button>`}
            </li>`,
          )}</ul>`
    }
  </div>`;
}
