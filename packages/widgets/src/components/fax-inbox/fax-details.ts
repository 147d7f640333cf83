import type { CustomerSummary, Fax } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { warningIcon } from '../../icons/icons.ts';
import type { FaxTerms } from '../../translations/fax-terms.ts';

export interface FaxDetailsParts {
  readonly fax: Fax;
  readonly terms: FaxTerms;
  readonly formats: Formats;
  /** A command is under way. */
  readonly busy: boolean;
  /** Customers found by what was typed; undefined before anything was. */
  readonly found: readonly CustomerSummary[] | undefined;
  readonly pdfUrl: string;
  readonly tiffUrl: string;
  readonly onSearch: (query: string) => void;
  readonly onAssign: (customer: CustomerSummary | null) => void;
  readonly onNote: (note: string) => void;
  readonly onUnread: () => void;
  readonly onDelete: () => void;
  readonly onRestore: () => void;
}

/** What is known of an opened fax, and what can be done with it. */
export function faxDetails(parts: FaxDetailsParts): TemplateResult {
  const { fax, terms: t, formats, busy } = parts;
  const binned = fax.deletedAt !== null;
  return html`
    <div class="side-notes">
      ${fax.failure === null ? nothing : html`<p class="message warning">${warningIcon}<span>${t.failure[fax.failure]} ${fax.failureDetail ? html`<bdi class="small muted">${fax.failureDetail}</bdi>` : nothing}</span></p>`}
      ${fax.damagedLines > 0 ? html`<p class="small muted">${t.damaged(fax.damagedLines)}</p>` : nothing}
      ${
        fax.format === null
          ? nothing
          : html`<p class="row">
        <a href=${parts.pdfUrl} download>${t.viewer.pdf}</a>
        ${fax.format === 'tiff' ? html`<a href=${parts.tiffUrl} download>${t.viewer.tiff}</a>` : nothing}
      </p>`
      }
      ${binned ? nothing : renderOwner(parts)}
      ${
        binned
          ? nothing
          : html`<form class="field" @submit=${(event: SubmitEvent) => {
              event.preventDefault();
              const area = (event.currentTarget as HTMLFormElement).querySelector('textarea');
              parts.onNote(area?.value ?? '');
            }}>
              <label for="note">${t.note.label}</label>
              <textarea id="note" maxlength="2000" dir="auto" .value=${fax.note}></textarea>
              <button data-action="note" ?disabled=${busy}>${t.note.save}</button>
            </form>`
      }
      <p class="row">
        ${
          binned
            ? html`<button class="primary" data-action="restore" ?disabled=${busy} @click=${parts.onRestore}>${t.restore}</button>
                ${fax.binnedUntil ? html`<span class="small muted">${t.goneOn(formats.dateTime(fax.binnedUntil))}</span>` : nothing}`
            : html`<button data-action="unread" ?disabled=${busy} @click=${parts.onUnread}>${t.markUnread}</button>
                <button class="danger" data-action="delete" ?disabled=${busy || fax.state === 'receiving'} @click=${parts.onDelete}>${t.delete}</button>`
        }
      </p>
    </div>
  `;
}

function renderOwner({ fax, terms: t, busy, found, onSearch, onAssign }: FaxDetailsParts): TemplateResult {
  if (fax.customer !== null)
    return html`<p class="row spread"><bdi>${fax.customer.name}</bdi>
      <button class="plain" data-action="take-back" ?disabled=${busy} @click=${() => onAssign(null)}>${t.assign.takeBack}</button></p>`;
  const offered = found ?? fax.candidates;
  return html`
    <div class="field">
      <label for="customer">${t.assign.whose}</label>
      <input id="customer" type="search" autocomplete="off" dir="auto" maxlength="80" placeholder=${t.assign.search}
        @input=${(event: Event) => onSearch((event.target as HTMLInputElement).value)}>
      <div class="found" role="status">
        ${found?.length === 0 ? html`<span class="small muted">${t.assign.noMatch}</span>` : nothing}
        ${offered.map((customer) => html`<button data-customer=${customer.id} ?disabled=${busy} @click=${() => onAssign(customer)}>${t.assign.take(customer.name)}</button>`)}
      </div>
    </div>
  `;
}
