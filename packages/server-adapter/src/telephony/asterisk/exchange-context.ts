import { ExchangeError, type ExchangeEvent, type LegId } from '../exchange.ts';
import type { AriClient } from './ari-client.ts';
import type { Leg } from './legs.ts';

/** What the parts of the driver share: one connection, one set of legs, one way out for events. */
export interface ExchangeContext {
  readonly ari: AriClient;
  readonly application: string;
  readonly legs: Map<LegId, Leg>;
  emit(event: ExchangeEvent): void;
  /** Something went wrong that no command reports. */
  problem(message: string): void;
}

export function legIn(context: ExchangeContext, id: LegId): Leg {
  const leg = context.legs.get(id);
  if (leg === undefined)
    throw new ExchangeError('unknown-leg', `There is no leg "${id}": it has ended, or never existed.`);
  return leg;
}

/** Statuses that a command on a channel gets when the channel ended under it. */
export const legGone = { 404: 'unknown-leg', 409: 'unknown-leg', 412: 'unknown-leg' } as const;
