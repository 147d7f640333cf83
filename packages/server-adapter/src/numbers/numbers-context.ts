import type { NumberingPlan } from '@callweave/sdk/protocol';
import type { Store } from '../store/store.ts';
import type { DayOf } from './day.ts';

export interface NumbersContext {
  readonly store: Store;
  readonly dayOf: DayOf;
  /** How numbers are read where a project does not say. */
  readonly plan: NumberingPlan;
  /** Numbers of the exchange itself: they can be neither fictitious nor anybody's own. */
  readonly ownNumbers: readonly string[];
}
