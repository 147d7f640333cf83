import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Id, Instant, line } from './primitives.ts';

/**
 * The verification ladder (G2) as a policy of plain figures. The Iranian directive on telephone orders, art. 6, asks
 * 1 to 5 personal questions before any order when the number is not a declared one.
 */
export interface VerificationPolicy {
  readonly declared: LadderStep;
  readonly undeclared: LadderStep;
  /** Wrong answers and PINs together, in one call. */
  readonly attemptsPerCall: number;
  /** Failures in a row over all calls, then the customer is locked until a supervisor releases them. */
  readonly failuresBeforeLock: number;
  /** Wrong attempts of all customers together within an hour; beyond it nobody is verified, so that guesses spread thin end too. */
  readonly failuresPerHour: number;
  readonly validForSeconds: number;
  /** One hold longer than this ends the verified state. */
  readonly longHoldSeconds: number;
}

export interface LadderStep {
  /** How many questions are drawn at random, 0–5. */
  readonly questions: number;
  readonly pin: boolean;
}

export const DEFAULT_VERIFICATION_POLICY: VerificationPolicy = {
  declared: { questions: 1, pin: false },
  undeclared: { questions: 3, pin: false },
  attemptsPerCall: 3,
  failuresBeforeLock: 10,
  failuresPerHour: 200,
  validForSeconds: 30 * 60,
  longHoldSeconds: 120,
};

/** Which step of the ladder a call is on, and whether it can be climbed with the questions the customer has. */
export function ladderFor(
  policy: VerificationPolicy,
  call: { readonly declared: boolean; readonly availableQuestions: number; readonly pinSet: boolean },
): LadderStep & { readonly possible: boolean } {
  const wanted = call.declared ? policy.declared : policy.undeclared;
  const questions = Math.min(wanted.questions, call.availableQuestions);
  // Too few questions are made up for by the PIN: never by asking less.
  const pin = wanted.pin || questions < wanted.questions;
  return { questions, pin, possible: (!pin || call.pinSet) && (questions > 0 || pin) };
}

/** Draws `count` of `items` without repetition. `random` gives an integer in `[0, below)` and must be unpredictable. */
export function drawQuestions<T>(items: readonly T[], count: number, random: (below: number) => number): T[] {
  const pool = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && pool.length > 0) drawn.push(...pool.splice(random(pool.length), 1));
  return drawn;
}

/** PINs that guessing tries first: one digit repeated, runs up or down, the initial one, years, pairs. */
export function isCommonPin(pin: string): boolean {
  if (/^(\d)\1+$/.test(pin) || /^(\d\d)\1+$/.test(pin) || /^((\d)\2)+$/.test(pin)) return true;
  if ('01234567890123'.includes(pin) || '98765432109876'.includes(pin)) return true;
  return /^(19|20|13|14)\d\d$/.test(pin) || pin === '2580';
}

export const VerificationState = z.enum(['none', 'asking', 'passed', 'failed', 'locked', 'expired']);
export type VerificationState = z.infer<typeof VerificationState>;

/** Progress of the PIN, without anything of the PIN. */
export const PinState = z.enum([
  'not-required',
  'required',
  'collecting',
  'right',
  'wrong',
  'change-required',
  'changing',
  'changed',
]);
export type PinState = z.infer<typeof PinState>;

/** What an agent may know of a verification. */
export const Verification = z.object({
  state: VerificationState,
  questions: z.array(z.object({ id: Id, text: z.string(), result: z.enum(['open', 'right', 'wrong']) })),
  pin: PinState,
  attemptsLeft: z.int(),
  passedAt: z.nullable(Instant),
  expiresAt: z.nullable(Instant),
  /** Why it failed or expired: a key that widgets translate. */
  reason: z.nullable(
    z.enum([
      'wrong-answers',
      'locked',
      'timeout',
      'long-hold',
      'transfer',
      'time',
      'customer-changed',
      'hung-up',
      'restart',
    ]),
  ),
});
export type Verification = z.infer<typeof Verification>;

export const NO_VERIFICATION: Verification = {
  state: 'none',
  questions: [],
  pin: 'not-required',
  attemptsLeft: 0,
  passedAt: null,
  expiresAt: null,
  reason: null,
};

const agent = ['agent', 'supervisor'] as const;
const onCall = { callId: Id };
const problems = [
  'call-not-live',
  'call-not-yours',
  'call-without-customer',
  'verification-locked',
  'verification-not-open',
] as const;

export const verification = {
  start: endpoint({
    method: 'POST',
    path: '/calls/{callId}/verification',
    summary: 'Draw the questions for this call',
    access: agent,
    input: z.object(onCall),
    output: Verification,
    problems: [...problems, 'no-questions'],
  }),
  answer: endpoint({
    method: 'POST',
    path: '/calls/{callId}/verification/answers',
    summary: 'Check one answer, typed as heard',
    access: agent,
    input: z.object({ ...onCall, questionId: Id, answer: line(200) }),
    output: Verification,
    problems: [...problems, 'question-not-asked'],
  }),
  collectPin: endpoint({
    method: 'POST',
    path: '/calls/{callId}/verification/pin',
    summary: 'Let the caller key the PIN; the agent hears nothing of it',
    access: agent,
    input: z.object(onCall),
    output: Verification,
    problems: [...problems, 'pin-not-possible', 'exchange-unavailable'],
  }),
  changePin: endpoint({
    method: 'POST',
    path: '/calls/{callId}/verification/pin-change',
    summary: 'Let the caller key a new PIN twice',
    access: agent,
    input: z.object(onCall),
    output: Verification,
    problems: [...problems, 'pin-not-possible', 'exchange-unavailable'],
  }),
} as const;
