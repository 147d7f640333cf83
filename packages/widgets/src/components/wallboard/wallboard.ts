import { type Loadable, wallboard } from '@callweave/sdk';
import type { AgentFigures, CallFigures, PresenceState, Wallboard } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { TimerController } from '../../controllers/timer-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { checkIcon, infoIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { tableStyles } from '../../styles/table.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { type FigureLevel, reportTerms } from '../../translations/report-terms.ts';
import { levelOfService, levelOfWait, levelOfWaiting } from './levels.ts';
import { wallboardStyles } from './wallboard.styles.ts';

const AGENT_STATES = [
  'ready',
  'busy',
  'wrap-up',
  'not-ready',
  'do-not-disturb',
  'on-leave',
  'offline',
] as const satisfies readonly PresenceState[];

const ICONS: Readonly<Record<FigureLevel, TemplateResult>> = {
  good: checkIcon,
  warning: infoIcon,
  danger: warningIcon,
};

/**
 * @summary The figures of today on a wall: who waits and for how long, the service level, answered and lost calls, agents
 * by state; for all, per queue and per branch. What is out of order says so in a word, a shape and a colour.
 *
 * @csspart figures - The big figures.
 * @csspart agents - Agents by state.
 * @csspart queues - The table of queues.
 * @csspart branches - The table of branches.
 *
 * @cssproperty --cw-wallboard-figure - Size of the big figures.
 */
