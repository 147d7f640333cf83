import type { Fax } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { warningIcon } from '../../icons/icons.ts';
import type { EssentialTerms } from '../../translations/essential-terms.ts';
import type { FaxTerms } from '../../translations/fax-terms.ts';

/** Sizes of a page: the width of the viewer, and one and a half, two and three times that. */
export const ZOOM_STEPS = 4;

export interface ViewedPage {
  readonly page: number;
  /** Below {@link ZOOM_STEPS}. */
  readonly zoom: number;
  readonly picture: 'loading' | 'ready' | 'failed';
  /** Grows with every new try, so that the browser asks again. */
  readonly attempt: number;
}

export interface FaxViewerParts {
  readonly fax: Fax;
  readonly view: ViewedPage;
  readonly pageUrl: (page: number) => string;
  readonly terms: FaxTerms;
  readonly essential: EssentialTerms;
  readonly formats: Formats;
  readonly change: (view: Partial<ViewedPage>) => void;
}

/** One page at a time, with its own keys while it has the focus. */
export function faxViewer(parts: FaxViewerParts): TemplateResult {
  const { fax, view, pageUrl, terms, formats, change } = parts;
  const t = terms.viewer;
  if (fax.format === 'pdf') return html`<p class="empty">${t.isPdf}</p>`;
  if (fax.pages === 0) return html`<p class="empty">${t.noPage}</p>`;
  const { page, zoom, picture, attempt } = view;
  const last = zoom === ZOOM_STEPS - 1;
  const url = pageUrl(page);
  return html`
    <div class="stack">
      <div class="row" role="group" aria-label=${t.label(page, fax.pages)}>
        <button class="icon" data-action="previous" aria-label=${t.previous} title=${t.previous} ?disabled=${page === 1} @click=${() => change(turned(parts, -1))}>‹</button>
        <span class="tabular" data-page>${t.page(formats.number(page), formats.number(fax.pages))}</span>
        <button class="icon" data-action="next" aria-label=${t.next} title=${t.next} ?disabled=${page === fax.pages} @click=${() => change(turned(parts, 1))}>›</button>
        <button class="icon" data-action="smaller" aria-label=${t.zoomOut} title=${t.zoomOut} ?disabled=${zoom === 0} @click=${() => change({ zoom: zoom - 1 })}>−</button>
        <button class="icon" data-action="larger" aria-label=${t.zoomIn} title=${t.zoomIn} ?disabled=${last} @click=${() => change({ zoom: zoom + 1 })}>+</button>
      </div>
      <div class="paper" part="paper" tabindex="0" role="group" aria-label=${t.label(page, fax.pages)} aria-describedby="keys" data-zoom=${zoom} dir="ltr"
        @keydown=${(event: KeyboardEvent) => handleKey(event, parts)}>
        ${picture === 'loading' ? html`<span class="skeleton" role="img" aria-label=${t.loading}></span>` : nothing}
        ${picture === 'failed' ? renderFailure(parts) : nothing}
        <img alt=${t.label(page, fax.pages)} src=${attempt === 0 ? url : `${url}?again=${attempt}`} ?hidden=${picture !== 'ready'}
          @load=${() => change({ picture: 'ready' })} @error=${() => change({ picture: 'failed' })}>
      </div>
      <p class="small muted" id="keys">${t.keys}</p>
    </div>
  `;
}

function renderFailure({ view, terms, essential, change }: FaxViewerParts): TemplateResult {
  return html`<p class="message danger" role="alert" dir="auto">${warningIcon}<span>${terms.viewer.failed}</span>
    <button class="plain" data-action="again" @click=${() => change({ picture: 'loading', attempt: view.attempt + 1 })}>${essential.retry}</button></p>`;
}

function turned({ fax, view }: FaxViewerParts, by: number): Partial<ViewedPage> {
  const page = Math.min(Math.max(view.page + by, 1), fax.pages);
  return page === view.page ? {} : { page, picture: 'loading', attempt: 0 };
}

function handleKey(event: KeyboardEvent, parts: FaxViewerParts): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { zoom } = parts.view;
  const changes: Readonly<Record<string, () => Partial<ViewedPage>>> = {
    PageDown: () => turned(parts, 1),
    PageUp: () => turned(parts, -1),
    '+': () => ({ zoom: Math.min(zoom + 1, ZOOM_STEPS - 1) }),
    '=': () => ({ zoom: Math.min(zoom + 1, ZOOM_STEPS - 1) }),
    '-': () => ({ zoom: Math.max(zoom - 1, 0) }),
    '0': () => ({ zoom: 0 }),
  };
  const change = changes[event.key];
  if (change === undefined) return;
  event.preventDefault();
  parts.change(change());
}
