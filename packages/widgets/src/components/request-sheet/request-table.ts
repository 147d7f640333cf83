import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { priceWords, stateChip, validityWords } from '../../formats/order-words.ts';
import { checkIcon } from '../../icons/icons.ts';
import type { OrderTerms } from '../../translations/order-terms.ts';
import type { RequestRow } from './request-rows.ts';

export interface RequestTable {
  readonly rows: readonly RequestRow[];
  readonly isTicked: (row: RequestRow) => boolean;
  /** The instruction about which "drop it?" is being asked. */
  readonly dropping: string | undefined;
  /** Rows can be edited and dropped only in a live call. */
  readonly live: boolean;
  readonly busy: boolean;
  readonly onToggle: (row: RequestRow) => void;
  readonly onOpen: (row: RequestRow) => void;
  readonly onDrop: (row: RequestRow) => void;
  readonly onDropLeft: () => void;
}

/** The requests of the call as a grid: arrows move, Space ticks, Enter or double click opens. */
export function requestTable(table: RequestTable, t: OrderTerms, formats: Formats): TemplateResult {
  const { columns, sheet } = t;
  return html`
    <div class="scroll">
      <table role="grid" aria-multiselectable="true" aria-labelledby="requests" aria-describedby="keys">
        <thead><tr role="row">
          <th role="columnheader" scope="col"><span class="visually-hidden">${columns.select}</span></th><th role="columnheader" scope="col">${columns.side}</th><th role="columnheader" scope="col">${columns.symbol}</th>
          <th role="columnheader" scope="col" class="number">${columns.quantity}</th><th role="columnheader" scope="col" class="number">${columns.price}</th><th role="columnheader" scope="col">${columns.validity}</th>
          <th role="columnheader" scope="col">${columns.state}</th><th role="columnheader" scope="col"><span class="visually-hidden">${columns.actions}</span></th>
        </tr></thead>
        <tbody>${repeat(
          table.rows,
          ({ instruction }) => instruction.id,
          (row) => requestRow(row, table, t, formats),
        )}</tbody>
      </table>
    </div>
    <p id="keys" class="hint small muted" ?hidden=${table.rows.every(({ instruction }) => instruction.state === 'submitted')}>${sheet.keyboardHint}</p>
  `;
}

function requestRow(row: RequestRow, table: RequestTable, t: OrderTerms, formats: Formats): TemplateResult {
  const { order, instruction } = row;
  const { terms } = order;
  const sent = instruction.state === 'submitted';
  const ticked = table.isTicked(row);
  const words = `${t.side[terms.side]} ${order.instrument.symbol}`;
  return html`
    <tr role="row" tabindex="0" class=${sent ? 'sent' : ''} aria-selected=${ticked} data-order=${order.id} @keydown=${(event: KeyboardEvent) => handleKey(event, row, table)} @dblclick=${() => table.onOpen(row)}>
      <td role="gridcell">${sent ? checkIcon : html`<input type="checkbox" tabindex="-1" aria-label="${t.columns.select}: ${words}" .checked=${ticked} @change=${() => table.onToggle(row)}>`}</td>
      <td role="gridcell"><span class="side ${terms.side}">${t.side[terms.side]}</span>${instruction.kind === 'new' ? nothing : html` <span class="chip">${t.instructionKind[instruction.kind]}</span>`}</td>
      <td role="gridcell"><bdi title=${order.instrument.name}>${order.instrument.symbol}</bdi></td>
      <td role="gridcell" class="number" data-label=${t.columns.quantity}><bdi>${formats.number(terms.quantity)}</bdi></td>
      <td role="gridcell" class="number" data-label=${t.columns.price}><bdi>${priceWords(terms, t, formats)}</bdi></td>
      <td role="gridcell" data-label=${t.columns.validity}>${validityWords(terms, t, formats)}</td>
      <td role="gridcell">${instructionChip(row, t)}</td>
      <td role="gridcell">${table.live && !sent ? rowActions(row, words, table, t) : nothing}</td>
    </tr>
  `;
}

function rowActions(row: RequestRow, words: string, table: RequestTable, t: OrderTerms): TemplateResult {
  const asks = table.dropping === row.instruction.id;
  const drop = asks ? t.sheet.discardAsk : t.sheet.discard;
  return html`
    ${row.instruction.kind === 'withdraw' ? nothing : html`<button class="plain" ?disabled=${table.busy} aria-label="${t.sheet.edit}: ${words}" @click=${() => table.onOpen(row)}>${t.sheet.edit}</button>`}
    <button class="plain danger" ?disabled=${table.busy} aria-label="${drop}: ${words}" @click=${() => table.onDrop(row)} @blur=${() => {
      if (asks) table.onDropLeft();
    }}>${drop}</button>`;
}

/** Before submission the state of the instruction counts, afterwards that of the order. */
function instructionChip({ order, instruction }: RequestRow, t: OrderTerms): TemplateResult {
  if (instruction.state === 'submitted') return stateChip(order.state, t);
  return instruction.state === 'read-back'
    ? html`<span class="chip success">${checkIcon}${t.state['read-back']}</span>`
    : html`<span class="chip">${t.state.draft}</span>`;
}

function handleKey(event: KeyboardEvent, row: RequestRow, table: RequestTable): void {
  if (event.target !== event.currentTarget) return;
  const here = event.currentTarget as HTMLElement;
  if (event.key === ' ' && row.instruction.state !== 'submitted') table.onToggle(row);
  else if (event.key === 'Enter') table.onOpen(row);
  else if (event.key === 'ArrowDown') (here.nextElementSibling as HTMLElement | null)?.focus();
  else if (event.key === 'ArrowUp') (here.previousElementSibling as HTMLElement | null)?.focus();
  else return;
  event.preventDefault();
}
