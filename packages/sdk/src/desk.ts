import { type Calls, createCalls } from './calls/calls.ts';
import { answerOwn, answerWhatRings } from './desk-phone/answer-own.ts';
import { createDeskPhone, type DeskPhone, type DeskPhoneOptions } from './desk-phone/desk-phone.ts';
import { createEventHub, type Events } from './events/events.ts';
import type { Feature, FeatureContext, Kept } from './feature.ts';
import { type ClientOptions, createClientFor } from './http/client.ts';
import type { ConnectionState, EventStreamOptions } from './http/event-stream.ts';
import { openEventStream } from './http/open-event-stream.ts';
import { accountsRoutes } from './http/routes/accounts.ts';
import { callsRoutes } from './http/routes/calls.ts';
import { sessionRoutes } from './http/routes/session.ts';
import { createSession, type Session } from './session/session.ts';
import { type Readable, Value } from './state/readable.ts';

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

/** One desk: the connection to an adapter, who is signed in, their calls and their phone; and what a page uses besides. */
export interface Desk {
  readonly connection: Readable<ConnectionState>;
  readonly session: Session;
  readonly events: Events;
  readonly calls: Calls;
  readonly phone: DeskPhone;
  /** A feature of this desk, made when it is first asked for: `desk.use(faxes).follow()`. */
  use<T>(feature: Feature<T>): T;
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
  const clientFor = createClientFor(options);
  const client = clientFor({ session: sessionRoutes, accounts: accountsRoutes, calls: callsRoutes });
  const url = options.url.replace(/\/$/, '');
  const connection = new Value<ConnectionState>('idle');
  const session = createSession(client);
  const account = () => {
    const state = session.state.get();
    // Before a password is set the adapter answers nothing else: it is as if nobody had signed in.
    return state.status === 'signed-in' && state.session.mustSetPassword !== true ? state.session.account : undefined;
  };
  const hub = createEventHub();
  const calls = createCalls({
    client,
    accountId: () => account()?.id,
    onDialled: (callId) => answerOwn(phone, callId),
  });
  const phone = createDeskPhone({ client, calls, url: options.url, ...options.phoneOptions });

  if (options.autoAnswer === true) answerWhatRings(calls.ringing, phone);

  hub.on('call', ({ data }) => calls.handleCall(data));
  const kept: Kept[] = [
    {
      reload() {
        if (account()?.roles.some((role) => role === 'agent' || role === 'supervisor' || role === 'manager'))
          void calls.load();
      },
      reset: calls.reset,
    },
  ];
  const reload = () => {
    for (const each of kept) each.reload();
  };
  hub.on('reset', reload);

  /** Whether events are followed, or have been tried to be: from then on what is shown is loaded. */
  let begun = false;
  const made = new Map<Feature<unknown>, unknown>();
  const use = <T>(feature: Feature<T>): T => {
    if (!made.has(feature)) made.set(feature, feature.create(context));
    return made.get(feature) as T;
  };
  const context: FeatureContext = {
    clientFor,
    url,
    request: options,
    on: hub.on,
    account,
    calls,
    phone,
    keep(late) {
      kept.push(late);
      if (begun) late.reload();
    },
    use,
  };

  let loaded = false;
  const streamOptions: EventStreamOptions = {
    url: `${url}/events`,
    ...(options.headers ? { headers: options.headers } : {}),
    ...(options.fetch ? { fetch: options.fetch } : {}),
    onEvent: (event) => hub.handleEvent(event),
    onState: (state) => {
      connection.set(state);
      // Loaded once the stream is there: what happens between an earlier answer and the stream would be seen by neither.
      if (!loaded && (state === 'online' || state === 'offline')) {
        begun = true;
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
    begun = loaded = false;
    for (const each of kept) each.reset();
    return phone.stop();
  };
  const enter = () => {
    const me = account();
    if (me?.id === entered) return;
    const left = entered === undefined ? Promise.resolve() : leave();
    if (!me) return;
    entered = me.id;
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
    connection,
    session,
    events: hub,
    calls,
    phone,
    use,
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
