import type { SupervisionMode } from '@callweave/sdk/protocol';
import { touchCall } from '../../../calls/index.ts';
import { Problem } from '../../../problem.ts';
import {
  closeSupervision,
  moveEscalation,
  moveSupervision,
  noteSupervisionTrack,
  type SupervisionPolicy,
  type SupervisionRow,
} from '../../../supervision/index.ts';
import type { LegId, LegSnapshot } from '../../exchange.ts';
import { type CallSession, type FlowServices, isGone } from '../call-session.ts';
import type { DeskCall } from '../desk-call.ts';
import { handOver } from '../hand-over.ts';
import { Mailbox } from '../mailbox.ts';
import type { Responder } from '../responders.ts';
import type { LegEvent, LegOwner } from '../switchboard.ts';

const WRITE_AGAIN_MS = 2_000;

export interface SupervisorOptions {
  readonly services: FlowServices;
  readonly policy: SupervisionPolicy;
  /** The call, while it goes on. */
  readonly findCall: (callId: string) => DeskCall | undefined;
  readonly over: (supervisor: Supervisor) => void;
}

type Begun = Pick<SupervisionRow, 'id' | 'call_id' | 'leg_id' | 'escalation_id' | 'track'> & {
  readonly mode: SupervisionMode;
};

/**
 * One supervisor at one call: their leg, and what of the call it hears. What the exchange is told follows from the mode and
 * from where the agent's leg is now; {@link follow} brings it up to date, whatever has changed.
 */
export class Supervisor implements LegOwner {
  readonly id: string;
  readonly callId: string;
  readonly leg: LegId;
  readonly responder: Responder;
  readonly mailbox: Mailbox;
  readonly #options: SupervisorOptions;
  readonly #escalationId: string | null;
  #mode: SupervisionMode;
  #state: 'ringing' | 'on' | 'ended' = 'ringing';
  #takesOver = false;
  /** Their track on the call's recording, while they speak to everybody. */
  #track: string | undefined;
  /** What the exchange was told last: a supervision, or the bridge of the call. */
  #attached: { readonly to: string; readonly supervision?: string } | undefined;
  #abandoned = false;
  /** What is being done is counted elsewhere, as the call's, or waits for the clock. */
  #waiting = false;

  constructor(options: SupervisorOptions, begun: Begun, responder: Responder) {
    this.#options = options;
    this.id = begun.id;
    this.callId = begun.call_id;
    this.leg = begun.leg_id;
    this.responder = responder;
    this.#mode = begun.mode;
    this.#escalationId = begun.escalation_id;
    this.#track = begun.track ?? undefined;
    this.mailbox = new Mailbox(async (error) => {
      options.services.logger.error(`The supervision ${this.id} met an error.`, error);
      await this.#finish();
    });
  }

