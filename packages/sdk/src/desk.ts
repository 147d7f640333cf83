import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { type CallHistory, createCallHistory } from './call-history/call-history.ts';
import { type Calls, createCalls } from './calls/calls.ts';
import { type Customers, createCustomers } from './customers/customers.ts';
import { createDealing, type Dealing } from './dealing/dealing.ts';
import { answerOwn, answerWhatRings } from './desk-phone/answer-own.ts';
import { createDeskPhone, type DeskPhone, type DeskPhoneOptions } from './desk-phone/desk-phone.ts';
import { createEventHub, type Events } from './events/events.ts';
import { createFaxes, type Faxes } from './faxes/faxes.ts';
import { createFieldCalls, type FieldCalls } from './field-calls/field-calls.ts';
import { type Client, type ClientOptions, createClient } from './http/client.ts';
import type { ConnectionState, EventStreamOptions } from './http/event-stream.ts';
import { openEventStream } from './http/open-event-stream.ts';
import { createInstruments, type Instruments } from './instruments/instruments.ts';
import { createMessages, type Messages } from './messages/messages.ts';
import { createMissedCalls, type MissedCalls } from './missed-calls/missed-calls.ts';
import { createOrders, type Orders } from './orders/orders.ts';
import { createPresences, type Presences } from './presence/presence.ts';
import { createRecordings, type Recordings } from './recordings/recordings.ts';
import { createSession, type Session } from './session/session.ts';
import { type Readable, Value } from './state/readable.ts';
import { createSupervisions, type Supervisions } from './supervision/supervision.ts';
import { createVerifications, type Verifications } from './verification/verification.ts';
import { createVirtualNumbers, type VirtualNumbers } from './virtual-numbers/virtual-numbers.ts';
import { createWallboard, type WallboardFeature } from './wallboard/wallboard.ts';

export interface DeskOptions extends ClientOptions {
  /**
   * `auto`: the browser phone starts for an agent whose calls reach them in the browser. `off`: never; the page only
   * follows.
   * @default 'auto'
   */
  readonly phone?: 'auto' | 'off';
  /**
   * `shared`: all tabs of a browser follow events over one connection, where it can. `own`: this page has its own.
   * @default 'shared', and 'own' where `fetch` is given
   */
  readonly eventStream?: 'shared' | 'own';
  /**
   * Whether the browser phone answers by itself what the adapter says rings at this agent. A microphone that opens
   * unasked is the house's decision: agents must know.
   * @default false
   */
  readonly autoAnswer?: boolean;
  /** Options of the phone itself: devices, policies, ringtone. */
  readonly phoneOptions?: Partial<Omit<DeskPhoneOptions, 'client' | 'calls' | 'url'>>;
}

/** One desk: the connection to an adapter, and everything that can be done over it. */
export interface Desk {
  /** The typed client below the features, for what they do not cover. */
  readonly client: Client;
  readonly connection: Readable<ConnectionState>;
  readonly session: Session;
  readonly events: Events;
  readonly calls: Calls;
  readonly customers: Customers;
  readonly verification: Verifications;
  readonly instruments: Instruments;
  readonly orders: Orders;
  readonly dealing: Dealing;
  readonly recordings: Recordings;
  readonly callHistory: CallHistory;
  readonly wallboard: WallboardFeature;
  readonly faxes: Faxes;
  readonly messages: Messages;
  readonly missedCalls: MissedCalls;
  readonly accounts: Accounts;
  readonly presence: Presences;
  readonly fieldCalls: FieldCalls;
  readonly virtualNumbers: VirtualNumbers;
  readonly supervision: Supervisions;
  readonly phone: DeskPhone;
  /** Finds out who is signed in, follows events, starts the phone. Never throws: the states tell. */
  start(): Promise<void>;
  /** Ends everything; the desk can be started again. */
  stop(): Promise<void>;
}

/**
 * The one door of the SDK.
 *
 * @example
 * ```ts
 * const desk = createDesk({ url: '/callweave' });
 * desk.calls.ringing.subscribe((calls) => console.log('ringing', calls.length));
 * await desk.start();
 * ```
 */
