import { buyers, type Desk, isCallweaveError } from '@callweave/sdk';
import type { BuyerProfile } from '@callweave/sdk/protocol';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { buyerTerms } from '../../translations/buyer-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { buyerFactsStyles, renderBuyerFacts } from './buyer-facts.ts';

const profileStyles = css`
  .correction {
    margin: 0;
  }
`;

/**
 * @summary What the house knows of the buyer who is signed in (D2): name, national code, operator of the device, address,
 * telephone. They read it; corrections are the managers' matter.
 *
 * @slot correction - Whom to ask when something is wrong. Default: tell the company.
 *
 * @csspart surface - The card.
 * @csspart facts - The list of facts.
 */
export class CwBuyerProfile extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buyerFactsStyles, profileStyles];

  protected override readonly locale = new LocaleController(this, buyerTerms, problemTerms);

  @state() private profile: BuyerProfile | undefined;
  @state() private error: unknown;

  #loadedFor: Desk | undefined;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const desk = this.activeDesk;
    if (!desk || desk === this.#loadedFor) return;
    this.#loadedFor = desk;
    void this.reload();
  }

  /** Asks the server again: a manager may have corrected something. */
  async reload(): Promise<void> {
    const desk = this.activeDesk;
    try {
      const profile = await desk?.use(buyers).own();
      if (desk !== this.activeDesk) return;
      this.profile = profile;
      this.error = undefined;
    } catch (error) {
      if (desk === this.activeDesk) this.error = error;
    }
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const { terms } = this.locale;
    const t = terms.buyers;
    return html`<section class="surface stack" part="surface" aria-labelledby="title">
      <h2 id="title">${t.profile.title}</h2>
      <div role="status">${this.error === undefined ? '' : this.#renderProblem()}</div>
      ${
        this.profile
          ? html`${renderBuyerFacts(this.profile, t, this.locale.formats)}
            <p class="muted small correction"><slot name="correction">${t.profile.correction}</slot></p>`
          : this.error === undefined
            ? html`<div class="stack" aria-busy="true"><span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span></div>`
            : ''
      }
    </section>`;
  }

  #renderProblem(): TemplateResult {
    const { terms } = this.locale;
    if (isCallweaveError(this.error) && this.error.code === 'not-found')
      return html`<p class="empty">${terms.buyers.profile.notEntered}</p>`;
    return html`<p class="message danger">${warningIcon}<span>${describeProblem(this.error, terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-buyer-profile': CwBuyerProfile;
  }
}
