import type { FieldCallKind, FieldCallOutcome, Locale } from '@callweave/sdk/protocol';
import type { CaseRow, FieldCallSubject, WholePairing } from '../../../numbers/index.ts';
import type { HangupCause } from '../../exchange.ts';

/** What a call is about, and how its field caller is reached. The real number lives here alone, never in what is written. */
export interface Subject extends Omit<FieldCallSubject, 'callId'> {
  readonly realNumber: string;
  readonly locale: Locale;
  readonly projectName: string;
}

export function subjectOf(whole: WholePairing, kind: FieldCallKind, otherNumber: string, caseRow?: CaseRow): Subject {
  const { pairing, project, fieldCaller } = whole;
  return {
    kind,
    pairingId: pairing.id,
    projectId: project.id,
    projectName: project.name,
    fieldCallerId: fieldCaller.id,
    fictitiousNumber: pairing.fictitious_number,
    otherNumber,
    caseId: caseRow?.id ?? null,
    realNumber: fieldCaller.number,
    locale: fieldCaller.locale as Locale,
  };
}

/** How a number that was rung took it. */
export function outcomeOf(cause: HangupCause): Exclude<FieldCallOutcome, 'answered' | 'abandoned'> {
  return cause === 'busy' || cause === 'no-answer' || cause === 'rejected' || cause === 'unreachable'
    ? cause
    : 'failed';
}

/** What the other one is told of it. */
export const REASON_PROMPTS: Readonly<Record<ReturnType<typeof outcomeOf>, string>> = {
  busy: 'virtual-busy',
  'no-answer': 'virtual-no-answer',
  rejected: 'virtual-busy',
  unreachable: 'virtual-unreachable',
  failed: 'virtual-failed',
};

/** What is spoken to somebody who calls one of our numbers and is not known. */
export function languageOf(number: string, house: Locale): Locale {
  if (number.startsWith('+420')) return 'cs';
  return number.startsWith('+98') ? 'fa' : house;
}