export class CwWallboard extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, tableStyles(640), wallboardStyles];

  protected override readonly locale = new LocaleController(this, reportTerms, deskTerms, problemTerms);
  readonly #board = new FollowController<Loadable<Wallboard>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const followed = this.feature(wallboard);
      return followed && { state: followed.state, close: followed.open() };
    },
  });
  readonly #timer = new TimerController(this, () => (this.#figures?.waiting ?? 0) > 0);

  @query('section') private section!: HTMLElement | null;

  @state() private announced = '';
  @state() private isFull = false;

  /** From so many callers waiting on, it is said to be watched. */
  @property({ type: Number, attribute: 'waiting-warning' }) waitingWarning = 3;

  /** From so many on, to act. */
  @property({ type: Number, attribute: 'waiting-danger' }) waitingDanger = 8;

  #levels: ReadonlyMap<string, FigureLevel> = new Map();

  get #figures(): CallFigures | undefined {
    const board = this.#board.value;
    return board?.status === 'ready' ? board.value.total : undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const board = this.#board.value;
    if (board?.status !== 'ready') return;
    const t = this.locale.terms.reports.wallboard;
    const levels = new Map<string, FigureLevel>([
      [t.figures.waiting, levelOfWaiting(board.value.total.waiting, this.waitingWarning, this.waitingDanger)],
      [t.figures.serviceLevel, levelOfService(board.value.total.serviceLevel, board.value.goal.share) ?? 'good'],
    ]);
    // What turns for the worse is said once; figures that merely change are for the eye.
    for (const [figure, level] of levels)
      if (level === 'danger' && this.#levels.size > 0 && this.#levels.get(figure) !== 'danger')
        this.announced = t.announceLevel(figure, t.level.danger);
    this.#levels = levels;
  }

  readonly #handleFullScreen = async () => {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.section?.requestFullscreen().catch(() => undefined);
  };

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.reports.wallboard;
    const board = this.#board.value;
    return html`
      <section class="surface stack" aria-labelledby="title" @fullscreenchange=${() => {
        this.isFull = document.fullscreenElement !== null;
      }}>
        <div class="row spread">
          <h2 id="title">${t.title}</h2>
          <span class="row">${board?.status === 'ready' ? html`<span class="muted small">${this.locale.formats.day(board.value.day)}</span>` : nothing}
          ${document.fullscreenEnabled ? html`<button class="plain" data-action="full-screen" aria-pressed=${this.isFull} @click=${this.#handleFullScreen}>${this.isFull ? t.leaveFullScreen : t.fullScreen}</button>` : nothing}</span>
        </div>
        <p class="visually-hidden" role="status">${this.announced}</p>
        ${
          board?.status === 'failed'
            ? html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(board.error, this.locale.terms)}</span></p>`
            : board?.status !== 'ready'
              ? html`<div class="figures">${Array.from({ length: 6 }, () => html`<span class="figure skeleton"></span>`)}</div>`
              : this.#renderBoard(board.value)
        }
      </section>
    `;
  }

  #renderBoard(board: Wallboard): TemplateResult {
    const t = this.locale.terms.reports.wallboard;
    const { formats } = this.locale;
    const { total, goal } = board;
    const waited = this.#timer.since(total.longestSince);
    return html`
      ${board.recordingsWaiting > 0 ? html`<p class="message danger" role="alert">${warningIcon}<span>${t.recordingsWaiting(board.recordingsWaiting)}</span></p>` : nothing}
      <dl class="figures" part="figures">
        ${this.#renderFigure('waiting', t.figures.waiting, formats.number(total.waiting), levelOfWaiting(total.waiting, this.waitingWarning, this.waitingDanger))}
        ${this.#renderFigure('longest-wait', t.figures.longestWait, total.longestSince === null ? t.nobodyWaits : formats.duration(waited), total.longestSince === null ? undefined : levelOfWait(waited, goal.seconds), total.longestSince === null)}
        ${this.#renderFigure('service-level', t.figures.serviceLevel, total.serviceLevel === null ? t.none : formats.percent(total.serviceLevel), levelOfService(total.serviceLevel, goal.share), total.serviceLevel === null, t.goal(formats.percent(goal.share), formats.number(goal.seconds)))}
        ${this.#renderFigure('answered', t.figures.answered, formats.number(total.answered), undefined, false, `${t.figures.offered}: ${formats.number(total.offered)}`)}
        ${this.#renderFigure('abandoned', t.figures.abandoned, formats.number(total.abandoned), undefined, false, `${t.figures.missed}: ${formats.number(total.missed)}`)}
        ${this.#renderFigure('talking', t.figures.talking, formats.number(total.talking), undefined, false, `${t.figures.outbound}: ${formats.number(total.outbound)}`)}
      </dl>
      ${this.#renderAgents(board.agents)}
      ${
        board.queues.length === 0
          ? nothing
          : this.#renderTable(
              'queues',
              t.queues,
              t.queue,
              board,
              board.queues.map(({ queueId, names, figures }) => ({
                name: names?.[this.locale.locale] ?? queueId,
                figures,
              })),
            )
      }
      ${
        board.branches.length === 0
          ? nothing
          : this.#renderTable(
              'branches',
              t.branches,
              t.branch,
              board,
              board.branches.map(({ branch, figures, agents }) => ({ name: branch, figures, ready: agents.ready })),
            )
      }
    `;
  }

  #renderFigure(
    name: string,
    label: string,
    value: string,
    level: FigureLevel | undefined,
    isWord = false,
    about = '',
  ): TemplateResult {
    return html`<div class="figure ${level ?? ''}" data-figure=${name}>
      <dt>${label}</dt>
      <dd class=${isWord ? 'word' : 'value tabular'}>${value}</dd>
      <dd class="about small">${level === undefined ? nothing : html`<span class="level">${ICONS[level]}${this.locale.terms.reports.wallboard.level[level]}</span>`} <span>${about}</span></dd>
    </div>`;
  }

  #renderAgents(agents: AgentFigures): TemplateResult {
    const t = this.locale.terms.reports.wallboard;
    const words = this.locale.terms.desk.availability.presence.state;
    const present = AGENT_STATES.filter((each) => agents[each] > 0);
    return html`<div class="agents" part="agents">
      <h3 id="agents">${t.agents}</h3>
      ${
        present.length === 0
          ? html`<p class="muted small">${t.noAgents}</p>`
          : html`<ul class="row" aria-labelledby="agents">${present.map(
              (each) =>
                html`<li class="chip ${each === 'ready' ? 'success' : ''}" data-state=${each}><strong class="tabular">${this.locale.formats.number(agents[each])}</strong> ${words[each]}</li>`,
            )}</ul>`
      }
    </div>`;
  }

  #renderTable(
    part: 'queues' | 'branches',
    title: string,
    heading: string,
    { goal }: Wallboard,
    rows: readonly { readonly name: string; readonly figures: CallFigures; readonly ready?: number }[],
  ): TemplateResult {
    const t = this.locale.terms.reports.wallboard;
    const { formats } = this.locale;
    const hasReady = rows.some(({ ready }) => ready !== undefined);
    const column = (name: string) => html`<th role="columnheader" scope="col" class="number">${name}</th>`;
    const cell = (label: string, value: unknown) =>
      html`<td role="cell" class="number" data-label=${label}>${value}</td>`;
    return html`
      <h3 id=${part}>${title}</h3>
      <div class="scroll" part=${part} tabindex="0" role="group" aria-labelledby=${part}><table role="table" aria-labelledby=${part}>
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${heading}</th>
          ${column(t.figures.waiting)}${column(t.figures.longestWait)}${column(t.figures.serviceLevel)}${column(t.figures.answered)}${column(t.figures.abandoned)}${column(t.figures.talking)}${hasReady ? column(t.ready) : nothing}
        </tr></thead>
        <tbody role="rowgroup">${rows.map(({ name, figures, ready }) => {
          const level = levelOfService(figures.serviceLevel, goal.share);
          return html`<tr role="row" data-row=${name}>
            <th role="rowheader" scope="row"><bdi>${name}</bdi></th>
            ${cell(t.figures.waiting, formats.number(figures.waiting))}
            ${cell(t.figures.longestWait, figures.longestSince === null ? '–' : formats.duration(this.#timer.since(figures.longestSince)))}
            ${cell(t.figures.serviceLevel, figures.serviceLevel === null ? '–' : html`${formats.percent(figures.serviceLevel)}${level === undefined ? nothing : html` <span class="level ${level}">${ICONS[level]}<span class="visually-hidden">${t.level[level]}</span></span>`}`)}
            ${cell(t.figures.answered, formats.number(figures.answered))}
            ${cell(t.figures.abandoned, formats.number(figures.abandoned))}
            ${cell(t.figures.talking, formats.number(figures.talking))}
            ${hasReady ? cell(t.ready, formats.number(ready ?? 0)) : nothing}
          </tr>`;
        })}</tbody>
      </table></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-wallboard': CwWallboard;
  }
}
