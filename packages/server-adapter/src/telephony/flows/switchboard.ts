import { normalizeNumber } from '@callweave/sdk/protocol';
import type { Exchange, ExchangeEvent, HangupCause, LegId, LegSnapshot } from '../exchange.ts';
import type { Debts } from './debts.ts';
import { readTag } from './leg-tag.ts';
import type { FlowLogger } from './logger.ts';
import type { PatientExchange } from './patient-exchange.ts';
import type { FlowPolicy } from './policy.ts';
import type { Timers } from './timers.ts';

const RECOVER_AGAIN_MS = 2_000;
const LEGS_TRIES = 5;
const LEGS_AGAIN_MS = 1_000;

export type LegEvent = Extract<ExchangeEvent, { leg: string }>;

/** Something that has legs and takes their events: a call of the desk, of a virtual number, a fax. */
export interface LegOwner {
  readonly id: string;
  handle(event: LegEvent): void;
  /**
   * The connection was away: what ended meanwhile has ended, what was answered has been answered.
   * @param known legs that were owned when the exchange was asked; a leg that is not among them is younger than the answer
   */
  resync(alive: ReadonlyMap<LegId, LegSnapshot>, known: ReadonlySet<LegId>): void;
}

/** A call from outside that nobody has yet. */
export interface IncomingLeg {
  readonly leg: LegId;
  /** As the operator sent them. */
  readonly from: string;
  readonly to: string;
  /** E.164, or empty when withheld. */
  readonly callerNumber: string;
  /** E.164, or as received when it is no number of ours to read. */
  readonly calledNumber: string;
  readonly at: Date;
}

/** One kind of call. Flows are asked in order; the first that takes an incoming leg has it. */
export interface CallFlow {
  readonly name: string;
  /**
   * Undefined: not mine. May look into the store; events of the leg that come meanwhile wait. Whoever takes the leg owns
   * it by then (`switchboard.own`).
   */
  take(incoming: IncomingLeg): Promise<LegOwner | undefined> | LegOwner | undefined;
  /** After a start: takes up what goes on at the exchange; `false`: some of it could not be, and is tried again. */
  recover(legs: readonly LegSnapshot[]): Promise<boolean>;
  /** Whether this flow has that call now: of what goes on, nothing is tidied up. */
  has(callId: string): boolean;
  /** The phone of this account is registered and idle (again). */
  phoneIsBack?(account: string): void;
  /** How many things are being done now; 0 when all waits for somebody or for the clock. */
  readonly activity: number;
  /** The exchange has stopped: what ended with it is written, the rest let go of; the next start finds it again. */
  stop(): Promise<void>;
}

/** Whose a leg is, from before the exchange first hears of it until its owner ends. */
export interface LegBoard {
  own(leg: LegId, owner: LegOwner): void;
  disown(leg: LegId): void;
}

export interface SwitchboardOptions {
  readonly exchange: Exchange;
  readonly commands: PatientExchange;
  readonly policy: Pick<FlowPolicy, 'numbering'>;
  readonly timers: Timers;
  readonly debts: Debts;
  readonly logger: FlowLogger;
  /** The exchange has closed this track, or given it up. */
  readonly recordingOver: (recording: string) => void;
  /** All flows have taken up what is theirs: what is left over may be tidied up. */
  readonly recovered: () => Promise<void>;
}

/**
 * The one listener of the exchange: hands every event to whoever owns its leg, offers calls from outside to one flow
 * after the other, and keeps what the exchange has and what we know the same when the connection, or this process, was
 * away.
 */
export class Switchboard implements LegBoard {
  readonly #options: SwitchboardOptions;
  readonly #flows: CallFlow[] = [];
  readonly #owners = new Map<LegId, LegOwner>();
  /** Offered to the flows just now, with the events that came meanwhile. */
  readonly #offered = new Map<LegId, LegEvent[]>();
  readonly #background = new Set<Promise<void>>();
  /** Events that came while calls were still being recovered. */
  #early: ExchangeEvent[] | undefined;
  #unsubscribe = () => {};
  #cancelRecovery = () => {};
  /** Of the work in the background, what waits for the clock. */
  #waiting = 0;
  #up = false;
  #stopping = false;

  constructor(options: SwitchboardOptions) {
    this.#options = options;
  }

  /** Asked after those that were added before. */
  add(...flows: readonly CallFlow[]): void {
    this.#flows.push(...flows);
  }

  get up(): boolean {
    return this.#up;
  }

  own(leg: LegId, owner: LegOwner): void {
    this.#owners.set(leg, owner);
  }

  disown(leg: LegId): void {
    this.#owners.delete(leg);
  }

  isRunning(callId: string): boolean {
    return this.#flows.some((flow) => flow.has(callId));
  }

