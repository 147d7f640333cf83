import { toAsciiDigits } from '@callweave/sdk/protocol';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { dayOfParts, monthNames, partsOfDay } from '../../formats/calendar-day.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { deskTerms } from '../../translations/desk-terms.ts';
import { CwDayEvent } from './day-field.events.ts';

const dayFieldStyles = css`
  /* A legend is no flex item: the gap of the field does not reach it. */
  legend {
    margin-block-end: var(--_space);
  }

  .parts {
    display: grid;
    grid-template-columns: 4em minmax(7em, 14em) 5.5em;
    gap: calc(var(--_space) * 1.5);
  }

  input {
    font-variant-numeric: tabular-nums;
  }
`;

/**
 * @summary A calendar day in the calendar of the language: Jalali in Persian, Gregorian otherwise. The value is always
 * the Gregorian ISO day.
 *
 * @event {CwDayEvent} cw-day - A person has changed the day.
 *
 * @csspart field - The group of the three controls with its label.
 */
export class CwDayField extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, fieldStyles, dayFieldStyles];

  protected override readonly locale = new LocaleController(this, deskTerms);

  @query('#day') private dayInput!: HTMLInputElement;
  @query('#month') private monthInput!: HTMLSelectElement;
  @query('#year') private yearInput!: HTMLInputElement;
  /** What stands in the controls, as typed. */
  @state() private typed = { day: '', month: '', year: '' };

  @property() label = '';

  /** `2026-11-22`; empty: no day. Reads `invalid` when what was typed is no day. */
  @property() value = '';

  /** Said below the field instead of the field's own words. */
  @property() error = '';

  /** Shown after the label. */
  @property() note = '';

  #typedFor = '';

  override focus(options?: FocusOptions): void {
    this.dayInput?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // A value from outside is written into the controls; what a person types leads to a value, and stays as typed.
    const shown = `${this.value} ${this.locale.locale}`;
    if (this.value === 'invalid' || shown === this.#typedFor) return;
    this.#typedFor = shown;
    if (this.value === '') {
      this.typed = { day: '', month: '', year: '' };
      return;
    }
    const { day, month, year } = partsOfDay(this.value, this.locale.locale);
    const { digits } = this.locale.formats;
    this.typed = { day: digits(String(day)), month: String(month), year: digits(String(year)) };
  }

  readonly #handleInput = () => {
    this.typed = { day: this.dayInput.value, month: this.monthInput.value, year: this.yearInput.value };
    const { day, month, year } = this.typed;
    const empty = day.trim() === '' && month === '' && year.trim() === '';
    const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(toAsciiDigits(text)));
    this.value = empty
      ? ''
      : (dayOfParts({ day: number(day), month: number(month), year: number(year) }, this.locale.locale) ?? 'invalid');
    this.#typedFor = `${this.value} ${this.locale.locale}`;
    this.dispatchEvent(new CwDayEvent(this.value));
  };

  protected override render(): TemplateResult {
    const t = this.locale.terms.desk.dayField;
    const complete = this.typed.day !== '' && this.typed.month !== '' && this.typed.year !== '';
    const words = this.error || (this.value === 'invalid' && complete ? t.invalid : '');
    return html`
      <fieldset class="field" part="field" aria-describedby="error">
        <legend class="label">${this.label}${this.note ? html` <span class="optional">(${this.note})</span>` : nothing}</legend>
        <div class="parts" @input=${this.#handleInput}>
          <input id="day" inputmode="numeric" autocomplete="off" maxlength="2" aria-label=${t.day} placeholder=${t.day} aria-invalid=${words !== ''} .value=${this.typed.day} />
          <select id="month" aria-label=${t.month} aria-invalid=${words !== ''}>
            <option value="">${t.month}</option>
            ${monthNames(this.locale.locale).map((name, index) => html`<option value=${index + 1} ?selected=${this.typed.month === String(index + 1)}>${name}</option>`)}
          </select>
          <input id="year" inputmode="numeric" autocomplete="off" maxlength="4" aria-label=${t.year} placeholder=${t.year} aria-invalid=${words !== ''} .value=${this.typed.year} />
        </div>
        <span id="error" class="field-error" role="status">${words || nothing}</span>
      </fieldset>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-day-field': CwDayField;
  }
}
