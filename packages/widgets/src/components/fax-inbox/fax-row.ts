import type { Fax } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import type { FaxTerms } from '../../translations/fax-terms.ts';

export interface FaxRowParts {
  readonly open: boolean;
  readonly terms: FaxTerms;
  readonly formats: Formats;
  readonly onToggle: () => void;
}

export function faxRow(fax: Fax, { open, terms: t, formats, onToggle }: FaxRowParts): TemplateResult {
  const from = fax.from === '' ? t.withheld : formats.phone(fax.from);
  const isNew = fax.readAt === null && fax.state === 'received' && fax.deletedAt === null;
  const label = open ? t.close : t.open;
  return html`
    <tr role="row" part="row" data-fax=${fax.id} class="${open ? 'open' : ''} ${isNew ? 'new' : ''}">
      <td role="cell">
        ${fax.from === '' ? html`<span>${from}</span>` : html`<bdi dir="ltr" class="tabular">${from}</bdi>`}
        ${fax.stationId === '' ? nothing : html`<bdi class="small muted under">${t.station(fax.stationId)}</bdi>`}
      </td>
      <td role="cell">${renderCustomer(fax, t)}</td>
      <td role="cell" class="tabular" data-label=${t.columns.pages}>${fax.format === 'tiff' ? formats.number(fax.pages) : '—'}</td>
      <td role="cell" class="tabular small">${formats.dateTime(fax.finishedAt ?? fax.startedAt)}</td>
      <td role="cell">${renderState(fax, t)}</td>
      <td role="cell"><button class="plain" data-action="open" aria-expanded=${open} aria-label="${label}: ${t.openNamed(from)}" @click=${onToggle}>${label}</button></td>
    </tr>
  `;
}

function renderCustomer(fax: Fax, t: FaxTerms): TemplateResult {
  if (fax.customer !== null) return html`<bdi>${fax.customer.name}</bdi>`;
  return html`<span class="muted">${fax.candidates.length > 1 ? t.candidates(fax.candidates.length) : t.noCustomer}</span>`;
}

function renderState(fax: Fax, t: FaxTerms): TemplateResult {
  if (fax.deletedAt !== null) return html`<span class="chip">${t.state.binned}</span>`;
  if (fax.state === 'receiving') return html`<span class="chip recording">${t.state.receiving}</span>`;
  if (fax.state === 'expired') return html`<span class="chip">${t.state.expired}</span>`;
  if (fax.state === 'failed') return html`<span class="chip danger">${t.state.failed}</span>`;
  return fax.readAt === null
    ? html`<span class="chip success">${t.state.new}</span>`
    : html`<span class="chip">${t.state.read}</span>`;
}
