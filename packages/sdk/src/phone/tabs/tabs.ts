import { isPhoneError, PhoneError } from '../../errors/phone-error.ts';
import type { Channel, OpenChannel } from '../../tabs/channel.ts';
import type { Lease, Locks } from '../../tabs/locks.ts';
import type { CommandOptions } from '../deadline.ts';
import type { PhoneEvent } from '../events.ts';
import { newId } from '../new-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { PhoneState } from '../state.ts';
import { isTabMessage, type TabMessage } from './messages.ts';
import { RemoteCommands } from './remote-commands.ts';

export interface TabsOptions {
  readonly address: string;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly store: Store;
  readonly openChannel: OpenChannel;
}

export interface TabsHooks {
  becomeOwner(): void;
  loseOwnership(): void;
  /** Another tab owns the phone, and this is what it shows. */
  follow(snapshot: PhoneState): void;
  event(event: PhoneEvent): void;
  /** Carries out a follower's command in the owner. */
  execute(name: string, args: readonly unknown[], options: CommandOptions): Promise<unknown>;
  snapshot(): PhoneState;
}

/**
 * One phone over many tabs: whoever holds the lock owns it, the others show the owner's snapshots and steer it. Each
 * ownership has a higher epoch, kept in the store, so that what a tab says that was asleep while it lost the phone is
 * recognised as old.
 */
export class Tabs {
  readonly #self = newId();
  readonly #options: TabsOptions;
  readonly #hooks: TabsHooks;
  readonly #channel: Channel;
  readonly #remote: RemoteCommands;
  readonly #running = new Map<string, AbortController>();
  readonly #left = new AbortController();
  #waiting = new AbortController();
  #lease: Lease | null = null;
  #epoch = 0;
  #rev = 0;
  #seen = { epoch: 0, rev: 0 };
  #followed: PhoneState | null = null;

  constructor(options: TabsOptions, hooks: TabsHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#channel = options.openChannel(`callweave.phone:${options.address}`);
    this.#remote = new RemoteCommands(options.clock, this.#self, (message) => this.#channel.post(message));
    this.#channel.subscribe((message) => {
      if (isTabMessage(message)) this.#handle(message);
    });
  }

  get isOwner(): boolean {
    return this.#lease !== null;
  }

  join(): void {
    this.#channel.post({ type: 'hello', from: this.#self } satisfies TabMessage);
    this.#queue();
  }

  /** Hands over: the next tab in the queue of the lock becomes the owner. */
  leave(): void {
    this.#left.abort();
    this.#waiting.abort();
    this.#lease?.release();
    this.#lease = null;
    this.#remote.failAll();
    this.#channel.close();
  }

  async takeOver(force: boolean): Promise<void> {
    if (this.isOwner) return;
    if (!force && (this.#followed?.calls.length ?? 0) > 0) {
      throw new PhoneError(
        'take-over-refused',
        'The other tab is in a call; taking over would interrupt it. Wait for its end, or force it.',
      );
    }
    this.#waiting.abort();
    this.#waiting = new AbortController();
    const lease = await this.#options.locks.acquire(this.#lockName, { signal: this.#waiting.signal, steal: true });
    this.#own(lease);
  }

  command(name: string, args: readonly unknown[], options: CommandOptions): Promise<unknown> {
    return this.#remote.send(name, args, options);
  }

  publish(snapshot: PhoneState): void {
    if (!this.isOwner) return;
    this.#rev += 1;
    this.#channel.post({
      type: 'snapshot',
      from: this.#self,
      epoch: this.#epoch,
      rev: this.#rev,
      snapshot,
    } satisfies TabMessage);
  }

  publishEvent(event: PhoneEvent): void {
    if (this.isOwner)
      this.#channel.post({ type: 'event', from: this.#self, epoch: this.#epoch, event } satisfies TabMessage);
  }

  get #lockName(): string {
    return `callweave.phone:${this.#options.address}`;
  }

  get #epochKey(): string {
    return `callweave.phone.epoch:${this.#options.address}`;
  }

  #queue(): void {
    this.#options.locks.acquire(this.#lockName, { signal: this.#waiting.signal }).then(
      (lease) => (this.#left.signal.aborted ? lease.release() : this.#own(lease)),
      () => {},
    );
  }

  #own(lease: Lease): void {
    this.#lease = lease;
    this.#epoch = Math.max(Number(this.#options.store.get(this.#epochKey)) || 0, this.#seen.epoch) + 1;
    this.#options.store.set(this.#epochKey, String(this.#epoch));
    this.#seen = { epoch: this.#epoch, rev: 0 };
    this.#rev = 0;
    this.#followed = null;
    this.#remote.failAll();
    void lease.stolen.then(() => this.#lose(lease));
    this.#hooks.becomeOwner();
    this.publish(this.#hooks.snapshot());
  }

  #lose(lease: Lease): void {
    if (this.#lease !== lease) return;
    this.#lease = null;
    for (const controller of this.#running.values()) controller.abort();
    lease.release();
    this.#hooks.loseOwnership();
    if (!this.#left.signal.aborted) this.#queue();
  }

  #handle(message: TabMessage): void {
    switch (message.type) {
      case 'hello':
        return this.publish(this.#hooks.snapshot());
      case 'snapshot': {
        if (this.#isOld(message.epoch)) return;
        if (message.epoch === this.#seen.epoch && message.rev <= this.#seen.rev) return;
        if (message.epoch > this.#seen.epoch) this.#remote.failAll();
        this.#seen = { epoch: message.epoch, rev: message.rev };
        // Someone else owns the phone by a later right, even if nobody told us that the lock was taken.
        if (this.#lease) this.#lose(this.#lease);
        this.#followed = message.snapshot;
        return this.#hooks.follow(message.snapshot);
      }
      case 'event':
        if (!this.isOwner && !this.#isOld(message.epoch)) this.#hooks.event(message.event);
        return;
      case 'command':
        if (this.isOwner) void this.#execute(message);
        return;
      case 'cancel':
        return this.#running.get(message.id)?.abort();
      default:
        return this.#remote.handle(message);
    }
  }

  #isOld(epoch: number): boolean {
    return epoch < this.#seen.epoch || (this.isOwner && epoch <= this.#epoch);
  }

  async #execute(message: Extract<TabMessage, { type: 'command' }>): Promise<void> {
    const { id } = message;
    const controller = new AbortController();
    this.#running.set(id, controller);
    this.#channel.post({ type: 'accepted', from: this.#self, id } satisfies TabMessage);
    try {
      const deadline = message.deadlineMs === null ? {} : { deadlineMs: message.deadlineMs };
      const value = await this.#hooks.execute(message.name, message.args, { signal: controller.signal, ...deadline });
      this.#answer({ type: 'result', from: this.#self, id, value });
    } catch (cause) {
      const error = isPhoneError(cause)
        ? cause
        : new PhoneError('engine-failed', 'The command failed in the tab that owns the phone.', { cause });
      this.#answer({ type: 'failure', from: this.#self, id, error: error.toInfo() });
    } finally {
      this.#running.delete(id);
    }
  }

  #answer(message: TabMessage): void {
    // After leave() the channel is closed, and nobody waits.
    if (!this.#left.signal.aborted) this.#channel.post(message);
  }
}
