import { type Loadable, virtualNumbers } from '@callweave/sdk';
import type { Pairing } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { virtualNumberTerms } from '../../translations/virtual-number-terms.ts';
import { numberPairingsStyles } from './number-pairings.styles.ts';

export const NUMBER_TABS = ['projects', 'numbers', 'callers', 'pairings', 'attempts'] as const;
export type NumberTab = (typeof NUMBER_TABS)[number];

/**
 * @summary What managers keep of virtual numbers: projects with their info columns, fictitious numbers, field callers,
 * who calls through which and until when, and who was refused. Pairings come in as CSV, too, checked line by line before
 * anything is written.
 *
 * @csspart tabs - The row of tabs.
 * @csspart panel - What the chosen tab shows.
 *
 * @cssproperty [--cw-number-pairings-height=480px] - Height of a list.
 */
export class CwNumberPairings extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, numberPairingsStyles];

  protected override readonly locale = new LocaleController(this, virtualNumberTerms, problemTerms);
  /** Holds all lists open while any tab shows, so that a change of tab loads nothing anew. */
  readonly #open = new FollowController<Loadable<readonly Pairing[]>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const numbers = this.feature(virtualNumbers);
      return numbers && { state: numbers.pairings, close: numbers.open() };
    },
  });

  /** Which list is shown. */
  @property({ reflect: true }) tab: NumberTab = 'projects';

  async #choose(tab: NumberTab, focus = false): Promise<void> {
    this.tab = tab;
    if (!focus) return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  readonly #handleKeydown = (event: KeyboardEvent) => {
    const onward = this.locale.formats.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = this.locale.formats.direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const at = NUMBER_TABS.indexOf(this.tab);
    const count = NUMBER_TABS.length;
    const next =
      event.key === onward
        ? at + 1
        : event.key === back
          ? at + count - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? count - 1
              : undefined;
    const tab = next === undefined ? undefined : NUMBER_TABS[next % count];
    if (tab === undefined) return;
    event.preventDefault();
    void this.#choose(tab, true);
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.virtualNumbers;
    void this.#open.value;
    return html`<section class="surface stack" aria-labelledby="title">
      <h2 id="title">${t.title}</h2>
      <div role="tablist" part="tabs" aria-labelledby="title" @keydown=${this.#handleKeydown}>
        ${NUMBER_TABS.map((tab) => html`<button type="button" role="tab" id="tab-${tab}" aria-selected=${this.tab === tab} aria-controls="panel" tabindex=${this.tab === tab ? 0 : -1} @click=${() => void this.#choose(tab)}>${t.tabs[tab]}</button>`)}
      </div>
      <div role="tabpanel" id="panel" part="panel" aria-labelledby="tab-${this.tab}">${this.#renderPanel()}</div>
    </section>`;
  }

  #renderPanel(): TemplateResult {
    switch (this.tab) {
      case 'numbers':
        return html`<cw-number-stock .desk=${this.desk}></cw-number-stock>`;
      case 'callers':
        return html`<cw-number-callers .desk=${this.desk}></cw-number-callers>`;
      case 'pairings':
        return html`<cw-number-pairing-list .desk=${this.desk}></cw-number-pairing-list>`;
      case 'attempts':
        return html`<cw-number-attempts .desk=${this.desk}></cw-number-attempts>`;
      default:
        return html`<cw-number-projects .desk=${this.desk}></cw-number-projects>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-pairings': CwNumberPairings;
  }
}