export function createDesk(options: DeskOptions): Desk {
  const client = createClient(options);
  const connection = new Value<ConnectionState>('idle');
  const session = createSession(client);
  const account = () => {
    const state = session.state.get();
    return state.status === 'signed-in' ? state.session.account : undefined;
  };
  const hub = createEventHub();
  const calls = createCalls({
    client,
    accountId: () => account()?.id,
    onDialled: (callId) => answerOwn(phone, callId),
  });
  const orders = createOrders(client);
  const dealing = createDealing(client);
  const presence = createPresences(client);
  const messages = createMessages(client);
  const missedCalls = createMissedCalls(client, (input) => calls.dial(input));
  const wallboard = createWallboard(client);
  const faxes = createFaxes(client, options.url);
  const virtualNumbers = createVirtualNumbers(client, options.url);
  const phone = createDeskPhone({ client, calls, url: options.url, ...options.phoneOptions });
  const fieldCalls = createFieldCalls(client, (callId) => answerOwn(phone, callId));

  const supervision = createSupervisions({ client, calls, phone, accountId: () => account()?.id });

  if (options.autoAnswer === true) answerWhatRings(calls.ringing, phone);

  hub.on('supervision', ({ data }) => supervision.handleSupervision(data));
  hub.on('escalation', ({ data }) => supervision.handleEscalation(data));
  hub.on('call', ({ data }) => calls.handleCall(data));
  hub.on('order', ({ data }) => {
    orders.handleOrder(data);
    dealing.handleOrder(data);
  });
  hub.on('order-removed', ({ data }) => orders.handleRemoved(data.id));
  hub.on('wallboard-changed', () => wallboard.reload());
  hub.on('fax', ({ data }) => faxes.handleFax(data));
  hub.on('message', ({ data }) => messages.handleMessage(data));
  hub.on('missed-call', ({ data }) => missedCalls.handleMissedCall(data));
  hub.on('presence', ({ data }) => presence.handlePresence(data, account()?.id));
  hub.on('field-call', ({ data }) => fieldCalls.handleCall(data));
  hub.on('callback-case', ({ data }) => fieldCalls.handleCase(data));
  hub.on('pairings-changed', () => {
    fieldCalls.handleNumbersChanged();
    virtualNumbers.reload();
  });
  const reload = () => {
    void presence.load(account()?.roles.some((role) => role === 'agent' || role === 'supervisor') ?? false);
    if (account()?.roles.some((role) => role === 'agent' || role === 'supervisor' || role === 'manager'))
      void calls.load();
    orders.reload();
    dealing.reload();
    messages.reload();
    supervision.reload();
    faxes.reload();
    wallboard.reload();
    missedCalls.reload();
    fieldCalls.reload();
    virtualNumbers.reload();
  };
  hub.on('reset', reload);

  let loaded = false;
  const streamOptions: EventStreamOptions = {
    url: `${options.url.replace(/\/$/, '')}/events`,
    ...(options.headers ? { headers: options.headers } : {}),
    ...(options.fetch ? { fetch: options.fetch } : {}),
    onEvent: (event) => hub.handleEvent(event),
    onState: (state) => {
      connection.set(state);
      // Loaded once the stream is there: what happens between an earlier answer and the stream would be seen by neither.
      if (!loaded && (state === 'online' || state === 'offline')) {
        loaded = state === 'online';
        reload();
      }
      if (state === 'signed-out') session.handleSignedOut();
    },
  };
  const shared = (options.eventStream ?? (options.fetch ? 'own' : 'shared')) === 'shared';
  let closeStream: (() => void) | undefined;

  /** Id of the account that events are followed for. */
  let entered: string | undefined;
  const leave = () => {
    entered = undefined;
    closeStream?.();
    closeStream = undefined;
    return phone.stop();
  };
  const enter = () => {
    const me = account();
    if (me?.id === entered) return;
    const left = entered === undefined ? Promise.resolve() : leave();
    if (!me) return;
    entered = me.id;
    loaded = false;
    closeStream = openEventStream(streamOptions, me.id, shared);
    const phoneWanted =
      options.phone !== 'off' &&
      me.device.kind === 'browser' &&
      me.roles.some((role) => role === 'agent' || role === 'supervisor' || role === 'field-caller');
    // Its failure is in the phone's own state; the desk works without it.
    if (phoneWanted) void left.then(() => (entered === me.id ? phone.start() : undefined)).catch(() => undefined);
  };
  let unwatch: (() => void) | undefined;

  return {
    client,
    connection,
    session,
    events: hub,
    calls,
    customers: createCustomers(client),
    verification: createVerifications(client),
    instruments: createInstruments(client),
    orders,
    dealing,
    fieldCalls,
    virtualNumbers,
    recordings: createRecordings(client, options.url),
    callHistory: createCallHistory({ ...options, client }),
    wallboard,
    faxes,
    messages,
    missedCalls,
    accounts: createAccounts(client),
    presence,
    supervision,
    phone,
    async start() {
      unwatch ??= session.state.subscribe(enter);
      await session.load();
      enter();
    },
    async stop() {
      unwatch?.();
      unwatch = undefined;
      await leave();
    },
  };
}
