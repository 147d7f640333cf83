import { IRAN, type Locale, type NumberingPlan } from '@callweave/sdk/protocol';

/** The house rules of an inbound call, in plain figures. */
export interface FlowPolicy {
  /** How numbers without a country code are read. */
  readonly numbering: NumberingPlan;
  /** Numbers of ours that lead to the desk, as the operator delivers them; empty: all. */
  readonly publicNumbers: readonly string[];
  /** Prompts played while the first responder rings, before anybody is heard. The recording notice belongs here. */
  readonly greeting: readonly string[];
  /** For callers whom nobody knows. */
  readonly language: Locale;
  readonly ringSeconds: number;
  /** Whether a customer's own responder, who is not ready, is passed over; do-not-disturb always is. */
  readonly notReadyResponders: 'pass-over' | 'ring';
  /** How long an agent may write down what was said before they are rung again; 0: not at all. */
  readonly wrapUpSeconds: number;
  /** A customer on hold for longer is brought to the agent's notice; null: not at all. */
  readonly holdAlertSeconds: number | null;
  /** How long a customer is kept when the agent's page or line is lost in a call. */
  readonly resumeGraceSeconds: number;
  /** How long a caller may take to key the first digit, and each further one. */
  readonly firstDigitSeconds: number;
  readonly nextDigitSeconds: number;
  /** What a responder's own telephone shows: the number the customer dialled, or the customer's. */
  readonly callerIdOnTelephones: 'called' | 'caller';
}

export const DEFAULT_FLOW_POLICY: FlowPolicy = {
  numbering: IRAN,
  publicNumbers: [],
  greeting: ['welcome', 'recording-notice'],
  language: 'fa',
  ringSeconds: 20,
  notReadyResponders: 'pass-over',
  wrapUpSeconds: 60,
  holdAlertSeconds: 60,
  resumeGraceSeconds: 20,
  firstDigitSeconds: 10,
  nextDigitSeconds: 6,
  callerIdOnTelephones: 'called',
};
