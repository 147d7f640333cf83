import type { Calls } from './calls/calls.ts';
import type { DeskPhone } from './desk-phone/desk-phone.ts';
import type { Events } from './events/events.ts';
import type { ClientFor, ClientOptions } from './http/client.ts';
import type { SessionView } from './protocol/account.ts';

/**
 * Something that can be done at a desk: `desk.use(faxes)`. A page carries the features that it names, and no other;
 * that is why a desk has no property for each.
 *
 * @example
 * ```ts
 * const shift: Feature<{ wasRung(): number }> = {
 *   name: 'shift',
 *   create({ on }) {
 *     let rung = 0;
 *     on('call', ({ data }) => (rung += data.state === 'ringing' ? 1 : 0));
 *     return { wasRung: () => rung };
 *   },
 * };
 * desk.use(shift).wasRung();
 * ```
 */
export interface Feature<T> {
  /** How it is called in what people and tests read. */
  readonly name: string;
  /** Called once per desk, when the feature is first used. */
  create(context: FeatureContext): T;
}

/** What a feature is made on. */
export interface FeatureContext {
  /** The client for the endpoints that the feature uses: `clientFor({ faxes: faxesRoutes }).faxes.list()`. */
  readonly clientFor: ClientFor;
  /** Where the adapter is, without a slash at the end: for addresses that the browser itself asks for. */
  readonly url: string;
  /** How the host wants requests to be made; for those that no endpoint of the client makes. */
  readonly request: Pick<ClientOptions, 'headers' | 'fetch'>;
  readonly on: Events['on'];
  /** Who is signed in. */
  account(): SessionView['account'] | undefined;
  readonly calls: Calls;
  readonly phone: DeskPhone;
  /** Keeps what the feature has loaded true to the desk's life; also when the feature is first used in the middle of it. */
  keep(kept: Kept): void;
  /** Another feature of the same desk. */
  use<T>(feature: Feature<T>): T;
}

/** What a feature has loaded and shows. */
export interface Kept {
  /** Events are followed from now on, or some were missed: what is shown is loaded anew. */
  reload(): void;
  /** The account has gone: nothing of what it saw may stay. */
  reset(): void;
}
