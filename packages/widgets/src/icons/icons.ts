import { html, type TemplateResult } from 'lit';

export { checkIcon, hangUpIcon, phoneIcon, sheetIcon, warningIcon } from './badge-icons.ts';

/** Line icons on a 24 px grid. Decoration: the word beside them, or the button's label, carries the meaning. */
export const crossIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18"/></svg>`;
export const infoIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/></svg>`;
export const bellIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2 2 0 0 0 4 0"/></svg>`;
export const microphoneIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/></svg>`;
export const microphoneOffIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9 5.8a3 3 0 0 1 6 .2v5M9 9.5V11a3 3 0 0 0 4.5 2.6M5.5 11.5a6.5 6.5 0 0 0 10 5.5M18.5 11.5a6.3 6.3 0 0 1-.6 2.7M12 18v3M4 4l16 16"/></svg>`;
export const pauseIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8.5 5v14M15.5 5v14"/></svg>`;
export const keypadIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01" stroke-width="3"/></svg>`;
export const headsetIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 15v-3a8 8 0 0 1 16 0v3M4 14h3v6H5.5A1.5 1.5 0 0 1 4 18.5zM20 14h-3v6h1.5a1.5 1.5 0 0 0 1.5-1.5z"/></svg>`;
export const shieldIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.6 7 9 4.1-1.4 7-4.7 7-9V6z"/></svg>`;
export const shieldCheckIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.6 7 9 4.1-1.4 7-4.7 7-9V6zM8.8 12l2.3 2.3 4.2-4.6"/></svg>`;
export const lockIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/></svg>`;
export const plusIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg>`;
export const searchIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/></svg>`;
export const playIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 4.5v15l12-7.5z"/></svg>`;
export const backIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4.5 5v5h5M5 10a7.5 7.5 0 1 1 .3 5"/></svg>`;
export const forwardIcon: TemplateResult = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M19.5 5v5h-5M19 10a7.5 7.5 0 1 0-.3 5"/></svg>`;
