import {
  type Announcements,
  announcements,
  articleDrafts,
  articles,
  type Calls,
  CallweaveError,
  type ConnectionState,
  type Desk,
  type DeskPhone,
  dealing,
  devices,
  type Feature,
  faxes,
  fieldCalls,
  imports,
  installations,
  LOADING,
  type Loadable,
  messages,
  missedCalls,
  notifications,
  type OwnNumbers,
  type OwnPresence,
  orders,
  type PhoneState,
  presence,
  recordings,
  type Session,
  type SessionState,
  type SupervisionState,
  supervision,
  Value,
  virtualNumbers,
  wallboard,
} from '@callweave/sdk';
import type { PhoneEvent } from '@callweave/sdk/phone';
import type {
  Announcement,
  Article,
  Call,
  CallbackCase,
  DeskEvent,
  DeskEventType,
  Device,
  DeviceType,
  Escalation,
  Fax,
  FictitiousNumber,
  FieldCall,
  FieldCaller,
  Import,
  Installation,
  Message,
  MissedCall,
  Notification,
  Order,
  Pairing,
  Project,
  Wallboard,
} from '@callweave/sdk/protocol';
import { catalogue, hamid, mina, quietPhone, session } from './fixtures.ts';

/** A command that a widget gave: `phone.answer`, with its arguments. */
export interface GivenCommand {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * A desk without a server, of the same `Value`s as the real one: a test sets what the desk would know, and reads which
 * commands the widget gave.
 */
export interface FakeDesk extends Desk {
  readonly values: {
    readonly connection: Value<ConnectionState>;
    readonly session: Value<SessionState>;
    readonly open: Value<Loadable<readonly Call[]>>;
    readonly current: Value<Call | undefined>;
    readonly ringing: Value<readonly Call[]>;
    readonly phone: Value<PhoneState | undefined>;
    readonly queue: Value<Loadable<readonly Order[]>>;
    readonly presence: Value<Loadable<OwnPresence>>;
    /** What `orders.follow(…)` shows, for every filter. */
    readonly orders: Value<Loadable<readonly Order[]>>;
    readonly supervision: Value<Loadable<SupervisionState>>;
    readonly ownEscalation: Value<Escalation | undefined>;
    /** What `faxes.follow(…)` shows, for every filter. */
    readonly faxes: Value<Loadable<readonly Fax[]>>;
    /** What `devices.follow(…)` shows, for everybody. */
    readonly devices: Value<Loadable<readonly Device[]>>;
    readonly deviceTypes: Value<Loadable<readonly DeviceType[]>>;
    /** What `imports.follow(…)` shows. */
    readonly import: Value<Import | undefined>;
    /** What `installations.own` and `installations.follow(…)` show. */
    readonly installations: Value<Loadable<readonly Installation[]>>;
    readonly missedCalls: Value<Loadable<readonly MissedCall[]>>;
    readonly messages: Value<Loadable<readonly Message[]>>;
    readonly notifications: Value<Loadable<readonly Notification[]>>;
    readonly announcements: Value<Loadable<readonly Announcement[]>>;
    /** Counted up, articles are asked for anew. */
    readonly articleChanges: Value<number>;
    readonly articleDrafts: Value<Loadable<readonly Article[]>>;
    readonly wallboard: Value<Loadable<Wallboard>>;
    readonly ownNumbers: Value<Loadable<OwnNumbers>>;
    readonly fieldCalls: Value<Loadable<readonly FieldCall[]>>;
    readonly callbacks: Value<Loadable<readonly CallbackCase[]>>;
    readonly projects: Value<Loadable<readonly Project[]>>;
    readonly numbers: Value<Loadable<readonly FictitiousNumber[]>>;
    readonly fieldCallers: Value<Loadable<readonly FieldCaller[]>>;
    readonly pairings: Value<Loadable<readonly Pairing[]>>;
  };
  readonly commands: GivenCommand[];
  /** Arguments of every call of one command. */
  given(name: string): (readonly unknown[])[];
  /** What a command does instead of resolving with undefined. */
  answer(name: string, reply: (...args: never[]) => unknown): void;
  /** Lets a command fail with a coded error. */
  fail(name: string, code: CallweaveError['code'], details?: ConstructorParameters<typeof CallweaveError>[2]): void;
  /** Sends an event as the server would. */
  emit(event: DeskEvent): void;
  /** Sends an event of the browser phone. */
  emitPhone(event: PhoneEvent): void;
}

/** A page with a few lines on it; the number after it makes each page another address. */
const FAX_PAGE =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='1728' height='2292'><rect width='1728' height='2292' fill='white'/><path d='M150 300h1300M150 420h1100M150 540h1250' stroke='black' stroke-width='24'/></svg>#";

export function createFakeDesk(): FakeDesk {
  const values: FakeDesk['values'] = {
    connection: new Value<ConnectionState>('online'),
    session: new Value<SessionState>({ status: 'signed-in', session: session(mina) }),
    open: new Value<Loadable<readonly Call[]>>({ status: 'ready', value: [] }),
    current: new Value<Call | undefined>(undefined),
    ringing: new Value<readonly Call[]>([]),
    phone: new Value<PhoneState | undefined>(quietPhone),
    queue: new Value<Loadable<readonly Order[]>>(LOADING),
    presence: new Value<Loadable<OwnPresence>>(LOADING),
    orders: new Value<Loadable<readonly Order[]>>({ status: 'ready', value: [] }),
    supervision: new Value<Loadable<SupervisionState>>({
      status: 'ready',
      value: { supervisions: [], escalations: [], rules: { agentSees: true, managersListen: false } },
    }),
    ownEscalation: new Value<Escalation | undefined>(undefined),
    faxes: new Value<Loadable<readonly Fax[]>>({ status: 'ready', value: [] }),
    devices: new Value<Loadable<readonly Device[]>>({ status: 'ready', value: [] }),
    deviceTypes: new Value<Loadable<readonly DeviceType[]>>({ status: 'ready', value: [] }),
    import: new Value<Import | undefined>(undefined),
    installations: new Value<Loadable<readonly Installation[]>>(LOADING),
    missedCalls: new Value<Loadable<readonly MissedCall[]>>(LOADING),
    messages: new Value<Loadable<readonly Message[]>>(LOADING),
    notifications: new Value<Loadable<readonly Notification[]>>(LOADING),
    announcements: new Value<Loadable<readonly Announcement[]>>(LOADING),
    articleChanges: new Value(0),
    articleDrafts: new Value<Loadable<readonly Article[]>>(LOADING),
    wallboard: new Value<Loadable<Wallboard>>(LOADING),
    ownNumbers: new Value<Loadable<OwnNumbers>>(LOADING),
    fieldCalls: new Value<Loadable<readonly FieldCall[]>>({ status: 'ready', value: [] }),
    callbacks: new Value<Loadable<readonly CallbackCase[]>>({ status: 'ready', value: [] }),
    projects: new Value<Loadable<readonly Project[]>>(LOADING),
    numbers: new Value<Loadable<readonly FictitiousNumber[]>>(LOADING),
    fieldCallers: new Value<Loadable<readonly FieldCaller[]>>(LOADING),
    pairings: new Value<Loadable<readonly Pairing[]>>(LOADING),
  };
  const commands: GivenCommand[] = [];
  const replies = new Map<string, (...args: never[]) => unknown>();
  const phoneListeners = new Map<string, Set<(event: never) => void>>();
  const listeners = new Map<DeskEventType, Set<(event: never) => void>>();

  const command =
    (name: string) =>
    async (...args: unknown[]): Promise<never> => {
      commands.push({ name, args });
      return (await replies.get(name)?.(...(args as never[]))) as never;
    };

  /** Something whose every method is a recorded command, except what is given. */
  const recorded = <T extends object>(name: string, given: Partial<T> = {}): T =>
    new Proxy(given, {
      get: (target, method) => {
        // A promise is awaited by asking for `then`: this is none.
        if (typeof method !== 'string' || method === 'then') return undefined;
        return (target as Record<string, unknown>)[method] ?? command(`${name}.${method}`);
      },
    }) as T;

  const features = new Map<string, unknown>();
  const give = <T extends object>({ name }: Feature<T>, given: Partial<T>) =>
    features.set(name, recorded<T>(name, given));

  const onPhone = (type: string, listener: (event: never) => void) => {
    const set = phoneListeners.get(type) ?? new Set();
    phoneListeners.set(type, set.add(listener));
    return () => set.delete(listener);
  };
  const phone = recorded<DeskPhone>('phone', {
    state: values.phone,
    callOf: (callId) => values.phone.get()?.calls.find((call) => call.interactionId === callId),
    // The phone behind the desk's phone: devices, sound, tabs.
    start: (async () => recorded('phone', { on: onPhone } as never)) as unknown as DeskPhone['start'],
  });

  give(orders, { follow: () => ({ state: values.orders, reload: async () => {}, close: () => {} }) });
  give(dealing, { queue: values.queue, open: () => () => {} });
  give(messages, { latest: values.messages, open: () => () => {} });
  give(notifications, { list: values.notifications, open: () => () => {} });
  give(articles, { changes: values.articleChanges });
  give(articleDrafts, { list: values.articleDrafts, open: () => () => {} });
  give<Announcements>(announcements, { list: values.announcements, open: () => () => {} });
  give(missedCalls, { waiting: values.missedCalls, open: () => () => {} });
  give(wallboard, { state: values.wallboard, open: () => () => {} });
  give(recordings, { audioUrl: (id: string) => `data:audio/wav;base64,#${id}` });
  give(faxes, {
    follow: () => ({ state: values.faxes, reload: async () => {}, close: () => {} }),
    pageUrl: (_id: string, page: number) => FAX_PAGE + page,
    pdfUrl: (id: string) => `data:application/pdf,${id}`,
    tiffUrl: (id: string) => `data:image/tiff,${id}`,
  });
  give(devices, {
    follow: () => ({ state: values.devices, reload: () => {}, close: () => {} }),
    types: values.deviceTypes,
    openTypes: () => () => {},
  });
  give(imports, { follow: () => ({ state: values.import as Value<Import>, close: () => {} }) });
  give(installations, {
    own: { state: values.installations, open: () => () => {} },
    follow: () => ({ state: values.installations, reload: async () => {}, close: () => {} }),
    certificateUrl: (id: string) => `data:application/pdf,${id}`,
  });
  give(fieldCalls, {
    numbers: values.ownNumbers,
    calls: values.fieldCalls,
    missed: values.callbacks,
    open: () => () => {},
  });
  give(virtualNumbers, {
    projects: values.projects,
    numbers: values.numbers,
    fieldCallers: values.fieldCallers,
    pairings: values.pairings,
    open: () => () => {},
    exportUrl: 'data:text/csv,project',
  });
  give(supervision, {
    present: values.supervision,
    ownEscalation: values.ownEscalation,
    open: () => () => {},
  });
  give(presence, { own: values.presence });

  const desk: FakeDesk = {
    values,
    commands,
    given: (name) => commands.filter((each) => each.name === name).map(({ args }) => args),
    answer: (name, reply) => void replies.set(name, reply),
    fail: (name, code, details) =>
      void replies.set(name, () => {
        throw new CallweaveError(code, code, details);
      }),
    emit: (event) => {
      for (const listener of [...(listeners.get(event.type) ?? [])]) listener(event as never);
    },
    emitPhone: (event) => {
      for (const listener of [...(phoneListeners.get(event.type) ?? [])]) listener(event as never);
    },
    connection: values.connection,
    session: recorded<Session>('session', { state: values.session }),
    events: {
      on(type, listener) {
        const set = listeners.get(type) ?? new Set();
        listeners.set(type, set.add(listener as (event: never) => void));
        return () => set.delete(listener as (event: never) => void);
      },
    },
    calls: recorded<Calls>('calls', { open: values.open, current: values.current, ringing: values.ringing }),
    phone,
    use: <T>({ name }: Feature<T>) => {
      if (!features.has(name)) features.set(name, recorded(name));
      return features.get(name) as T;
    },
    start: async () => {},
    stop: async () => {},
  };
  replies.set('accounts.list', () => [mina, hamid]);
  replies.set('instruments.find', () => catalogue);
  return desk;
}
