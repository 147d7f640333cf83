import { setTimeout as sleep } from 'node:timers/promises';
import { ExchangeError } from '../exchange.ts';
import type { AriAccess, AriClient } from './ari-client.ts';
import { type EventStream, eventSources, openEventStream } from './ari-event-stream.ts';
import { type AriEvent, infoSchema, moduleSchema, parseEvent } from './ari-messages.ts';

/** Earlier releases of the 22 branch carry known security holes in ARI and PJSIP. */
export const oldestVersion = '22.10.1';

export interface ConnectionHandlers {
  event(event: AriEvent): void;
  /** Runs at every (re)connect before any event is handed on. `restarted`: Asterisk is another process than before. */
  resync(restarted: boolean): Promise<void>;
  up(): void;
  down(reason: string): void;
  problem(message: string): void;
}

/** 250 ms, doubling to 5 s, each with full jitter, so that many adapters do not come back in one wave. */
function backoffMs(attempt: number): number {
  return 50 + Math.random() * Math.min(5000, 250 * 2 ** attempt);
}

/** Keeps the event connection: checks what is at the other end, resynchronises, and comes back after a loss. */
export class AriConnection {
  readonly #ari: AriClient;
  readonly #access: AriAccess;
  readonly #application: string;
  readonly #handlers: ConnectionHandlers;
  #stream: EventStream | undefined;
  #stopping = new AbortController();
  #startupTime: string | undefined;
  /** Events that came while resynchronising. */
  #held: AriEvent[] | undefined;
  #isUp = false;
  readonly #recent = new Set<string>();

  constructor(ari: AriClient, access: AriAccess, application: string, handlers: ConnectionHandlers) {
    this.#ari = ari;
    this.#access = access;
    this.#application = application;
    this.#handlers = handlers;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController();
    await this.#connect();
  }

  stop(): void {
    this.#stopping.abort();
    this.#isUp = false;
    this.#stream?.close();
    this.#stream = undefined;
  }

  async #connect(): Promise<void> {
    const { status, system } = await this.#ari.json(infoSchema, ['asterisk', 'info'], { errors: { 404: 'invalid' } });
    checkVersion(system.version);
    await this.#checkPasswordModule();

    const held: AriEvent[] = [];
    this.#held = held;
    let lost: string | undefined;
    const stream = await openEventStream(this.#access, this.#application, {
      onMessage: (text) => this.#receive(text),
      onLost: (reason) => {
        lost = reason;
        this.#lose(stream, reason);
      },
    }).catch((error: unknown) => {
      throw new ExchangeError(
        'exchange-down',
        `The event connection to Asterisk could not be opened: ${String(error)}`,
        { cause: error },
      );
    });
    this.#stream = stream;
    try {
      // First this, then the lists of the resynchronisation: what happens in between is told twice rather than never.
      await this.#ari.request('POST', ['applications', this.#application, 'subscription'], {
        query: { eventSource: eventSources },
      });
      const restarted = this.#startupTime !== undefined && this.#startupTime !== status.startup_time;
      await this.#handlers.resync(restarted);
      if (lost !== undefined) throw new ExchangeError('exchange-down', lost);
    } catch (error) {
      this.#stream = undefined;
      stream.close();
      throw error;
    }
    this.#startupTime = status.startup_time;
    this.#held = undefined;
    this.#isUp = true;
    this.#handlers.up();
    for (const event of held) this.#hand(event);
  }

  /** The one module whose absence nobody notices: without it every password opens every browser phone. */
  async #checkPasswordModule(): Promise<void> {
    const name = 'res_pjsip_authenticator_digest.so';
    const fix = `Load it in modules.conf (load=${name}): without it Asterisk accepts any password.`;
    const { status } = await this.#ari.json(moduleSchema, ['asterisk', 'modules', name]).catch((error: unknown) => {
      if (error instanceof ExchangeError && error.code === 'failed')
        throw new ExchangeError('invalid', `Asterisk runs without ${name}. ${fix}`, { cause: error });
      throw error;
    });
    if (status !== 'Running')
      throw new ExchangeError('invalid', `The module ${name} of Asterisk is "${status}". ${fix}`);
  }

  #receive(text: string): void {
    if (this.#isRepeated(text)) return;
    let event: AriEvent | undefined;
    try {
      event = parseEvent(text);
    } catch (error) {
      this.#handlers.problem(`An event of Asterisk could not be read: ${String(error)}`);
    }
    if (event === undefined) return;
    if (event.type === 'ApplicationReplaced') {
      // Going on would take the application from each other for ever, and both would lose calls.
      this.#handlers.problem(
        `Another adapter took over the Asterisk application "${this.#application}". Give each adapter its own application name, or stop one; this one stays down.`,
      );
      this.stop();
      this.#handlers.down('another adapter took over the application');
      return;
    }
    if (this.#held !== undefined) this.#held.push(event);
    else this.#hand(event);
  }

  /** A channel's event comes by the way of all channels and by that of its phone: the same text, at most moments apart. */
  #isRepeated(text: string): boolean {
    if (this.#recent.has(text)) return true;
    this.#recent.add(text);
    if (this.#recent.size > 500) this.#recent.delete(this.#recent.values().next().value ?? '');
    return false;
  }

  #hand(event: AriEvent): void {
    try {
      this.#handlers.event(event);
    } catch (error) {
      this.#handlers.problem(`${event.type} could not be handled: ${String(error)}`);
    }
  }

  #lose(stream: EventStream, reason: string): void {
    if (this.#stream !== stream || this.#stopping.signal.aborted) return;
    this.#stream = undefined;
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#handlers.down(reason);
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#stopping;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await sleep(backoffMs(attempt), undefined, { signal });
        await this.#connect();
        return;
      } catch (error) {
        if (signal.aborted) return;
        // Expected while it is down; what will not heal by waiting is worth a line.
        if (error instanceof ExchangeError && error.code !== 'exchange-down')
          this.#handlers.problem(`Reconnecting to Asterisk failed: ${error.message}`);
      }
    }
  }
}

export function checkVersion(shown: string): void {
  const [version, ...numbers] = /^(?:certified[/-])?(\d+)\.(\d+)(?:\.(\d+))?/.exec(shown) ?? [];
  const least = oldestVersion.split('.').map(Number);
  const difference =
    numbers.map((number, index) => Number(number ?? 0) - (least[index] ?? 0)).find((each) => each !== 0) ?? 0;
  if (version === undefined || difference < 0) {
    throw new ExchangeError(
      'invalid',
      `Asterisk is ${shown}; Callweave needs ${oldestVersion} or later, which closes known holes in ARI and PJSIP. Upgrade it.`,
    );
  }
}
