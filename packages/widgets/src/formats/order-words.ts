import type { Order, OrderState, OrderTerms as Terms } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import type { OrderTerms } from '../translations/order-terms.ts';
import type { Formats } from './formats.ts';

/** `5,210` or `Market`. */
export const priceWords = ({ price }: Terms, t: OrderTerms, formats: Formats): string =>
  price.kind === 'market' ? t.market : formats.rial(price.rial);

/** `Day`, `Until date 1 March`. */
export const validityWords = ({ validity }: Terms, t: OrderTerms, formats: Formats): string =>
  validity.kind === 'until' ? `${t.validity.until} ${formats.day(validity.day)}` : t.validity[validity.kind];

const CHIPS: Partial<Record<OrderState, 'success' | 'warning' | 'danger'>> = {
  accepted: 'success',
  'partly-filled': 'success',
  filled: 'success',
  rejected: 'danger',
  returned: 'warning',
};

/** The state of an order as a word with its shape and colour. */
export const stateChip = (state: OrderState, t: OrderTerms): TemplateResult =>
  html`<span class="chip ${CHIPS[state] ?? ''}">${t.state[state]}</span>`;

/** The open part of an order. */
export const openQuantity = ({ terms, filledQuantity }: Order): number => terms.quantity - filledQuantity;
