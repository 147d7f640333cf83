import type { Desk } from '@callweave/sdk';
import type { Call } from '@callweave/sdk/protocol';
import { html, type TemplateResult } from 'lit';

/** What stands on the sheet of somebody who has bought devices comes with the first such call: brokers never pay for it. */
export async function loadDevicesOfCaller(): Promise<void> {
  await import('./devices-inside.ts');
}

/** Their devices, their tickets in this call, and what they owe with the permission above the ceiling. */
export function devicesOfCaller(call: Call, customerId: string, desk: Desk): TemplateResult {
  return html`
    <cw-device-list .desk=${desk} customer-id=${customerId}></cw-device-list>
    <cw-ticket-panel .desk=${desk} customer-id=${customerId} call-id=${call.id}></cw-ticket-panel>
    <cw-customer-balance .desk=${desk} customer-id=${customerId}></cw-customer-balance>
  `;
}
