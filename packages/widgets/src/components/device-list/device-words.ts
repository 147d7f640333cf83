import type { Device, ServiceStateName } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import type { DeviceTerms } from '../../translations/device-terms.ts';

/** Days before the end from which it is said with a warning. */
const SOON = 30;

const SHAPES: Readonly<Record<ServiceStateName, string>> = {
  active: 'success',
  renewed: 'success',
  'per-case': '',
  'not-activated': '',
  declined: 'warning',
  expired: 'danger',
};

/** The state of a device's service: a word with a shape and a colour, and how long it lasts in words. */
export function serviceChip(
  { service: { state, daysLeft } }: Device,
  t: DeviceTerms,
  number: (value: number) => string,
): TemplateResult {
  const soon = daysLeft !== null && daysLeft <= SOON;
  const shape = soon ? 'warning' : SHAPES[state];
  return html`<span class="chip ${shape}" data-state=${state}>${shape === 'success' ? checkIcon : shape === '' ? '' : warningIcon}${t.state[state]}</span>
    ${daysLeft === null ? '' : html`<span class="small muted">${t.daysLeft(daysLeft, number(daysLeft))}</span>`}`;
}

/** By what it is told from others: the first that is known. */
export const identityOf = ({ serial, dongle, userId }: Device): string => serial ?? dongle ?? userId ?? '';
