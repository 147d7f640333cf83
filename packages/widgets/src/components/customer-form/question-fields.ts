import type { MAX_SECURITY_QUESTIONS } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Formats } from '../../formats/formats.ts';
import { crossIcon, plusIcon } from '../../icons/icons.ts';
import type { Translation } from '../../translations/translation.ts';
import type { QuestionDraft } from './customer-draft.ts';

export interface QuestionsContext {
  readonly questions: readonly QuestionDraft[];
  readonly terms: Pick<Translation, 'desk'>;
  readonly formats: Formats;
  readonly onQuestions: (change: (questions: readonly QuestionDraft[]) => readonly QuestionDraft[]) => void;
  /** The words of a row's error, if it is to be shown. */
  readonly errorOf: (index: number) => string | undefined;
}

/** Tied to the contract by its type: importing the value would bring the schemas with it. */
const MAX_QUESTIONS: typeof MAX_SECURITY_QUESTIONS = 10;

/** Answers are typed once, kept in memory until they are sent, and never shown again. */
export function renderQuestions({ questions, terms, formats, onQuestions, errorOf }: QuestionsContext): TemplateResult {
  const t = terms.desk.customerForm;
  const change = (index: number, changes: Partial<QuestionDraft>) =>
    onQuestions((all) => all.map((question, at) => (at === index ? { ...question, ...changes } : question)));
  return html`<fieldset class="stack">
    <legend>${t.questions}</legend>
    <p class="hint">${t.questionsHint}</p>
    ${repeat(
      questions,
      (_, index) => index,
      ({ text, answer }, index) => {
        const error = errorOf(index);
        return html`<div class="question">
          <div class="field">
            <label for=${`question${index}`}>${t.question} ${formats.number(index + 1)}</label>
            <input id=${`question${index}`} dir="auto" placeholder=" " maxlength="200" autocomplete="off" aria-invalid=${error !== undefined} .value=${text} @input=${(event: Event) => change(index, { text: (event.target as HTMLInputElement).value })} />
          </div>
          <div class="field">
            <label for=${`answer${index}`}>${t.answer}</label>
            <input id=${`answer${index}`} dir="auto" placeholder=" " maxlength="200" autocomplete="off" spellcheck="false" aria-invalid=${error !== undefined} .value=${answer} @input=${(event: Event) => change(index, { answer: (event.target as HTMLInputElement).value })} />
          </div>
          <button type="button" class="icon plain" aria-label=${t.removeQuestion(index + 1)} title=${t.removeQuestion(index + 1)} @click=${() => onQuestions((all) => all.filter((_, at) => at !== index))}>${crossIcon}</button>
          ${error ? html`<span class="field-error">${error}</span>` : nothing}
        </div>`;
      },
    )}
    ${
      questions.length < MAX_QUESTIONS
        ? html`<div><button type="button" @click=${() => onQuestions((all) => [...all, { text: '', answer: '' }])}>${plusIcon}${t.addQuestion}</button></div>`
        : html`<p class="hint">${t.noMoreQuestions}</p>`
    }
  </fieldset>`;
}
