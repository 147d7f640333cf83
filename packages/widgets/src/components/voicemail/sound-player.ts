import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Formats } from '../../formats/formats.ts';
import { backIcon, forwardIcon, pauseIcon, playIcon, warningIcon } from '../../icons/icons.ts';
import type { VoicemailTerms } from '../../translations/voicemail-terms.ts';

/** The values of playback speed. */
export const VOICEMAIL_SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

const SKIP_MS = 5_000;

export interface PlayedSound {
  readonly url: string;
  readonly durationMs: number;
  readonly terms: VoicemailTerms['player'];
  readonly formats: Formats;
  /** It is heard now. */
  readonly onPlay: () => void;
}

/** Plays one sound with a line of controls: seek, speed, five seconds back and on. */
export class SoundPlayer implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly shadowRoot: ShadowRoot | null };
  readonly #name: string;
  #playing = false;
  #failed = false;
  #positionMs = 0;
  #url = '';

  /** @param name tells its controls from another player's in the same widget */
  constructor(host: ReactiveControllerHost & { readonly shadowRoot: ShadowRoot | null }, name: string) {
    this.#host = host;
    this.#name = name;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#audio?.pause();
    this.#playing = false;
  }

  get #audio(): HTMLAudioElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLAudioElement>(`audio[data-player="${this.#name}"]`) ?? null;
  }

  #update(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }

  /** Plays or pauses. */
  async toggle(): Promise<void> {
    const audio = this.#audio;
    if (!audio) return;
    if (!audio.paused) return audio.pause();
    // What failed before is asked for anew.
    if (this.#failed) audio.load();
    try {
      await audio.play();
    } catch (error) {
      // Pausing while it loads rejects with AbortError: that is no failure.
      if ((error as DOMException).name !== 'AbortError') this.#update(() => (this.#failed = true));
    }
  }

  #seek(ms: number, durationMs: number): void {
    const at = Math.max(0, Math.min(ms, durationMs));
    if (this.#audio) this.#audio.currentTime = at / 1000;
    this.#update(() => (this.#positionMs = at));
  }

  render({ url, durationMs, terms: t, formats, onPlay }: PlayedSound): TemplateResult {
    if (url !== this.#url) {
      this.#url = url;
      this.#positionMs = 0;
      this.#playing = this.#failed = false;
    }
    const position = formats.duration(this.#positionMs);
    const total = formats.duration(durationMs);
    return html`
      <audio data-player=${this.#name} preload="none" src=${url}
        @timeupdate=${(event: Event) => this.#update(() => (this.#positionMs = (event.target as HTMLAudioElement).currentTime * 1000))}
        @play=${() => {
          this.#update(() => {
            this.#playing = true;
            this.#failed = false;
          });
          onPlay();
        }}
        @pause=${() => this.#update(() => (this.#playing = false))}
        @error=${() => this.#update(() => (this.#failed = true))}></audio>
      <div class="transport" part="transport" role="group" aria-label=${t.label}>
        <button class="primary icon" data-action="play" aria-label=${this.#playing ? t.pause : t.play} @click=${() => void this.toggle()}>${this.#playing ? pauseIcon : playIcon}</button>
        <button class="icon" data-action="back" aria-label=${t.back} @click=${() => this.#seek(this.#positionMs - SKIP_MS, durationMs)}>${backIcon}</button>
        <button class="icon" data-action="forward" aria-label=${t.forward} @click=${() => this.#seek(this.#positionMs + SKIP_MS, durationMs)}>${forwardIcon}</button>
        <input type="range" aria-label=${t.seek} min="0" max=${durationMs} step="100" .value=${live(String(Math.round(this.#positionMs)))} aria-valuetext="${position} / ${total}"
          @input=${(event: Event) => this.#seek(Number((event.target as HTMLInputElement).value), durationMs)}>
        <span class="tabular small" dir="ltr">${position} / ${total}</span>
        <select aria-label=${t.speed} @change=${(event: Event) => {
          if (this.#audio) this.#audio.playbackRate = Number((event.target as HTMLSelectElement).value);
        }}>${VOICEMAIL_SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === 1}>${formats.number(speed)}×</option>`)}</select>
      </div>
      ${this.#failed ? html`<p class="message danger" role="alert">${warningIcon}<span>${t.failed}</span></p>` : nothing}
    `;
  }
}
