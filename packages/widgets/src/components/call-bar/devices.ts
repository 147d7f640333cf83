import type { PhoneState } from '@callweave/sdk';
import type { AudioDevice, DeviceChoice, HeadsetState } from '@callweave/sdk/phone';
import { html, nothing, type TemplateResult } from 'lit';
import type { CallBarTerms } from '../../translations/desk-terms.ts';

export interface DevicesOptions {
  readonly devices: PhoneState['devices'];
  readonly terms: CallBarTerms;
  readonly number: (value: number) => string;
  /** Undefined: not loaded. */
  readonly headset: HeadsetState | undefined;
  readonly onHeadset: () => void;
  readonly onChoice: (choice: DeviceChoice) => void;
}

/** Which microphone, which loudspeaker, and where it rings. */
export function renderDevices({
  devices,
  headset,
  onHeadset,
  terms: t,
  number,
  onChoice,
}: DevicesOptions): TemplateResult {
  const field = (id: keyof DeviceChoice, label: string, list: readonly AudioDevice[]) => html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} @change=${(event: Event) => onChoice({ [id]: (event.target as HTMLSelectElement).value || null })}>
        <option value="" ?selected=${devices[id] === null}>${t.systemDefault}</option>
        ${list.map((device, index) => html`<option value=${device.id} ?selected=${devices[id] === device.id}>${device.label || t.namelessDevice(number(index + 1))}</option>`)}
      </select>
    </div>
  `;
  return html`<div class="devices">
    ${field('microphone', t.microphone, devices.microphones)}${field('speaker', t.speaker, devices.speakers)}${field('ringtone', t.ringtone, devices.speakers)}
    ${headset?.status === 'none' ? html`<button type="button" class="headset" @click=${onHeadset}>${t.connectHeadset}</button>` : nothing}
    ${headset?.status === 'connected' ? html`<p class="muted small">${t.headsetConnected(headset.name)}</p>` : nothing}
  </div>`;
}
