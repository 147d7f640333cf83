import type { Chore } from './housekeeping.ts';
import type { Operations } from './http/routes.ts';

/** One part of the call centre, as the adapter holds it: what it answers, and what it does by itself. */
export interface Domain {
  /** By group and name, as the contract has them. */
  readonly operations?: Operations;
  /** Run from time to time, by the housekeeping. */
  readonly chores?: readonly Chore[];
  /** Follows events, works on the outbox, watches the clock. Runs before calls are taken. */
  start?(): Promise<void> | void;
  stop?(): Promise<void>;
}
