import type { Ticket, TicketGoal } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { waitedWords } from '../../formats/waited-words.ts';
import type { TicketDeskTerms } from '../../translations/ticket-desk-terms.ts';

/** `in 2 hr`, `35 min late`: the promise that is to be kept next. */
export function dueChip(
  due: string | undefined,
  now: number,
  terms: TicketDeskTerms['due'],
  formats: Formats,
): TemplateResult {
  if (due === undefined) return html`<span class="small muted">${terms.none}</span>`;
  const ms = Date.parse(due) - now;
  const words = waitedWords(Math.abs(ms), formats.locale);
  return ms < 0
    ? html`<span class="chip danger" data-late><span aria-hidden="true">!</span>${terms.late(words)}</span>`
    : html`<span class="chip ${ms < 1_800_000 ? 'warning' : ''}">${terms.in(words)}</span>`;
}

/** Both promises of a ticket, each with how it stands. */
export function goalFacts(
  ticket: Ticket,
  now: number,
  terms: TicketDeskTerms['due'],
  formats: Formats,
): TemplateResult {
  const goal = (name: string, { due, metAt, late }: TicketGoal) =>
    html`<dt>${name}</dt><dd>${
      due !== null
        ? html`${dueChip(due, now, terms, formats)} <span class="small muted tabular">${formats.dateTime(due)}</span>`
        : metAt === null
          ? html`<span class="muted">${terms.none}</span>`
          : html`<span class=${late ? 'chip danger' : 'chip success'}>${late ? terms.metLate : terms.met}</span> <span class="small muted tabular">${formats.dateTime(metAt)}</span>`
    }</dd>`;
  return html`${goal(terms.firstAnswer, ticket.firstAnswer)}${goal(terms.resolution, ticket.resolution)}`;
}
