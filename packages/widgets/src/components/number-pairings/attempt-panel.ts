import type { Loadable } from '@callweave/sdk';
import type { RefusedAttempt } from '@callweave/sdk/protocol';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { NumberPanel } from './number-panel.ts';

const LATEST = 500;

/** @summary Who called one of our numbers in vain, and why. Part of `<cw-number-pairings>`. */
export class CwNumberAttempts extends NumberPanel<RefusedAttempt> {
  static override styles = [
    ...[NumberPanel.styles].flat(),
    css`
      :host {
        --_columns: 11em minmax(9em, 1fr) minmax(9em, 1fr) minmax(12em, 2fr);
      }

      .line > :last-child {
        justify-content: flex-start;
        overflow: hidden;
      }
    `,
  ];

  @state() private attempts: Loadable<readonly RefusedAttempt[]> = { status: 'loading' };

  #loadedFor: unknown;

  protected override get list(): Loadable<readonly RefusedAttempt[]> {
    return this.attempts;
  }

  protected override wordsOf({ called, caller, reason }: RefusedAttempt): readonly string[] {
    return [called, caller, this.locale.terms.virtualNumbers.attempts.reasons[reason]];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { numbers } = this;
    if (numbers === this.#loadedFor) return;
    this.#loadedFor = numbers;
    void this.#load();
  }

  async #load(): Promise<void> {
    const { numbers } = this;
    if (!numbers) return;
    try {
      this.attempts = { status: 'ready', value: (await numbers.refusedAttempts(LATEST)) ?? [] };
    } catch (error) {
      this.attempts = { status: 'failed', error };
    }
  }

  protected override render(): TemplateResult {
    const { attempts: t, tabs } = this.locale.terms.virtualNumbers;
    return html`<div class="stack">
      <div class="row">${this.renderSearch()}<button type="button" data-action="reload" @click=${() => void this.#load()}>${t.reload}</button></div>
      ${this.renderList(tabs.attempts, [t.at, t.from, t.called, t.reason], t.empty)}
    </div>`;
  }

  protected override renderCells({ at, caller, called, reason }: RefusedAttempt): readonly unknown[] {
    const { attempts: t } = this.locale.terms.virtualNumbers;
    return [
      html`<span class="tabular small">${this.locale.formats.dateTime(at)}</span>`,
      caller === '' ? html`<span class="muted">${t.withheld}</span>` : this.renderPhone(caller),
      this.renderPhone(called),
      t.reasons[reason],
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-number-attempts': CwNumberAttempts;
  }
}
