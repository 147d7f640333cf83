import type {
  Currency,
  DeviceType,
  Difficulty,
  PriceList,
  PriceListContent,
  RenewalYears,
} from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { readPrice, writePrice } from '../../formats/price-input.ts';
import type { BillingTerms } from '../../translations/billing-terms.ts';
import type { PriceListTerms } from '../../translations/price-list-terms.ts';

export const LEVELS: readonly Difficulty[] = ['simple', 'normal', 'hard', 'expert'];
export const YEARS: readonly RenewalYears[] = [1, 2, 3];

export interface PriceFormParts {
  /** What the fields begin with. */
  readonly from: PriceList | undefined;
  readonly currency: Currency;
  readonly types: readonly DeviceType[];
  readonly locale: keyof DeviceType['names'];
  readonly t: PriceListTerms;
  readonly difficulty: BillingTerms['difficulty'];
  /** Names of fields that hold no price. */
  readonly wrong: ReadonlySet<string>;
}

/** The prices as fields. What is typed stays where it is until it is saved. */
export function priceFields({ from, currency, types, locale, t, difficulty, wrong }: PriceFormParts): TemplateResult {
  const field = (name: string, label: unknown, amount: number | null | undefined, required: boolean) => html`
    <div class="field"><label for=${name}>${label}</label>
      <input id=${name} name=${name} inputmode="decimal" autocomplete="off" dir="ltr" maxlength="24" ?required=${required}
        aria-invalid=${wrong.has(name) ? 'true' : 'false'} aria-describedby=${wrong.has(name) ? `${name}-wrong` : nothing}
        .defaultValue=${amount == null ? '' : writePrice(amount, currency)}>
      ${wrong.has(name) ? html`<span id="${name}-wrong" class="field-error">${t.notAPrice}</span>` : nothing}</div>`;
  return html`
    <fieldset class="prices"><legend>${t.work} <span class="small muted">(${t.perUnit(t.unit[currency])})</span></legend>
      ${LEVELS.map((level) => field(`work-${level}`, difficulty[level], from?.work[level], true))}
      <div class="field"><label for="unitMinutes">${t.unitMinutes}</label>
        <input id="unitMinutes" name="unitMinutes" type="number" min="1" max="480" required dir="ltr" .defaultValue=${String(from?.unitMinutes ?? 15)}></div>
    </fieldset>
    <h3>${t.renewals} <span class="small muted">(${t.perUnit(t.unit[currency])})</span></h3>
    <p class="small muted">${types.length === 0 ? t.noTypes : t.renewalsHint}</p>
    ${types.map(
      ({ id, names, brand, model }) => html`
        <fieldset class="prices"><legend><bdi>${names[locale]}</bdi> <bdi class="small muted">${brand} ${model}</bdi></legend>
          ${YEARS.map((years) =>
            field(
              `renewal-${id}-${years}`,
              t.years[years],
              from?.renewals.find(({ typeId }) => typeId === id)?.prices[years],
              false,
            ),
          )}
        </fieldset>`,
    )}`;
}

export type ReadPrices = { readonly content: PriceListContent } | { readonly wrong: ReadonlySet<string> };

/** What stands in the fields; or which of them hold no price. Prices of types that are no longer shown stay as they were. */
export function readPrices(
  form: HTMLFormElement,
  { currency, types, from }: Pick<PriceFormParts, 'currency' | 'types' | 'from'>,
): ReadPrices {
  const data = new FormData(form);
  const typed = (name: string) => String(data.get(name) ?? '').trim();
  const wrong = new Set<string>();
  const price = (name: string): number => {
    const amount = readPrice(typed(name), currency);
    if (amount === undefined) wrong.add(name);
    return amount ?? 0;
  };
  const optional = (name: string) => (typed(name) === '' ? null : price(name));
  const [simple, normal, hard, expert] = LEVELS.map((level) => price(`work-${level}`));
  const shown = new Set(types.map(({ id }) => id));
  const content: PriceListContent = {
    currency,
    unitMinutes: Number(typed('unitMinutes')),
    work: { simple: simple ?? 0, normal: normal ?? 0, hard: hard ?? 0, expert: expert ?? 0 },
    renewals: [
      ...(from?.renewals.filter(({ typeId }) => !shown.has(typeId)) ?? []),
      ...types
        .map(({ id }) => ({
          typeId: id,
          prices: { 1: optional(`renewal-${id}-1`), 2: optional(`renewal-${id}-2`), 3: optional(`renewal-${id}-3`) },
        }))
        .filter(({ prices }) => YEARS.some((years) => prices[years] !== null)),
    ],
  };
  return wrong.size > 0 ? { wrong } : { content };
}
