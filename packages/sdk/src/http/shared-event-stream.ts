import { type Clock, systemClock } from '../clock.ts';
import type { DeskEvent } from '../protocol/event.ts';
import { type Channel, type OpenChannel, openBroadcastChannel } from '../tabs/channel.ts';
import { createWebLocks, type Lease, type Locks } from '../tabs/locks.ts';
import type { ConnectionState, EventStream, EventStreamOptions } from './event-stream.ts';
import { isHelloMessage, isLeaderMessage, type LeaderMessage } from './leader-message.ts';

export interface SharedEventStreamOptions extends Omit<EventStreamOptions, 'after' | 'onPosition' | 'onBytes'> {
  /** Tabs of different accounts never share. */
  readonly accountId: string;
  /** Makes the one connection; given, so that its code is not loaded a second time with this chunk. */
  readonly connect: (options: EventStreamOptions) => EventStream;
  readonly locks?: Locks;
  readonly openChannel?: OpenChannel;
}

/** A leader answers a greeting at once; one that does not is frozen, or there is none yet. */
const HELLO_MS = 2_000;
/** Comments keep a connection alive; passing on one in so many milliseconds is enough to say that the leader lives. */
const BEAT_MS = 5_000;

/**
 * One connection for all tabs of a browser: over HTTP/1.1 it allows six to one origin, and six streams would stop every
 * other request. The tab that holds the lock is the leader: it has the connection and passes on what comes. Each tab
 * knows its own position, so that whoever leads next goes on from there, and what a tab has already is not given twice.
 */
export function createSharedEventStream(options: SharedEventStreamOptions): EventStream {
  return new SharedEventStream(options);
}

class SharedEventStream implements EventStream {
  readonly #options: SharedEventStreamOptions;
  readonly #clock: Clock;
  readonly #silenceMs: number;
  #life: AbortController | undefined;
  #channel: Channel | undefined;
  /** Held by the leader. */
  #lease: Lease | undefined;
  /** The connection of this tab: the leader's, or one for the time being while the leader is not heard. */
  #own: EventStream | undefined;
  #state: ConnectionState = 'idle';
  /** Everything up to here was delivered to this page, or was not for it. */
  #position: number | undefined;
  #postedAt = 0;
  #patience: () => void = () => {};

  constructor(options: SharedEventStreamOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#silenceMs = options.silenceMs ?? 40_000;
  }

  start(): void {
    if (this.#life) return;
    const life = new AbortController();
    this.#life = life;
    const { url, accountId, locks = createWebLocks(), openChannel = openBroadcastChannel } = this.#options;
    // The number is the version of the messages: tabs with another release of this code keep to themselves.
    const name = `callweave.events.1:${new URL(url, globalThis.location?.href).href}:${accountId}`;
    this.#show('connecting');
    const channel = openChannel(name);
    this.#channel = channel;
    channel.subscribe((message) => {
      if (this.#life === life) this.#hear(message);
    });
    channel.post({ type: 'hello' });
    this.#waitFor(HELLO_MS);
    const alone: Lease = { stolen: new Promise(() => {}), release: () => {} };
    locks.acquire(name, { signal: life.signal }).then(
      (lease) => (this.#life === life ? this.#lead(lease) : lease.release()),
      // Refused, as in a sandboxed frame: this page keeps a connection of its own.
      () => this.#life === life && this.#lead(alone),
    );
  }

  stop(): void {
    this.#leave();
    this.#show('idle');
  }

  #leave(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#patience();
    // Before the lock, so that the next leader's connection is never one too many.
    this.#disconnect();
    this.#lease?.release();
    this.#lease = undefined;
    this.#channel?.close();
    this.#channel = undefined;
  }

  #lead(lease: Lease): void {
    this.#lease = lease;
    this.#patience();
    if (this.#own) this.#tell();
    else this.#connect();
  }

  /** Opens a connection of this tab's own when nothing is heard from the leader for so long. */
  #waitFor(ms: number): void {
    this.#patience();
    this.#patience = this.#clock.after(ms, () => this.#connect());
  }

  #connect(): void {
    if (this.#own) return;
    const isOwn = () => this.#own === own;
    const own = this.#options.connect({
      ...this.#options,
      ...(this.#position === undefined ? {} : { after: String(this.#position) }),
      onState: (state) => isOwn() && this.#handleState(state),
      onEvent: (event) => isOwn() && this.#advance(event.seq, event),
      onPosition: (id) => isOwn() && this.#advance(Number(id)),
      onBytes: () => isOwn() && this.#beat(),
    });
    this.#own = own;
    own.start();
  }

  #disconnect(): void {
    const own = this.#own;
    // First forgotten, then stopped: what it still says is not for this page any more.
    this.#own = undefined;
    own?.stop();
  }

  #handleState(state: ConnectionState): void {
    // Not passed on: the next tab asks for itself, with its own sign-in.
    if (state === 'signed-out') this.#leave();
    this.#show(state);
    this.#tell();
  }

  #advance(to: number, event?: DeskEvent): void {
    if (!Number.isSafeInteger(to)) return;
    const after = this.#position ?? (event ? to - 1 : to);
    if (!this.#take(to, event)) return;
    this.#post({ type: 'leader', state: this.#state, after, position: to, ...(event ? { event } : {}) });
  }

  #beat(): void {
    if (this.#clock.now() - this.#postedAt >= BEAT_MS) this.#tell();
  }

  #tell(): void {
    this.#post({ type: 'leader', state: this.#state, after: this.#position, position: this.#position });
  }

  #post(message: LeaderMessage): void {
    if (!this.#lease) return;
    this.#postedAt = this.#clock.now();
    this.#channel?.post(message);
  }

  #hear(message: unknown): void {
    if (this.#lease) {
      if (isHelloMessage(message)) this.#tell();
      return;
    }
    if (!isLeaderMessage(message)) return;
    this.#waitFor(this.#silenceMs);
    const missed = this.#position !== undefined && message.after !== undefined && message.after > this.#position;
    if (this.#own) {
      if (missed || message.state !== 'online' || message.position === undefined) return;
      this.#disconnect();
    } else if (missed) return this.#connect();
    this.#follow(message);
  }

  #follow({ state, after, position, event }: LeaderMessage): void {
    // The page loads its state once it is online, and everything after that must reach it: so not before a position is known.
    this.#position ??= after;
    this.#show(state === 'online' && position === undefined ? 'connecting' : state);
    if (position !== undefined && this.#life) this.#take(position, event);
  }

  /** Moves on to `to`, delivering the event there; false when this page was there already. */
  #take(to: number, event: DeskEvent | undefined): boolean {
    // A reset may lead back: the adapter's log was restored from a copy.
    if (event?.type !== 'reset' && this.#position !== undefined && to <= this.#position) return false;
    this.#position = to;
    if (event) this.#options.onEvent(event);
    return true;
  }

  #show(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