  /** Connects the exchange and takes up the calls that go on there. */
  async start(): Promise<void> {
    const { exchange } = this.#options;
    this.#early = [];
    this.#unsubscribe = exchange.subscribe((event) => {
      if (this.#early !== undefined) this.#early.push(event);
      else this.#on(event);
    });
    await exchange.start();
    this.#up = true;
    await this.#recover();
    const early = this.#early;
    this.#early = undefined;
    // Their legs were seen among the legs above; coming again does no harm.
    for (const event of early) this.#on(event);
  }

  async #recover(): Promise<void> {
    const legs = await this.#legs();
    let complete = true;
    for (const flow of this.#flows) complete = (await flow.recover(legs)) && complete;
    // What is not known yet must not be taken for what belongs to nobody.
    if (complete) {
      this.#sweep(legs);
      return this.#inBackground(this.#options.recovered());
    }
    this.#recoverLater();
  }

  #recoverLater(): void {
    const again = async () => {
      try {
        await this.#recover();
      } catch (error) {
        // The exchange was away meanwhile: calls that nobody has taken up must not be forgotten for that.
        if (!this.#stopping) this.#recoverLater();
        throw error;
      }
    };
    this.#cancelRecovery = this.#options.timers.after(RECOVER_AGAIN_MS, () => this.#inBackground(again()));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cancelRecovery();
    await this.#options.exchange.stop();
    await Promise.all(this.#flows.map((flow) => flow.stop()));
    this.#unsubscribe();
    await Promise.all(this.#background);
  }

  #on(event: ExchangeEvent): void {
    switch (event.type) {
      case 'incoming':
        return this.#incoming(event);
      case 'down':
        this.#up = false;
        return;
      case 'up':
        this.#up = true;
        return this.#inBackground(this.#resync());
      case 'device':
        if (event.state === 'idle' && event.device.kind === 'browser')
          for (const flow of this.#flows) flow.phoneIsBack?.(event.device.account);
        return;
      case 'recording-finished':
      case 'recording-failed':
        this.#options.recordingOver(event.recording);
        return this.#pass(event);
      case 'answered':
        // Ours, and of a call that is over: its ring crossed with our hang-up.
        if (!this.#owners.has(event.leg) && event.leg.startsWith('leg_'))
          return this.#hangup(event.leg, 'answered-elsewhere');
        return this.#pass(event);
      default:
        this.#pass(event);
    }
  }

  #pass(event: LegEvent): void {
    const offered = this.#offered.get(event.leg);
    if (offered !== undefined) offered.push(event);
    else this.#owners.get(event.leg)?.handle(event);
  }

  #incoming({ leg, origin, from, to, at }: Omit<Extract<ExchangeEvent, { type: 'incoming' }>, 'type'>): void {
    const { policy, logger } = this.#options;
    if (this.#owners.has(leg) || this.#offered.has(leg) || this.#stopping) return;
    if (origin !== 'trunk') {
      logger.warn('A call from a browser phone was turned away: the desk takes calls.');
      return this.#hangup(leg, 'rejected');
    }
    const callerNumber = normalizeNumber(from, policy.numbering) ?? '';
    const calledNumber = normalizeNumber(to, policy.numbering) ?? to;
    this.#offered.set(leg, []);
    this.#inBackground(this.#offer({ leg, from, to, callerNumber, calledNumber, at }));
  }

  async #offer(incoming: IncomingLeg): Promise<void> {
    const { leg } = incoming;
    const { logger } = this.#options;
    let owner: LegOwner | undefined;
    for (const flow of this.#flows) {
      try {
        const taken = flow.take(incoming);
        // Only where a flow has to look something up does the caller wait.
        owner = taken instanceof Promise ? await taken : taken;
      } catch (error) {
        // A caller whom one flow could not place is offered to the next: the desk at the end takes anybody.
        logger.error(`The flow "${flow.name}" could not tell whether a call is its own.`, error);
      }
      if (owner !== undefined) break;
    }
    const events = this.#offered.get(leg) ?? [];
    this.#offered.delete(leg);
    if (owner === undefined) {
      logger.warn('A call to a number that is not ours was turned away.');
      if (!events.some(({ type }) => type === 'hungup')) this.#hangup(leg, 'unreachable');
      return;
    }
    for (const event of events) owner.handle(event);
  }

  async #resync(): Promise<void> {
    const known = new Set(this.#owners.keys());
    const legs = await this.#legs();
    const alive = new Map(legs.map((leg) => [leg.leg, leg]));
    for (const owner of new Set(this.#owners.values())) owner.resync(alive, known);
    this.#sweep(legs);
  }

  /** Legs that nobody has: those of ended calls end, and callers whose ring we missed are taken. */
  #sweep(legs: readonly LegSnapshot[]): void {
    for (const leg of legs) {
      if (this.#owners.has(leg.leg) || this.#offered.has(leg.leg)) continue;
      const ours = readTag(leg.tag) !== undefined || leg.leg.startsWith('leg_') || leg.origin === 'trunk';
      if (leg.origin === 'trunk' && leg.state === 'ringing' && leg.tag === undefined)
        this.#incoming({ ...leg, origin: 'trunk', at: leg.since });
      else if (ours) this.#hangup(leg.leg, 'normal');
    }
  }

  /** An exchange that has just come up may need a moment before it can tell. */
  async #legs(): Promise<readonly LegSnapshot[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#options.commands.legs();
      } catch (error) {
        if (tries === LEGS_TRIES) throw error;
        this.#waiting += 1;
        await new Promise<void>((resolve) => this.#options.timers.after(LEGS_AGAIN_MS, resolve));
        this.#waiting -= 1;
      }
    }
  }

  #hangup(leg: string, cause: HangupCause): void {
    const { debts, commands } = this.#options;
    this.#inBackground(debts.pay(`leg ${leg}`, () => commands.hangup(leg, cause)));
  }

  /** Work that belongs to no call. */
  #inBackground(work: Promise<unknown>): void {
    const done: Promise<void> = work
      .then(
        () => {},
        (error: unknown) =>
          this.#options.logger.warn('The legs at the exchange could not be compared; they are when it is back.', error),
      )
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  /** How many things are being done now. */
  get activity(): number {
    return (
      this.#background.size -
      this.#waiting +
      this.#options.debts.size +
      this.#flows.reduce((sum, { activity }) => sum + activity, 0)
    );
  }
}
