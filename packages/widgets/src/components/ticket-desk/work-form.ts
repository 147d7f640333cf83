import type { RecordedWork } from '@callweave/sdk';
import { html, type TemplateResult } from 'lit';
import type { TicketDeskTerms } from '../../translations/ticket-desk-terms.ts';
import type { TicketTerms } from '../../translations/ticket-terms.ts';
import { readWholeNumber } from '../order-form/terms-draft.ts';

/** In order of the price list. The schema of the contract is not taken along. */
const DIFFICULTIES = ['simple', 'normal', 'hard', 'expert'] as const satisfies readonly RecordedWork['difficulty'][];

export interface WorkFormParts {
  readonly terms: TicketDeskTerms['work'];
  readonly difficulty: TicketTerms['difficulty'];
  readonly busy: boolean;
  /** What was typed as quantity was no number. */
  readonly wrong: boolean;
  /** Undefined: what was typed as quantity is no number. */
  readonly onRecord: (work: RecordedWork | undefined) => void;
}

/** Difficulty × units of work: what a case served per case is priced by. */
export function workForm({ terms: t, difficulty, busy, wrong, onRecord }: WorkFormParts): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const read = (name: string) => form.querySelector<HTMLInputElement>(`#${name}`)?.value ?? '';
    const quantity = readWholeNumber(read('quantity'));
    if (!quantity) return onRecord(undefined);
    onRecord({
      difficulty: read('difficulty') as RecordedWork['difficulty'],
      quantity,
      note: read('work-note').trim(),
    });
  };
  return html`<details part="work"><summary>${t.title}</summary>
    <form class="work" novalidate @submit=${submit}>
      <div class="field"><label for="difficulty">${t.difficulty}</label>
        <select id="difficulty">${DIFFICULTIES.map((each) => html`<option value=${each} ?selected=${each === 'normal'}>${difficulty[each]}</option>`)}</select></div>
      <div class="field"><label for="quantity">${t.quantity}</label>
        <input id="quantity" class="code" inputmode="numeric" autocomplete="off" maxlength="5" value="1" aria-invalid=${wrong} aria-describedby="quantity-about">
        <span id="quantity-about" class=${wrong ? 'field-error' : 'hint'}>${wrong ? t.wrong : ''}</span></div>
      <div class="field wide"><label for="work-note">${t.note}</label><input id="work-note" dir="auto" autocomplete="off" maxlength="2000"></div>
      <p class="wide"><button data-action="record" ?disabled=${busy}>${t.record}</button></p>
    </form></details>`;
}
