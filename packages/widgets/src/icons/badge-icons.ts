import { html, type TemplateResult } from 'lit';

/** The icons of the badge, apart from the others: a bundler cannot drop templates that nobody draws. */
export const phoneIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6.6 3.5h2.3l1.6 4.2-2 1.5a12 12 0 0 0 6.3 6.3l1.5-2 4.2 1.6v2.3a2.6 2.6 0 0 1-2.8 2.6A16.4 16.4 0 0 1 4 6.3 2.6 2.6 0 0 1 6.6 3.5Z"/></svg>`;
export const hangUpIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><g transform="rotate(135 12 12)"><path d="M6.6 3.5h2.3l1.6 4.2-2 1.5a12 12 0 0 0 6.3 6.3l1.5-2 4.2 1.6v2.3a2.6 2.6 0 0 1-2.8 2.6A16.4 16.4 0 0 1 4 6.3 2.6 2.6 0 0 1 6.6 3.5Z"/></g></svg>`;
export const sheetIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 3.5h9l3.5 3.5v13.5H6zM9 11h6.5M9 15h6.5M9 7h3"/></svg>`;
export const warningIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.1"/></svg>`;
export const checkIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m4.5 12.5 5 5 10-11"/></svg>`;
