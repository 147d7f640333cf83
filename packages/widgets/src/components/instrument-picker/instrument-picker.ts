import { instruments } from '@callweave/sdk';
import type { Instrument, Section } from '@callweave/sdk/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { orderTerms } from '../../translations/order-terms.ts';
import { CwInstrumentEvent } from './instrument-picker.events.ts';
import { instrumentPickerStyles } from './instrument-picker.styles.ts';

/** Long enough that a fast typist asks once, short enough to feel immediate. */
const TYPING_PAUSE_MS = 120;

/**
 * @summary A field that finds an instrument of the catalogue by symbol, name or code, whatever keyboard it is typed on.
 *
 * @event {CwInstrumentEvent} cw-instrument - An instrument was chosen; `undefined` when the text no longer names one.
 *
 * @csspart input - The text field.
 * @csspart list - The list of matches.
 */
export class CwInstrumentPicker extends DeskElement {
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };
  static override styles = [baseStyles, surfaceStyles, fieldStyles, instrumentPickerStyles];

  protected override readonly locale = new LocaleController(this, orderTerms);

  @query('input') private readonly field!: HTMLInputElement;

  @state() private found: readonly Instrument[] | undefined;
  @state() private active = 0;
  @state() private open = false;

  /** Only instruments of this section. */
  @property() section: Section | undefined;

  /** What is chosen; its symbol stands in the field. */
  @property({ attribute: false }) value: Pick<Instrument, 'code' | 'symbol' | 'name' | 'kind'> | undefined;

  /** What is wrong with the choice, in words; empty: nothing. */
  @property() problem = '';

  #typing: ReturnType<typeof setTimeout> | undefined;
  #search: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopSearching();
    this.open = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('value') && this.value && this.field) this.field.value = this.value.symbol;
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #stopSearching(): void {
    clearTimeout(this.#typing);
    this.#search?.abort();
  }

  #handleInput(): void {
    if (this.value) this.#choose(undefined);
    this.#stopSearching();
    this.open = true;
    this.found = undefined;
    this.#typing = setTimeout(() => void this.#find(this.field.value), TYPING_PAUSE_MS);
  }

  async #find(query: string): Promise<void> {
    const search = new AbortController();
    this.#search = search;
    try {
      const answer = await this.feature(instruments)?.find(query, {
        ...(this.section ? { section: this.section } : {}),
        limit: 12,
        signal: search.signal,
      });
      if (search.signal.aborted) return;
      this.found = answer ?? [];
      this.active = 0;
    } catch {
      // Given up for a newer text, or offline: the list stays "searching", and the next key asks again.
      if (!search.signal.aborted) this.open = false;
    }
  }

  #handleKeydown(event: KeyboardEvent): void {
    const matches = this.found ?? [];
    if (event.key === 'ArrowDown' && !this.open) {
      this.open = true;
      if (!this.found) void this.#find(this.value ? '' : this.field.value);
    } else if (event.key === 'ArrowDown') this.active = Math.min(this.active + 1, matches.length - 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(this.active - 1, 0);
    else if (event.key === 'Escape' && this.open) this.open = false;
    else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      this.open &&
      matches[this.active] &&
      this.field.value !== ''
    ) {
      this.#choose(matches[this.active]);
      if (event.key === 'Tab') return;
    } else return;
    // An Escape that closed the list must not also close the form around it.
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(instrument: Instrument | undefined): void {
    this.value = instrument;
    if (instrument) {
      this.field.value = instrument.symbol;
      this.open = false;
    }
    this.dispatchEvent(new CwInstrumentEvent(instrument));
  }

  protected override render(): TemplateResult {
    const t = this.locale.terms.orders;
    const { open, found, active, problem } = this;
    return html`
      <div class="field combobox">
        <label for="symbol">${t.form.symbol}</label>
        <input id="symbol" part="input" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false" dir="auto" maxlength="80" placeholder=${t.form.symbolHint}
          aria-autocomplete="list" aria-expanded=${open} aria-controls="matches" aria-activedescendant=${open && found?.length ? `match-${active}` : nothing}
          aria-invalid=${problem !== ''} aria-describedby="about"
          @input=${this.#handleInput} @keydown=${this.#handleKeydown} @blur=${() => {
            this.open = false;
          }}>
        <ul id="matches" part="list" role="listbox" aria-label=${t.form.symbol} ?hidden=${!open}>${open ? this.#renderMatches() : nothing}</ul>
        <span id="about" class=${problem ? 'field-error' : 'hint'}>${problem || (this.value ? html`<bdi>${this.value.name}</bdi> · ${t.instrumentKind[this.value.kind]}` : nothing)}</span>
      </div>
    `;
  }

  #renderMatches(): TemplateResult | TemplateResult[] {
    const t = this.locale.terms.orders;
    if (!this.found || this.found.length === 0)
      return html`<li class="nothing" role="option" aria-disabled="true" aria-selected="false">${this.found ? t.form.noMatch : t.form.searching}</li>`;
    return this.found.map(
      (match, index) => html`
        <li id="match-${index}" role="option" aria-selected=${index === this.active}
          @mousedown=${(event: Event) => {
            event.preventDefault();
            this.#choose(match);
          }} @mousemove=${() => {
            this.active = index;
          }}>
          <b><bdi>${match.symbol}</bdi></b><span class="name small muted"><bdi>${match.name}</bdi></span><span class="small muted">${t.instrumentKind[match.kind]}</span>
        </li>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-instrument-picker': CwInstrumentPicker;
  }
}
