import { accounts } from './accounts/accounts.ts';
import { callHistory } from './call-history/call-history.ts';
import { customers } from './customers/customers.ts';
import { dealing } from './dealing/dealing.ts';
import { faxes } from './faxes/faxes.ts';
import type { Feature } from './feature.ts';
import { fieldCalls } from './field-calls/field-calls.ts';
import { client } from './http/whole-client.ts';
import { instruments } from './instruments/instruments.ts';
import { messages } from './messages/messages.ts';
import { missedCalls } from './missed-calls/missed-calls.ts';
import { orders } from './orders/orders.ts';
import { presence } from './presence/presence.ts';
import { recordings } from './recordings/recordings.ts';
import { supervision } from './supervision/supervision.ts';
import { verification } from './verification/verification.ts';
import { virtualNumbers } from './virtual-numbers/virtual-numbers.ts';
import { wallboard } from './wallboard/wallboard.ts';

const FEATURES = {
  accounts,
  callHistory,
  client,
  customers,
  dealing,
  faxes,
  fieldCalls,
  instruments,
  messages,
  missedCalls,
  orders,
  presence,
  recordings,
  supervision,
  verification,
  virtualNumbers,
  wallboard,
};
type FeatureOf<F> = F extends Feature<infer T> ? T : never;

/** The features as properties, until every page asks for them by `use`. */
export type ByName = { readonly [K in keyof typeof FEATURES]: FeatureOf<(typeof FEATURES)[K]> };

export function byName<D extends { use<T>(feature: Feature<T>): T }>(desk: D): D & ByName {
  for (const [name, feature] of Object.entries<Feature<unknown>>(FEATURES))
    Object.defineProperty(desk, name, { enumerable: true, get: () => desk.use(feature) });
  return desk as D & ByName;
}
