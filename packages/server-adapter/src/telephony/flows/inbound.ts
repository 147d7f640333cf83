import { normalizeNumber } from '@callweave/sdk/protocol';
import { newId } from '../../id.ts';
import type { Exchange, ExchangeEvent, HangupCause, LegSnapshot } from '../exchange.ts';
import type { FlowServices } from './call-session.ts';
import { InboundCall } from './inbound-call.ts';
import { readTag } from './leg-tag.ts';
import { recoverCalls, tidyUp } from './recovery.ts';

const RECOVER_AGAIN_MS = 2_000;
const LEGS_TRIES = 5;
const LEGS_AGAIN_MS = 1_000;

type IncomingEvent = Extract<ExchangeEvent, { type: 'incoming' }>;

/**
 * The inbound flow (A13): takes calls to the public number, hands every event to the call it belongs to, and keeps what
 * the exchange has and what we know the same when the connection, or this process, was away.
 */
export class InboundFlow {
  readonly #exchange: Exchange;
  readonly #services: FlowServices;
  readonly #calls = new Map<string, InboundCall>();
  readonly #background = new Set<Promise<void>>();
  /** Events that came while calls were still being recovered. */
  #early: ExchangeEvent[] | undefined;
  #unsubscribe = () => {};
  #cancelRecovery = () => {};
  /** Of the work in the background, what waits for the clock. */
  #waiting = 0;
  #up = false;
  #stopping = false;

  constructor(exchange: Exchange, services: FlowServices) {
    this.#exchange = exchange;
    this.#services = services;
  }

  get up(): boolean {
    return this.#up;
  }

  get calls(): ReadonlyMap<string, InboundCall> {
    return this.#calls;
  }

  find(callId: string): InboundCall | undefined {
    const call = this.#calls.get(callId);
    return call?.session.ended === false ? call : undefined;
  }

