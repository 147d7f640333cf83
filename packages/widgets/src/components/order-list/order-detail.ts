import type { Desk } from '@callweave/sdk';
import type { EvidenceReport, Instruction, Order } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../../formats/formats.ts';
import { checkIcon, playIcon, shieldIcon, warningIcon } from '../../icons/icons.ts';
import type { OrderTerms } from '../../translations/order-terms.ts';

export interface OrderDetail {
  readonly desk: Desk | undefined;
  readonly order: Order;
  readonly heard: Instruction | undefined;
  readonly report: EvidenceReport | undefined;
  /** Only managers and supervisors may ask for the proof. */
  readonly provable: boolean;
  readonly proving: boolean;
  readonly onListen: (instruction: Instruction) => void;
  readonly onProve: () => void;
}

/** What stands behind one order: the instructions with their moments, the fills, the reason, and the proof. */
export function orderDetail(
  { desk, order, heard, report, provable, proving, onListen, onProve }: OrderDetail,
  t: OrderTerms,
  formats: Formats,
): TemplateResult {
  const broken = report?.checks.find(({ ok }) => !ok);
  return html`
    <div class="stack">
      ${order.reason ? html`<p class="message warning">${warningIcon}<span>${t.list.reason}: <bdi>${order.reason}</bdi></span></p>` : nothing}
      <div>
        <h3 class="label">${t.list.instructions}</h3>
        <ul>${order.instructions.map(
          (instruction) => html`
          <li class="row">
            <span class="chip">${t.instructionKind[instruction.kind]}</span>
            <span class="small tabular">${instruction.readBackAt ? formats.dateTime(instruction.readBackAt) : t.state[instruction.state]}</span>
            ${
              instruction.recordingId
                ? html`<button class="plain" data-listen=${instruction.id} aria-pressed=${heard?.id === instruction.id} @click=${() => onListen(instruction)}>${playIcon}${t.list.listen}
                  <bdi dir="ltr" class="tabular">${formats.duration(instruction.recordingOffsetMs ?? 0)}</bdi></button>`
                : nothing
            }
          </li>`,
        )}</ul>
      </div>
      ${heard?.recordingId ? html`<cw-recording-player .desk=${desk} recording-id=${heard.recordingId} instruction-id=${heard.id}></cw-recording-player>` : nothing}
      ${
        order.fills.length === 0
          ? nothing
          : html`<div><h3 class="label">${t.list.fills}</h3><ul>${order.fills.map(
              (fill) =>
                html`<li class="small tabular"><bdi>${formats.number(fill.quantity)}</bdi> × <bdi>${formats.rial(fill.rial)}</bdi> ${t.rial} · ${formats.dateTime(fill.at)}</li>`,
            )}</ul></div>`
      }
      ${
        provable
          ? html`<div class="stack">
            <span><button data-action="prove" aria-disabled=${proving} @click=${onProve}>${shieldIcon}${t.list.prove}</button></span>
            <div role="status">${
              report === undefined
                ? nothing
                : broken
                  ? html`<p class="message danger">${warningIcon}<span>${t.list.broken(`${broken.name} — ${broken.detail}`)}</span></p>`
                  : html`<p class="message success">${checkIcon}<span>${t.list.proven}</span></p>`
            }</div>
          </div>`
          : nothing
      }
    </div>
  `;
}
