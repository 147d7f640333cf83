import type { TicketEligibility } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { warningIcon } from '../../icons/badge-icons.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';

/** Why no ticket can be made for a device, and the way out; nothing where one can. */
export function refusal(
  eligibility: TicketEligibility | undefined,
  terms: TicketTerms,
  onWayOut: (wayOut: Extract<TicketEligibility, { ticketsAllowed: false }>['wayOut']) => void,
): TemplateResult | typeof nothing {
  if (eligibility === undefined || eligibility.ticketsAllowed) return nothing;
  const { reason, wayOut } = eligibility;
  return html`<div class="message warning" data-refused=${reason} part="refused" id="refused">${warningIcon}<span class="stack">
    <span>${terms.refused[reason]}</span>
    <span><button type="button" data-action="way-out" @click=${() => onWayOut(wayOut)}>${terms.wayOut[wayOut]}</button></span>
  </span></div>`;
}
