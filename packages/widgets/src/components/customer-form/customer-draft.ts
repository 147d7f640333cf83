import {
  type Customer,
  type CustomerKind,
  isNationalCode,
  type Locale,
  type NumberingPlan,
  normalizeNumber,
  toAsciiDigits,
} from '@callweave/sdk/protocol';

/** The fields of the form, one per control. */
export const CUSTOMER_FIELDS = [
  'name',
  'kind',
  'nationalCode',
  'username',
  'number1',
  'number2',
  'responder1',
  'responder2',
  'contractSignedOn',
  'locale',
  'branch',
] as const;
export type CustomerField = (typeof CUSTOMER_FIELDS)[number];

/** What a person has typed, as typed. */
export interface CustomerDraft {
  readonly name: string;
  readonly kind: CustomerKind;
  readonly nationalCode: string;
  readonly username: string;
  readonly number1: string;
  readonly number2: string;
  readonly responder1: string;
  readonly responder2: string;
  /** ISO day; empty: not signed; `invalid`: a day that does not exist. */
  readonly contractSignedOn: string;
  readonly locale: Locale;
  readonly branch: string;
  readonly questions: readonly QuestionDraft[];
}

export interface QuestionDraft {
  readonly text: string;
  readonly answer: string;
}

export type DraftProblem = 'required' | 'invalid' | 'same-responder' | 'incomplete';
export type DraftProblems = ReadonlyMap<CustomerField | `question${number}`, DraftProblem>;

export const emptyDraft = (locale: Locale): CustomerDraft => ({
  name: '',
  kind: 'securities',
  nationalCode: '',
  username: '',
  number1: '',
  number2: '',
  responder1: '',
  responder2: '',
  contractSignedOn: '',
  locale,
  branch: '',
  questions: [],
});

/** @param write Digits as the reader writes them; on the way back any digits are understood. */
export const draftOf = (customer: Customer, write: (digits: string) => string): CustomerDraft => ({
  name: customer.name,
  kind: customer.kind,
  nationalCode: write(customer.nationalCode),
  username: write(customer.username),
  number1: write(customer.numbers[0] ?? ''),
  number2: write(customer.numbers[1] ?? ''),
  responder1: customer.responders[0] ?? '',
  responder2: customer.responders[1] ?? '',
  contractSignedOn: customer.contractSignedOn ?? '',
  locale: customer.locale,
  branch: customer.branch,
  questions: [],
});

export const isSameDraft = (a: CustomerDraft, b: CustomerDraft): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Everything that can be known without the server. The server checks all of it again. */
export function checkDraft(draft: CustomerDraft, plan?: NumberingPlan): DraftProblems {
  const problems = new Map<CustomerField | `question${number}`, DraftProblem>();
  for (const field of ['name', 'nationalCode', 'number1'] as const)
    if (draft[field].trim() === '') problems.set(field, 'required');
  if (draft.nationalCode.trim() !== '' && !isNationalCode(draft.nationalCode)) problems.set('nationalCode', 'invalid');
  if (draft.username.trim() !== '' && !/^\d{5}$/.test(toAsciiDigits(draft.username).trim()))
    problems.set('username', 'invalid');
  for (const field of ['number1', 'number2'] as const)
    if (draft[field].trim() !== '' && normalizeNumber(draft[field], plan) === undefined) problems.set(field, 'invalid');
  if (draft.responder1 !== '' && draft.responder1 === draft.responder2) problems.set('responder2', 'same-responder');
  if (draft.contractSignedOn === 'invalid') problems.set('contractSignedOn', 'invalid');
  draft.questions.forEach(({ text, answer }, index) => {
    // An empty row is no question; half a row is a slip.
    if ((text.trim() === '') !== (answer.trim() === '')) problems.set(`question${index}`, 'incomplete');
  });
  return problems;
}

/** What goes over the wire; numbers as typed: the server reads them by its own numbering plan. */
export function inputOf(draft: CustomerDraft) {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    nationalCode: toAsciiDigits(draft.nationalCode).trim(),
    numbers: [draft.number1, draft.number2].map((number) => number.trim()).filter(Boolean),
    responders: [draft.responder1, draft.responder2].filter(Boolean),
    contractSignedOn: draft.contractSignedOn || null,
    locale: draft.locale,
    ...(draft.branch.trim() ? { branch: draft.branch.trim() } : {}),
  };
}

export const questionsOf = (draft: CustomerDraft): QuestionDraft[] =>
  draft.questions
    .map(({ text, answer }) => ({ text: text.trim(), answer: answer.trim() }))
    .filter(({ text, answer }) => text && answer);

/** The control that a field problem of the server belongs to: `numbers.1` → `number2`. */
export function fieldOfPath(path: string): CustomerField | `question${number}` | undefined {
  const [head, index] = path.split('.');
  if (head === 'numbers') return index === '1' ? 'number2' : 'number1';
  if (head === 'responders') return index === '1' ? 'responder2' : 'responder1';
  if (head === 'questions') return `question${Number(index ?? 0)}`;
  return CUSTOMER_FIELDS.find((field) => field === head);
}
