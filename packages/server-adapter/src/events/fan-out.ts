import type { Account } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Caller } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { type EncodedEvent, encodeHeartbeat, encodeOpening, encodeReset } from './encode.ts';
import { EventLog } from './event-log.ts';

/** Where the bytes of one page go: a socket, or a stream's controller. */
export interface EventSink {
  write(bytes: Uint8Array): void;
  /** Bytes that the other side has not taken yet. */
  pending(): number;
  end(): void;
}

export interface Follower {
  readonly caller: Caller;
  /** Last id that the page has; undefined: from now on. */
  readonly after: number | undefined;
  /** Asked from time to time: does this sign-in still hold? */
  stillAllowed(): Promise<boolean>;
}

interface Connection {
  readonly sink: EventSink;
  readonly follower: Follower;
  readonly keys: readonly string[];
  /** Everything up to here was sent, or was not for this page. */
  position: number;
  open: boolean;
}

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 1_000;
/** A page that takes nothing for this much is cut; it comes back by its last id when it can. */
const MAX_PENDING = 1_048_576;
/** Asking for more than this at once is slower than loading everything anew. */
const MAX_BACKLOG = 5_000;
const PER_ACCOUNT = 100;
/** So many sockets are written to before other work gets a turn: a few milliseconds on a slow machine. */
const CHUNK = 200;

/** Addresses each event to the pages that may see it, and writes the same bytes to all of them. */
export class FanOut {
  readonly #clock: Clock;
  readonly #heartbeatMs: number;
  readonly #log: EventLog;
  readonly #byKey = new Map<string, Set<Connection>>();
  #queue: EncodedEvent[] = [];
  #sending: Promise<void> | undefined;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store, clock: Clock, heartbeatMs = HEARTBEAT_MS) {
    this.#clock = clock;
    this.#heartbeatMs = heartbeatMs;
    this.#log = new EventLog(store, clock, (event) => this.#enqueue(event));
  }

  async start(): Promise<void> {
    await this.#log.start();
    this.#sent = this.#log.last;
    this.#timer = setInterval(() => void this.#heartbeat(), this.#heartbeatMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#log.stop();
    await this.#sending;
    for (const connection of this.#connections()) this.#cut(connection);
  }

  prune(days: number): Promise<void> {
    return this.#log.prune(days);
  }

  get size(): number {
    return this.#connections().size;
  }

  /** Refuses before anything is sent. */
  admit(caller: Caller): void {
    if (this.#timer === undefined)
      throw new Problem('unavailable', 'The adapter is not started: call `adapter.start()`.', { retryAfterSeconds: 5 });
    if ((this.#byKey.get(`account:${caller.accountId}`)?.size ?? 0) >= PER_ACCOUNT) {
      throw new Problem('too-many-requests', `This account has ${PER_ACCOUNT} event streams open already.`, {
        retryAfterSeconds: 30,
      });
    }
  }

  /** Sends what the page missed, then everything new, until `stop` is called or the page is cut. */
  follow(follower: Follower, sink: EventSink): { stop(): void } {
    const { caller } = follower;
    const keys = [
      `account:${caller.accountId}`,
      ...caller.roles.map((role) => `role:${role}`),
      ...(caller.customerId === undefined ? [] : [`customer:${caller.customerId}`]),
    ];
    const connection: Connection = { sink, follower, keys, position: follower.after ?? this.#log.last, open: true };
    sink.write(encodeOpening(connection.position, RETRY_MS));
    this.#catchUp(connection).catch(() => this.#cut(connection));
    return { stop: () => this.#leave(connection) };
  }

  async #catchUp(connection: Connection): Promise<void> {
    if (connection.position > this.#log.last || this.#log.last - connection.position > MAX_BACKLOG)
      this.#reset(connection);
    let recent = this.#log.recentAfter(connection.position);
    if (recent === undefined && connection.position + 1 < (await this.#log.oldest())) this.#reset(connection);
    while (connection.open) {
      recent = this.#log.recentAfter(connection.position);
      if (recent !== undefined) {
        for (const event of recent) this.#send(connection, event);
        // No turn of the event loop lies between the last of these and joining: nothing is missed, nothing sent twice.
        return this.#join(connection);
      }
      for (const event of await this.#log.readAfter(connection.position)) this.#send(connection, event);
    }
  }

  #reset(connection: Connection): void {
    connection.position = this.#log.last;
    if (connection.open) connection.sink.write(encodeReset(connection.position, this.#clock.now()));
  }

  #join(connection: Connection): void {
    if (!connection.open) return;
    for (const key of connection.keys) {
      const group = this.#byKey.get(key) ?? new Set();
      group.add(connection);
      this.#byKey.set(key, group);
    }
  }

  #leave(connection: Connection): void {
    connection.open = false;
    for (const key of connection.keys) {
      const group = this.#byKey.get(key);
      group?.delete(connection);
      if (group?.size === 0) this.#byKey.delete(key);
    }
  }

  #cut(connection: Connection): void {
    this.#leave(connection);
    connection.sink.end();
  }

  /** Sends one event if it is for this page and was not sent before. */
  #send(connection: Connection, event: EncodedEvent): void {
    if (event.seq <= connection.position || !connection.open) return;
    connection.position = event.seq;
    if (event.audience.some((key) => connection.keys.includes(key))) {
      connection.sink.write(event.bytes);
      if (connection.sink.pending() > MAX_PENDING) this.#cut(connection);
    }
    if (event.type === 'account') this.#recheck(connection, event);
  }

  /** A page lives on with the roles it was opened with; when they change it has to come back and be looked at again. */
  #recheck(connection: Connection, event: EncodedEvent): void {
    const account = JSON.parse(event.data) as Account;
    const { caller } = connection.follower;
    if (account.id !== caller.accountId) return;
    const same =
      account.roles.length === caller.roles.length && account.roles.every((role) => caller.roles.includes(role));
    if (!account.active || !same) this.#cut(connection);
  }

  #enqueue(event: EncodedEvent): void {
    this.#queue.push(event);
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined;
    });
  }

  async #drain(): Promise<void> {
    for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
      const targets = new Set<Connection>();
      for (const key of event.audience) for (const connection of this.#byKey.get(key) ?? []) targets.add(connection);
      await inChunks(targets, (connection) => this.#send(connection, event));
      this.#sent = event.seq;
    }
  }

  async #heartbeat(): Promise<void> {
    const upTo = this.#sent;
    const alive = encodeHeartbeat(upTo);
    await inChunks(this.#connections(), (connection) => {
      if (!connection.open) return;
      // A page further on than the slowest broadcast must not be set back.
      connection.sink.write(connection.position <= upTo ? alive : encodeHeartbeat(connection.position));
      connection.position = Math.max(connection.position, upTo);
      if (connection.sink.pending() > MAX_PENDING) return this.#cut(connection);
      connection.follower.stillAllowed().then(
        (allowed) => {
          if (!allowed) this.#cut(connection);
        },
        // The store is away: who is signed in is asked again at the next beat.
        () => {},
      );
    });
  }

  #connections(): Set<Connection> {
    const all = new Set<Connection>();
    for (const group of this.#byKey.values()) for (const connection of group) all.add(connection);
    return all;
  }
}

async function inChunks<T>(items: ReadonlySet<T>, visit: (item: T) => void): Promise<void> {
  let count = 0;
  for (const item of [...items]) {
    visit(item);
    count += 1;
    if (count % CHUNK === 0) await new Promise<void>((next) => setImmediate(next));
  }
}
