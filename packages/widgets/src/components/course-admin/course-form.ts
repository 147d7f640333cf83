import type { CourseDraft } from '@callweave/sdk';
import type { Course, Currency } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { readPrice, writePrice } from '../../formats/price-input.ts';
import type { CourseTerms } from '../../translations/course-terms.ts';

const LANGUAGES = ['fa', 'en', 'cs'] as const;
const CURRENCIES = ['IRR', 'CZK', 'EUR'] as const;

/** A course as fields. What is typed stays where it is until it is saved. */
export function courseFields(
  course: Course | undefined,
  currency: Currency,
  t: CourseTerms['admin'],
  wrongPrice: boolean,
  onCurrency: (currency: Currency) => void,
): TemplateResult {
  return html`
    ${LANGUAGES.map(
      (language) => html`
        <div class="field"><label for="title-${language}">${t.titleIn[language]}</label>
          <input id="title-${language}" name="title-${language}" lang=${language} dir="auto" required maxlength="150" .defaultValue=${course?.title[language] ?? ''}></div>
        <div class="field"><label for="description-${language}">${t.descriptionIn[language]}</label>
          <textarea id="description-${language}" name="description-${language}" lang=${language} dir="auto" required maxlength="3000" .defaultValue=${course?.description[language] ?? ''}></textarea></div>`,
    )}
    <div class="field"><label for="currency">${t.currency}</label>
      <select id="currency" name="currency" @change=${(event: Event) => onCurrency((event.target as HTMLSelectElement).value as Currency)}>${CURRENCIES.map(
        (each) => html`<option value=${each} ?selected=${each === currency}>${each}</option>`,
      )}</select></div>
    <div class="field"><label for="price">${t.price[currency]}</label>
      <input id="price" name="price" inputmode="decimal" autocomplete="off" dir="ltr" maxlength="24" required aria-invalid=${wrongPrice ? 'true' : 'false'}
        aria-describedby=${wrongPrice ? 'price-wrong' : nothing} .defaultValue=${course === undefined ? '' : writePrice(course.price.amount, course.price.currency)}>
      ${wrongPrice ? html`<span id="price-wrong" class="field-error">${t.notAPrice}</span>` : nothing}</div>
    <div class="field"><label for="playerCourses">${t.playerCourses}</label>
      <input id="playerCourses" name="playerCourses" dir="ltr" required autocomplete="off" pattern="\\s*[0-9a-f]{24}(\\s*,\\s*[0-9a-f]{24})*\\s*" aria-describedby="player-hint"
        .defaultValue=${course?.playerCourses.join(', ') ?? ''}><span id="player-hint" class="hint">${t.playerCoursesHint}</span></div>
    <div class="field"><label for="devices">${t.deviceLimit}</label>
      <input id="devices" name="devices" type="number" min="1" max="99" dir="ltr" aria-describedby="devices-hint" .defaultValue=${String(course?.devices?.all ?? '')}>
      <span id="devices-hint" class="hint">${t.houseRule}</span></div>
    <div class="field"><label for="offlineDays">${t.offlineDays}</label>
      <input id="offlineDays" name="offlineDays" type="number" min="0" max="365" dir="ltr" aria-describedby="offline-hint" .defaultValue=${String(course?.offlineDays ?? '')}>
      <span id="offline-hint" class="hint">${t.houseRule}</span></div>`;
}

/** Undefined: what stands in the field is no price. */
export function readCourse(form: HTMLFormElement, before: Course | undefined): CourseDraft | undefined {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const words = (name: string) => ({ en: text(`${name}-en`), fa: text(`${name}-fa`), cs: text(`${name}-cs`) });
  const currency = text('currency') as Currency;
  const amount = readPrice(text('price'), currency);
  if (amount === undefined || amount < 1) return undefined;
  const whole = (name: string) => (text(name) === '' ? null : Number(text(name)));
  const all = whole('devices');
  return {
    title: words('title'),
    description: words('description'),
    price: { amount, currency },
    playerCourses: text('playerCourses')
      .split(',')
      .map((id) => id.trim()),
    // Limits of single kinds, set by another way, stay.
    devices: all === null ? null : { ...before?.devices, all },
    offlineDays: whole('offlineDays'),
  };
}
