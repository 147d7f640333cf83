import type { Preflight, PreflightCheck, PreflightResult, PreflightState, PreflightStatus } from '@callweave/sdk/phone';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { ReadableController } from '../../controllers/readable-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, infoIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { preflightTerms } from '../../translations/preflight-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwPreflightEvent } from './preflight.events.ts';
import { preflightStyles } from './preflight.styles.ts';

/** What is shown before the test is loaded. */
const CHECKS: readonly PreflightCheck[] = ['microphone', 'speaker', 'connection', 'registration', 'network', 'call'];

const KIND: Readonly<Record<PreflightStatus, string>> = {
  waiting: '',
  running: '',
  passed: 'success',
  warning: 'warning',
  failed: 'danger',
  skipped: '',
};

const VERDICT_KIND = { good: 'success', usable: 'warning', unusable: 'danger' } as const;

/**
 * @summary A test of this browser's phone before the first call: microphone and its level, loudspeaker, line to the
 * exchange, registration, network for sound, and a real call that sends the voice back. Every result in words, with what
 * to do.
 *
 * @event {CwPreflightEvent} cw-preflight - The test has come to its end.
 *
 * @csspart surface - The card.
 * @csspart check - One line of the test.
 * @csspart verdict - What all of it means.
 */
export class CwPreflight extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, preflightStyles];

  protected override readonly locale = new LocaleController(this, preflightTerms, problemTerms);
  readonly #state = new ReadableController(this, () => this.preflight?.state);
  readonly #commands = new CommandController(this);

  @state() private preflight: Preflight | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Nobody looks: the microphone and the call are given back.
    this.preflight?.stop();
  }

  readonly #handleStart = () => {
    const desk = this.activeDesk;
    if (!desk) return;
    void this.#commands.run('start', async () => {
      this.preflight ??= await desk.phone.preflight();
      const outcome = await this.preflight.run();
      if (outcome.status === 'done') this.dispatchEvent(new CwPreflightEvent(outcome));
    });
  };

  readonly #handleStop = () => this.preflight?.stop();

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.preflight;
    const now = this.#state.value;
    const running = this.#commands.pending !== undefined;
    const { error } = this.#commands;
    return html`
      <section class="surface stack" part="surface" aria-labelledby="heading" aria-busy=${running}>
        <div class="row spread">
          <h2 id="heading">${t.heading}</h2>
          ${
            running
              ? html`<button type="button" class="stop" @click=${this.#handleStop}>${t.stop}</button>`
              : html`<button type="button" class="primary start" @click=${this.#handleStart}>${now && now.status !== 'idle' ? t.again : t.start}</button>`
          }
        </div>
        <p class="muted small">${t.intro}</p>
        <ul>${(now?.results ?? CHECKS.map((check): PreflightResult => ({ check, status: 'waiting' }))).map((result) => this.#renderCheck(result, now))}</ul>
        <div role="status">${error === undefined ? this.#renderVerdict(now) : html`<p class="message danger">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`}</div>
      </section>
    `;
  }

  #renderVerdict(now: PreflightState | undefined): TemplateResult | typeof nothing {
    const t = this.locale.terms.preflight;
    if (now?.status === 'stopped') return html`<p class="message">${infoIcon}<span>${t.stopped}</span></p>`;
    if (!now?.verdict) return nothing;
    return html`<p class="message ${VERDICT_KIND[now.verdict]}" part="verdict">${now.verdict === 'good' ? checkIcon : warningIcon}<span>${t.verdict[now.verdict]}</span></p>`;
  }

  #renderCheck(result: PreflightResult, now: PreflightState | undefined): TemplateResult {
    const { check, status, reason } = result;
    const t = this.locale.terms.preflight;
    const icon = status === 'passed' ? checkIcon : status === 'warning' || status === 'failed' ? warningIcon : nothing;
    return html`<li class="check" part="check" data-check=${check} data-status=${status}>
      <span class="name">${t.checks[check]}</span>
      <span class="chip ${KIND[status]}">${icon}${t.status[status]}</span>
      ${status === 'running' ? this.#renderRunning(check, now) : nothing}
      ${reason ? html`<p class="more">${t.reasons[reason] ?? t.reasons.failed}</p>` : nothing}
      ${this.#renderFigures(result)}
    </li>`;
  }

  #renderRunning(check: PreflightCheck, now: PreflightState | undefined): TemplateResult {
    const t = this.locale.terms.preflight;
    if (now?.asks)
      return html`<div class="more row" role="group" aria-labelledby="question">
        <span id="question" role="alert">${t.heardQuestion}</span>
        <button type="button" class="primary heard" @click=${() => this.preflight?.heard(true)}>${t.heardYes}</button>
        <button type="button" class="not-heard" @click=${() => this.preflight?.heard(false)}>${t.heardNo}</button>
      </div>`;
    return html`<div class="more">
      ${t.during[check]}
      ${check === 'microphone' ? html`<meter min="0" max="1" aria-label=${t.level} .value=${Math.min(1, Math.sqrt(now?.level ?? 0))}></meter>` : nothing}
    </div>`;
  }

  #renderFigures({ figures }: PreflightResult): TemplateResult | typeof nothing {
    const t = this.locale.terms.preflight;
    const { formats } = this.locale;
    if (!figures || figures.mos === undefined) return nothing;
    const rounded = (value: number, digits = 0) => formats.number(Math.round(value * 10 ** digits) / 10 ** digits);
    const said = [
      figures.lossIn === undefined ? undefined : t.lossIn(rounded(figures.lossIn * 100, 1)),
      typeof figures.lossOut === 'number' ? t.lossOut(rounded(figures.lossOut * 100, 1)) : undefined,
      typeof figures.rttMs === 'number' ? t.roundTrip(rounded(figures.rttMs)) : undefined,
      figures.jitterMs === undefined ? undefined : t.jitter(rounded(figures.jitterMs)),
      t.score(rounded(figures.mos, 1)),
    ];
    return html`<div class="more figures">${said.map((words) => (words ? html`<span>${words}</span>` : nothing))}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-preflight': CwPreflight;
  }
}