  /** Connects the exchange and takes up the calls that go on there. */
  async start(): Promise<void> {
    this.#early = [];
    this.#unsubscribe = this.#exchange.subscribe((event) => {
      if (this.#early !== undefined) this.#early.push(event);
      else this.#on(event);
    });
    await this.#exchange.start();
    this.#up = true;
    await this.#recover();
    const early = this.#early;
    this.#early = undefined;
    // Their legs were seen among the legs above; coming again does no harm.
    for (const event of early) this.#on(event);
  }

  async #recover(): Promise<void> {
    const legs = await this.#legs();
    const { calls, complete } = await recoverCalls(this.#services, legs, (ended) => this.#ended(ended));
    for (const call of calls) this.#calls.set(call.id, call);
    // What is not known yet must not be taken for what belongs to nobody.
    if (complete) {
      this.#sweep(legs);
      return this.#inBackground(tidyUp(this.#services));
    }
    this.#cancelRecovery = this.#services.timers.after(RECOVER_AGAIN_MS, () => this.#inBackground(this.#recover()));
  }

  /** Ends what only this process can carry, writes it, and lets go of the rest: the next start finds it again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cancelRecovery();
    await this.#exchange.stop();
    // The ends of the legs that the exchange has just ended are events that wait in the mailboxes.
    await Promise.all([...this.#calls.values()].map(({ session }) => session.mailbox.drained()));
    this.#unsubscribe();
    for (const { session } of this.#calls.values()) session.abandon();
    await Promise.all([...this.#calls.values()].map(({ session }) => session.mailbox.drained()));
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
        if (event.state === 'idle' && event.device.kind === 'browser') this.#phoneIsBack(event.device.account);
        return;
      case 'recording-finished':
      case 'recording-failed':
        this.#services.keeper.handleFinished(event.recording);
        this.#owner(event.leg)?.handle(event);
        return;
      case 'answered':
        if (this.#owner(event.leg) === undefined && event.leg.startsWith('leg_')) {
          // Ours, and of a call that is over: its ring crossed with our hang-up.
          return this.#hangup(event.leg, 'answered-elsewhere');
        }
        this.#owner(event.leg)?.handle(event);
        return;
      default:
        this.#owner(event.leg)?.handle(event);
    }
  }

  #owner(leg: string): InboundCall | undefined {
    const callId = this.#services.legOwners.get(leg);
    return callId === undefined ? undefined : this.#calls.get(callId);
  }

  #incoming({ leg, origin, from, to, at }: Pick<IncomingEvent, 'leg' | 'origin' | 'from' | 'to' | 'at'>): void {
    const { policy, logger } = this.#services;
    if (this.#services.legOwners.has(leg) || this.#stopping) return;
    const calledNumber = normalizeNumber(to, policy.numbering) ?? to;
    const ours = policy.publicNumbers.map((number) => normalizeNumber(number, policy.numbering) ?? number);
    if (origin !== 'trunk' || (ours.length > 0 && !ours.includes(calledNumber))) {
      logger.warn(
        origin === 'trunk'
          ? 'A call to a number that is not ours was turned away.'
          : 'A call from a browser phone was turned away: the desk takes calls.',
      );
      return this.#hangup(leg, origin === 'trunk' ? 'unreachable' : 'rejected');
    }
    const callerNumber = normalizeNumber(from, policy.numbering) ?? '';
    const start = { id: newId('call', at), customerLeg: leg, callerNumber, calledNumber, at };
    const call = new InboundCall(this.#services, start, (ended) => this.#ended(ended));
    this.#calls.set(call.id, call);
    call.begin(start);
  }

  #ended(call: InboundCall): void {
    this.#calls.delete(call.id);
    call.session.disown();
  }

  /** The agent whose line was lost has their phone again. */
  #phoneIsBack(account: string): void {
    for (const call of this.#calls.values()) {
      const device = call.session.agent?.responder.device;
      if (!call.conversation.lost || device?.kind !== 'browser' || device.account !== account) continue;
      call.session.post(() => call.conversation.resume());
    }
  }

  /** After the connection was away: what ended meanwhile has ended, what was answered has been answered. */
  async #resync(): Promise<void> {
    const known = new Set(this.#services.legOwners.keys());
    const legs = await this.#legs();
    const alive = new Map(legs.map((leg) => [leg.leg, leg]));
    for (const call of this.#calls.values()) {
      call.session.post(async () => {
        const { session, conversation } = call;
        const mine = [
          session.customerLeg,
          ...session.attempts.keys(),
          ...(session.agent?.leg === undefined ? [] : [session.agent.leg]),
          ...conversation.ownLegs,
        ];
        for (const leg of mine) {
          const snapshot = alive.get(leg);
          if (session.ended || !known.has(leg)) continue;
          if (snapshot === undefined) await call.legGone(leg, 'failed');
          else if (snapshot.state === 'up' && leg !== session.customerLeg) await call.agentAnswered(leg);
        }
        if (!session.ended) await session.sound.restart();
      });
    }
    this.#sweep(legs);
  }

  /** Legs that no call of ours has: those of ended calls end, and callers whose ring we missed are taken. */
  #sweep(legs: readonly LegSnapshot[]): void {
    for (const leg of legs) {
      if (this.#services.legOwners.has(leg.leg)) continue;
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
        return await this.#services.exchange.legs();
      } catch (error) {
        if (tries === LEGS_TRIES) throw error;
        this.#waiting += 1;
        await new Promise<void>((resolve) => this.#services.timers.after(LEGS_AGAIN_MS, resolve));
        this.#waiting -= 1;
      }
    }
  }

  #hangup(leg: string, cause: HangupCause): void {
    const { debts, exchange } = this.#services;
    this.#inBackground(debts.pay(`leg ${leg}`, () => exchange.hangup(leg, cause)));
  }

  /** Work that belongs to no call. */
  #inBackground(work: Promise<unknown>): void {
    const done: Promise<void> = work
      .then(
        () => {},
        (error: unknown) =>
          this.#services.logger.warn(
            'The legs at the exchange could not be compared; they are when it is back.',
            error,
          ),
      )
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  /** How many things are being done now. */
  get activity(): number {
    return (
      this.#background.size -
      this.#waiting +
      this.#services.debts.size +
      [...this.#calls.values()].filter(({ session }) => !session.mailbox.idle && !session.waiting).length
    );
  }
}
