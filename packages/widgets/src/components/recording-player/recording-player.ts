import { recordings } from '@callweave/sdk';
import type { Recording } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { backIcon, forwardIcon, pauseIcon, playIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { orderTerms } from '../../translations/order-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { recordingPlayerStyles } from './recording-player.styles.ts';

/** The values of playback speed. */
export const PLAYBACK_SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

const SKIP_SECONDS = 5;
/** A listener wants the second before the sentence, not its first syllable. */
const LEAD_IN_MS = 800;
/** The recording of a call that has just ended is stored within seconds. */
const RETRY_MS = 2_000;
const RETRIES = 15;

/**
 * @summary Plays the recording of a call, and jumps to the moment at which each instruction was read back. Gaps that were
 * not recorded (the entry of a PIN) are shown.
 *
 * @csspart transport - The line of controls.
 * @csspart markers - The list of instructions.
 */
export class CwRecordingPlayer extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, fieldStyles, recordingPlayerStyles];

  protected override readonly locale = new LocaleController(this, orderTerms, problemTerms);

  @query('audio') private readonly audio!: HTMLAudioElement | null;

  @state() private recording: Recording | undefined;
  @state() private error: unknown;
  @state() private playing = false;
  @state() private positionMs = 0;
  @state() private soundFailed = false;

  /** Which recording. */
  @property({ attribute: 'recording-id' }) recordingId = '';

  /** Begin at this instruction; without it at the start. */
  @property({ attribute: 'instruction-id' }) instructionId = '';

  #retry: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #seekTo: number | undefined;
  #follows: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('recordingId');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#retry);
    this.#follows?.();
    this.#follows = undefined;
    this.playing = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('recordingId') || changed.has('desk') || (!this.#follows && this.activeDesk)) this.#load();
    else if (changed.has('instructionId')) this.#jumpToInstruction();
  }

  #load(): void {
    clearTimeout(this.#retry);
    this.#follows?.();
    this.recording = undefined;
    this.error = undefined;
    this.soundFailed = false;
    this.positionMs = 0;
    this.#tries = 0;
    this.#follows = this.activeDesk?.events.on('recording', ({ data }) => {
      if (data.id === this.recordingId) this.#show(data);
    });
    if (this.recordingId && this.activeDesk) void this.#fetch(this.recordingId);
  }

  async #fetch(id: string): Promise<void> {
    try {
      const recording = await this.feature(recordings)?.get(id);
      if (this.recordingId === id && recording) this.#show(recording);
    } catch (error) {
      if (this.recordingId === id) this.error = error;
    }
  }

  #show(recording: Recording): void {
    this.recording = recording;
    if (recording.state === 'stored') this.#jumpToInstruction();
    else if (recording.state !== 'failed' && recording.state !== 'expired' && this.#tries++ < RETRIES)
      this.#retry = setTimeout(() => void this.#fetch(recording.id), RETRY_MS);
  }

  #jumpToInstruction(): void {
    const marker = this.recording?.markers.find(({ instructionId }) => instructionId === this.instructionId);
    if (marker) this.#seek(marker.offsetMs - LEAD_IN_MS);
  }

  #seek(ms: number): void {
    const at = Math.max(0, Math.min(ms, this.recording?.durationMs ?? 0));
    this.positionMs = at;
    const { audio } = this;
    if (audio && audio.readyState >= HTMLMediaElement.HAVE_METADATA) audio.currentTime = at / 1000;
    else this.#seekTo = at;
  }

  #handleLoaded(): void {
    if (this.#seekTo !== undefined && this.audio) this.audio.currentTime = this.#seekTo / 1000;
    this.#seekTo = undefined;
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement) return;
    if (event.key !== ' ') return;
    event.preventDefault();
    void this.toggle();
  }

  /** Plays or pauses. */
  async toggle(): Promise<void> {
    const { audio } = this;
    if (!audio) return;
    if (!audio.paused) return audio.pause();
    try {
      await audio.play();
    } catch (error) {
      // Pausing while it loads rejects with AbortError: that is no failure.
      this.soundFailed = (error as DOMException).name !== 'AbortError';
    }
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.orders.player;
    const { recording, error } = this;
    return html`
      <section class="surface stack" aria-label=${t.title}>
        ${
          error !== undefined
            ? this.#renderProblem(describeProblem(error, this.locale.terms))
            : !recording
              ? html`<span class="skeleton"></span>`
              : recording.state === 'failed'
                ? this.#renderProblem(t.failed)
                : recording.state === 'expired'
                  ? html`<p class="message" role="status">${t.expired}</p>`
                  : recording.state !== 'stored'
                    ? html`<p class=${recording.waiting === null ? 'muted' : 'message warning'} role="status">${recording.waiting === null ? t.notReady : html`${warningIcon}<span>${t.waiting[recording.waiting]}</span>`}</p>`
                    : this.#renderPlayer(recording)
        }
      </section>
    `;
  }

  #renderPlayer(recording: Recording): TemplateResult {
    const t = this.locale.terms.orders.player;
    const { formats } = this.locale;
    const position = formats.duration(this.positionMs);
    const total = formats.duration(recording.durationMs);
    return html`
      <audio preload="metadata" src=${this.feature(recordings)?.audioUrl(recording.id) ?? ''}
        @loadedmetadata=${this.#handleLoaded}
        @timeupdate=${(event: Event) => {
          this.positionMs = (event.target as HTMLAudioElement).currentTime * 1000;
        }}
        @play=${() => {
          this.playing = true;
          this.soundFailed = false;
        }}
        @pause=${() => {
          this.playing = false;
        }}
        @error=${() => {
          this.soundFailed = true;
        }}></audio>
      <div class="transport" part="transport" @keydown=${this.#handleKeydown}>
        <button class="primary icon" data-action="play" aria-label=${this.playing ? t.pause : t.play} @click=${() => this.toggle()}>${this.playing ? pauseIcon : playIcon}</button>
        <button class="icon" aria-label=${t.back} @click=${() => this.#seek(this.positionMs - SKIP_SECONDS * 1000)}>${backIcon}</button>
        <button class="icon" aria-label=${t.forward} @click=${() => this.#seek(this.positionMs + SKIP_SECONDS * 1000)}>${forwardIcon}</button>
        <div class="track">
          <input type="range" aria-label=${t.seek} min="0" max=${recording.durationMs} step="100" .value=${live(String(Math.round(this.positionMs)))} aria-valuetext="${position} / ${total}"
            @input=${(event: Event) => this.#seek(Number((event.target as HTMLInputElement).value))}>
          ${this.#renderMarks(recording)}
        </div>
        <span class="tabular small" dir="ltr">${position} / ${total}</span>
        <select aria-label=${t.speed} @change=${(event: Event) => {
          if (this.audio) this.audio.playbackRate = Number((event.target as HTMLSelectElement).value);
        }}>${PLAYBACK_SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === 1}>${formats.number(speed)}×</option>`)}</select>
      </div>
      ${this.soundFailed ? this.#renderProblem(t.failed) : nothing}
      ${
        recording.markers.length === 0
          ? html`<p class="small muted">${t.noMarkers}</p>`
          : html`<ul part="markers" aria-label=${t.markers}>${recording.markers.map(
              (marker) => html`
              <li><button class="plain" data-instruction=${marker.instructionId} aria-current=${marker.instructionId === this.instructionId}
                @click=${() => {
                  this.#seek(marker.offsetMs - LEAD_IN_MS);
                  if (!this.playing) void this.toggle();
                }}>${playIcon}<bdi dir="ltr" class="tabular">${formats.duration(marker.offsetMs)}</bdi><bdi>${marker.label}</bdi></button></li>`,
            )}</ul>`
      }
      ${recording.gaps.map(({ fromMs, toMs, reason }) => html`<p class="small muted">${warningIcon} <bdi dir="ltr" class="tabular">${formats.duration(fromMs)}–${formats.duration(toMs)}</bdi> ${t.gap(t.gapReasons[reason as keyof typeof t.gapReasons] ?? reason)}</p>`)}
      <div class="row spread"><p class="small muted">${t.listeningIsLogged}</p><cw-recording-link .desk=${this.desk} recording-id=${recording.id}></cw-recording-link></div>
      <cw-recording-hold .desk=${this.desk} recording-id=${recording.id}></cw-recording-hold>
    `;
  }

  /** Marks under the slider, in thousandths of the length: attributes, since a strict policy drops inline styles. */
  #renderMarks({ markers, gaps, durationMs }: Recording): TemplateResult {
    const at = (ms: number) => (durationMs === 0 ? 0 : Math.round((ms / durationMs) * 1000));
    return html`<svg class="marks" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
      ${gaps.map(({ fromMs, toMs }) => svg`<rect class="gap" x=${at(fromMs)} y="2" width=${Math.max(3, at(toMs) - at(fromMs))} height="4"></rect>`)}
      ${markers.map(({ offsetMs }) => svg`<rect x=${at(offsetMs)} y="0" width="4" height="8"></rect>`)}
    </svg>`;
  }

  #renderProblem(words: string): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${words}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-recording-player': CwRecordingPlayer;
  }
}
