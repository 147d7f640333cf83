import type { OwnNumbers, Via } from '@callweave/sdk';
import type { OwnPairing } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { infoIcon, phoneIcon, warningIcon } from '../../icons/icons.ts';
import type { DialPadTerms } from '../../translations/dial-pad-terms.ts';

interface Words {
  readonly terms: DialPadTerms;
  readonly formats: Formats;
}

const chosenOf = (event: Event): string => (event.target as HTMLSelectElement).value;
/** A number inside a sentence of either direction, where no element can stand; never in two lines. */
const isolated = (number: string): string => `\u2066${number.replaceAll(' ', '\u00a0')}\u2069`;

export interface AgentChoice extends Words {
  readonly callerIds: readonly string[];
  readonly callerId: string | undefined;
  readonly choose: (callerId: string) => void;
}

/** With which number of the house an agent calls. */
export function renderAgentChoice({ callerIds, callerId, terms, formats, choose }: AgentChoice): TemplateResult {
  return html`<div class="field"><label for="shown">${terms.shown}</label>
    <select id="shown" @change=${(event: Event) => choose(chosenOf(event))}>
      ${callerIds.map((number) => html`<option value=${number} ?selected=${number === callerId}>${isolated(formats.phone(number))}</option>`)}
    </select></div>`;
}

export interface FieldChoice extends Words {
  readonly numbers: OwnNumbers;
  readonly pairing: OwnPairing | undefined;
  readonly expired: OwnPairing | undefined;
  readonly choose: (pairingId: string) => void;
  /** Undefined: only their own telephone can ring. */
  readonly via: Via | undefined;
  readonly chooseVia: (via: Via) => void;
}

/** Through which fictitious number a field caller calls, and on which phone. */
export function renderFieldChoice(choice: FieldChoice): TemplateResult {
  const { numbers, pairing, expired, terms, formats, choose, via, chooseVia } = choice;
  const nameOf = ({ project, fictitiousNumber, spokenId, expiresOn }: OwnPairing) => {
    const last = [expiresOn, project.endsOn].filter((day) => day !== null).sort()[0];
    const words = [
      `\u2068${project.name}\u2069`,
      isolated(formats.phone(fictitiousNumber)),
      terms.throughId(formats.digits(String(spokenId))),
    ];
    return [...words, ...(last === undefined ? [] : [terms.until(formats.day(last))])].join(' · ');
  };
  const phone = (name: Via) =>
    html`<label class="choice"><input type="radio" name="via" value=${name} .checked=${via === name} @change=${() => chooseVia(name)}>${terms.phones[name]}</label>`;
  const { accessNumber, exchangeNumber } = numbers;
  return html`
    ${expired ? html`<p class="message warning" role="alert">${warningIcon}<span>${terms.expired(isolated(formats.phone(expired.fictitiousNumber)))}</span></p>` : nothing}
    <div class="field"><label for="through">${terms.through}</label>
      <select id="through" @change=${(event: Event) => choose(chosenOf(event))}>
        ${expired ? html`<option value="" selected></option>` : nothing}
        ${numbers.pairings.map((each) => html`<option value=${each.id} ?selected=${each.id === pairing?.id}>${nameOf(each)}</option>`)}
      </select>
      ${/* The control cuts off what is chosen: it stands below in full. */ pairing ? html`<span class="hint" aria-hidden="true">${nameOf(pairing)}</span>` : nothing}</div>
    ${via === undefined ? nothing : html`<fieldset><legend>${terms.phone}</legend>${phone('browser')}${phone('telephone')}</fieldset>`}
    ${
      accessNumber === null && exchangeNumber === null
        ? nothing
        : html`<p class="message">${infoIcon}<span>${accessNumber === null ? nothing : terms.byTelephone(isolated(formats.phone(accessNumber)))} ${exchangeNumber === null ? nothing : terms.returnByTelephone(isolated(formats.phone(exchangeNumber)))}</span></p>`
    }
  `;
}

export interface InfoColumn extends Words {
  readonly pairing: OwnPairing;
  readonly disabled: boolean;
  readonly call: (number: string) => void;
}

/** The info column of the project, and its numbers to call with one press. */
export function renderInfo({ pairing, terms, formats, disabled, call }: InfoColumn): TemplateResult {
  const { info, numbersToCall } = pairing.project;
  return html`
    ${info === '' ? nothing : html`<div class="stack" part="info"><h3>${terms.info}</h3><div class="info" tabindex="0" role="group" aria-label=${terms.info} dir="auto">${info}</div></div>`}
    ${
      numbersToCall.length === 0
        ? nothing
        : html`<div><h3 id="to-call">${terms.numbersToCall}</h3><ul aria-labelledby="to-call">${numbersToCall.map(
            ({ label, number }) =>
              html`<li><span><bdi>${label}</bdi> <bdi dir="ltr" class="tabular muted small">${formats.phone(number)}</bdi></span>
                <button type="button" data-action="call-number" data-number=${number} ?disabled=${disabled} aria-label=${terms.callNamed(label)} @click=${() => call(number)}>${phoneIcon}${terms.call}</button></li>`,
          )}</ul></div>`
    }
  `;
}