  get active(): boolean {
    return !this.mailbox.idle && !this.#waiting;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  handle(event: LegEvent): void {
    if (event.type === 'answered') this.mailbox.post(() => this.#up());
    if (event.type === 'hungup') this.mailbox.post(() => this.#finish());
  }

  resync(alive: ReadonlyMap<LegId, LegSnapshot>, known: ReadonlySet<LegId>): void {
    if (!known.has(this.leg)) return;
    const snapshot = alive.get(this.leg);
    this.mailbox.post(async () => {
      if (snapshot === undefined) return this.#finish();
      if (this.#state === 'ringing' && snapshot.state === 'up') return this.#up();
      this.#attached = undefined;
      await this.#follow();
    });
  }

  /** Something about the call has changed: its agent, its leg, its end. */
  follow(): void {
    this.mailbox.post(() => this.#follow());
  }

  /** Found again after a restart; the log of what they hear goes on. */
  takeUp(answered: boolean): void {
    if (answered) this.#state = 'on';
    this.follow();
  }

  changeMode(mode: SupervisionMode): Promise<void> {
    return this.mailbox.ask(async () => {
      if (this.ended) throw gone();
      if (this.#mode === mode) return;
      const before = this.#mode;
      this.#mode = mode;
      if (this.#state === 'ringing') return;
      try {
        await this.#begin();
      } catch (error) {
        this.#mode = before;
        throw unavailable(error);
      }
    });
  }

  takeOver(): Promise<void> {
    return this.mailbox.ask(async () => {
      if (this.ended) throw gone();
      this.#takesOver = true;
      if (this.#state === 'on') await this.#takeTheCall();
    });
  }

  leave(): Promise<void> {
    return this.mailbox.ask(() => this.#finish());
  }

  /** The phone could not be rung. */
  failed(): Promise<void> {
    return this.mailbox.ask(() => this.#finish());
  }

  abandon(): void {
    this.#abandoned = true;
  }

  async #up(): Promise<void> {
    if (this.#state !== 'ringing') return;
    this.#state = 'on';
    if (this.#takesOver) await this.#takeTheCall();
    else await this.#begin();
  }

  /** Written before the first sound (G8), then done. */
  async #begin(): Promise<void> {
    const { services, policy, findCall } = this.#options;
    const agentId = findCall(this.callId)?.session.agent?.responder.id ?? null;
    const visible = policy.agentSees || this.#mode !== 'listen';
    await services.store.write((tx) => moveSupervision(tx, this.id, { mode: this.#mode, visible, agentId }));
    await this.#follow();
  }

  async #follow(): Promise<void> {
    const call = this.#options.findCall(this.callId);
    if (this.ended) return;
    if (call === undefined) return this.#finish();
    if (this.#state !== 'on') return;
    // In the call's own turn: its agent and its bridge do not change meanwhile.
    await this.#inTurnOf(call, async () => {
      if (call.session.ended) return;
      await this.#attach(call.session).catch((error: unknown) => {
        // A leg has just ended: its own event says what comes next.
        if (!isGone(error)) throw error;
        this.#attached = undefined;
      });
    });
  }

  async #attach(session: CallSession): Promise<void> {
    const { exchange } = this.#options.services;
    if (this.#mode === 'barge') {
      if (this.#attached?.to === session.bridge) return;
      // A whisper that is still on its way must not get onto the recording.
      await this.#detach();
      if (this.#track === undefined) await this.#beginTrack(session);
      await exchange.createBridge(session.bridge);
      await exchange.join(session.bridge, this.leg);
      this.#attached = { to: session.bridge };
      return;
    }
    const agentLeg = session.agent?.leg;
    // The agent's line is lost: there is nobody to hear them by, until they are back.
    if (agentLeg === undefined) return;
    const to = `${agentLeg} ${this.#mode}`;
    if (this.#attached?.to === to) return;
    await this.#endTrack();
    const supervision = `${this.id}.${agentLeg}`;
    await exchange.supervise({ supervision, leg: this.leg, agentLeg, mode: this.#mode });
    this.#attached = { to, supervision };
  }

  async #inTurnOf(call: DeskCall, work: () => Promise<void>): Promise<void> {
    this.#waiting = true;
    try {
      await call.session.mailbox.ask(work);
    } finally {
      this.#waiting = false;
    }
  }

  async #detach(): Promise<void> {
    const supervision = this.#attached?.supervision;
    this.#attached = undefined;
    if (supervision !== undefined) await this.#options.services.exchange.endSupervision(supervision);
  }

  async #beginTrack(session: CallSession): Promise<void> {
    const track = await session.recording.add(this.leg, 'agent');
    this.#track = track;
    await session.services.store.write(async (tx) => {
      await noteSupervisionTrack(tx, this.id, track);
      await session.recording.note(tx);
      await touchCall(tx, session.id);
    });
  }

  /** What they say to the agent alone, or to nobody, is not recorded. */
  async #endTrack(): Promise<void> {
    const { exchange, store } = this.#options.services;
    const track = this.#track;
    if (track === undefined) return;
    await exchange.stopRecording(track).catch((error: unknown) => {
      // It has ended already.
      if (!(error instanceof Error && 'code' in error && error.code === 'unknown-recording')) throw error;
    });
    this.#track = undefined;
    await store.write((tx) => noteSupervisionTrack(tx, this.id, null));
  }

  async #takeTheCall(): Promise<void> {
    const call = this.#options.findCall(this.callId);
    if (call === undefined) return this.#finish();
    await this.#inTurnOf(call, async () => {
      if (call.session.ended) throw gone();
      await this.#detach();
      const next = {
        leg: this.leg,
        responder: this.responder,
        recorded: this.#track !== undefined,
        busyWith: this.id,
      };
      try {
        const taken = await handOver(call, next, async (tx, { agentId }) => {
          await closeSupervision(tx, this.id, { agentId });
          if (this.#escalationId !== null)
            await moveEscalation(tx, this.#escalationId, ['accepted'], { state: 'over' });
          await tx.record({
            actor: this.responder.id,
            action: 'call.taken-over',
            subject: `call:${this.callId}`,
            data: { supervisionId: this.id, from: agentId },
          });
        });
        if (!taken) throw new Problem('call-not-live', 'Nobody of the house has this call at the moment.');
      } catch (error) {
        this.#takesOver = false;
        throw unavailable(error);
      }
    });
    // The leg is the call's own from here on.
    this.#state = 'ended';
    this.#options.over(this);
  }

  async #finish(): Promise<void> {
    const { services, over } = this.#options;
    const wasOn = this.#state === 'on';
    if (this.ended) return;
    this.#state = 'ended';
    // Ends what the exchange knows of it as well.
    await services.debts.pay(`leg ${this.leg}`, () => services.exchange.hangup(this.leg, 'normal'));
    services.busy.release(this.responder.id, this.id);
    await this.#writeEnd(wasOn);
    services.switchboard.disown(this.leg);
    over(this);
  }

  /** A store that cannot be written for a while must not leave them in the log as if they still listened. */
  async #writeEnd(wasOn: boolean): Promise<void> {
    const { services, findCall } = this.#options;
    for (;;) {
      try {
        await services.store.write(async (tx) => {
          await closeSupervision(tx, this.id);
          if (this.#escalationId === null) return;
          // Whoever accepted and never came leaves the agent without help: it rings again.
          const again = !wasOn && findCall(this.callId) !== undefined;
          await moveEscalation(tx, this.#escalationId, ['accepted'], { state: again ? 'open' : 'over' });
        });
        return;
      } catch (error) {
        services.logger.warn(`The end of the supervision ${this.id} could not be written; trying again.`, error);
        if (this.#abandoned) return;
        this.#waiting = true;
        await new Promise<void>((resolve) => services.timers.after(WRITE_AGAIN_MS, resolve));
        this.#waiting = false;
      }
    }
  }
}

const gone = () => new Problem('call-not-live', 'This call, or your part in it, has just ended.');

function unavailable(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem('exchange-unavailable', 'The exchange could not do this now.', { cause: error });
}
