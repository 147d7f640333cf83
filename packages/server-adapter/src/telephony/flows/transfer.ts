import type { CallTarget, TransferMode } from '@callweave/sdk/protocol';
import { legBecomesAgents, legsEnded, setParties } from '../../calls/index.ts';
import { Problem } from '../../problem.ts';
import type { Tx } from '../../store/store.ts';
import { voidVerification } from '../../verification/index.ts';
import type { HangupCause } from '../exchange.ts';
import type { AgentLeg, CallSession } from './call-session.ts';
import { resolveTarget } from './call-target.ts';
import type { Conversation } from './conversation.ts';
import { RINGBACK } from './leg-sound.ts';
import { writeTag } from './leg-tag.ts';
import type { PinEntry } from './pin-entry.ts';
import type { Waiting } from './queue/waiting.ts';
import type { RecordingPause } from './recording-pause.ts';
import type { Responder } from './responders.ts';
import type { Routing } from './routing.ts';
import type { Stage } from './routing-plan.ts';
import { type Third, type ThirdOver, ThirdParty } from './third-party.ts';

const WRITE_AGAIN_SECONDS = 2;

interface Parts {
  readonly session: CallSession;
  readonly conversation: Conversation;
  readonly routing: Routing;
  readonly pin: PinEntry;
  readonly pause: RecordingPause;
  readonly waiting: Waiting;
  readonly end: (cause: HangupCause) => Promise<void>;
}

/**
 * Handing a call on, and talking with three. Whoever is consulted comes onto the bridge of the call while the customer is
 * off it, so that there is one bridge and nothing else to lose: the customer comes back, or the agent goes.
 */
export class Transfer {
  readonly thirds: ThirdParty;
  readonly #parts: Parts;
  /** Who handed the call on: it comes back to them when nobody takes it. */
  #from: Responder | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.thirds = new ThirdParty(parts.session, (over) => this.#over(over));
  }

  async transfer(mode: TransferMode, target: CallTarget): Promise<void> {
    const { session, conversation, pause, routing, waiting } = this.#parts;
    const agent = this.#agent();
    if (this.thirds.present) throw new Problem('third-in-call', 'Somebody is in this call already.');
    const asking = { accountId: agent.responder.id, callId: session.id };
    // Behind the group stands its queue: the customer may wait, also when nobody is free.
    const waits = mode === 'blind' && target.kind === 'group' && waiting.canWait;
    const candidates = waits ? [] : await resolveTarget(session.services, target, asking);
    if (mode === 'attended') return this.#consult(agent, candidates);
    await pause.over();
    await conversation.release();
    if (target.kind === 'number') {
      await this.thirds.ring('transfer', candidates, (tx) =>
        setParties(tx, session.id, 'third', this.thirds.parties()),
      );
      try {
        await this.#letGo(agent, mode, target);
      } catch (error) {
        await this.thirds.drop();
        throw error;
      }
      return routing.soundOfRinging();
    }
    await this.#letGo(agent, mode, target);
    const stage: Stage =
      target.kind === 'agent' ? { order: 'transfer', accountId: target.accountId } : { order: 'group' };
    await this.#lookFor(stage, waits);
  }

  /** Nobody of the house has the customer: what fails from here on is done again, until somebody has. */
  async #lookFor(stage: Stage, waits: boolean): Promise<void> {
    const { session, routing, waiting } = this.#parts;
    if (session.agent !== undefined || session.attempts.size > 0) return;
    try {
      if (waits && (await waiting.enter())) return;
      await routing.soundOfRinging();
      routing.restart([stage]);
      await routing.next();
    } catch (error) {
      session.services.logger.error(`Nobody could be rung for call ${session.id}; trying again.`, error);
      session.later(WRITE_AGAIN_SECONDS, () => this.#lookFor(stage, waits));
    }
  }

  async #consult(agent: AgentLeg, candidates: Parameters<ThirdParty['ring']>[1]): Promise<void> {
    const { session, conversation } = this.#parts;
    await conversation.putAside();
    await session.soundOf(agent.leg).loop(RINGBACK);
    try {
      await this.thirds.ring('consult', candidates, (tx) =>
        setParties(tx, session.id, 'third', this.thirds.parties(), { event: { type: 'held', held: true } }),
      );
    } catch (error) {
      if (conversation.aside) await this.#bringBack();
      throw error;
    }
  }

  /** The agent leaves the call, which goes on without them for the moment. */
  async #letGo(agent: AgentLeg, mode: TransferMode, target: CallTarget): Promise<void> {
    const { session } = this.#parts;
    await session.services.store.write(async (tx) => {
      await this.#noteTransfer(tx, agent, mode, target.kind);
      await setParties(tx, session.id, 'third', this.thirds.parties(), {
        event: { type: 'transferred' },
        columns: { transfers: this.#transfers + 1 },
      });
    });
    this.#transfers += 1;
    this.#from = agent.responder;
    session.agent = undefined;
    session.connected = false;
    this.#parts.waiting.handedOn(agent.responder.id);
    await session.hangup(agent.leg, 'normal');
    session.services.busy.release(agent.responder.id, session.id);
  }

  #transfers = 0;

  async #noteTransfer(tx: Tx, agent: AgentLeg, mode: TransferMode, to: CallTarget['kind']): Promise<void> {
    const { session } = this.#parts;
    await legsEnded(tx, [agent.leg], 'normal');
    await voidVerification(tx, session.id, 'transfer');
    await tx.record({
      actor: agent.responder.id,
      action: 'call.transferred',
      subject: `call:${session.id}`,
      data: { mode, to },
    });
  }

  /** Leaves the customer with whom the agent talks. */
  async complete(): Promise<void> {
    const { session, conversation, pause } = this.#parts;
    const agent = this.#agent();
    const { joined } = this.thirds;
    if (joined === undefined) throw new Problem('no-third-in-call', 'Nobody has answered yet.');
    await pause.over();
    const next = joined.responder;
    await session.services.store.write(async (tx) => {
      await this.#noteTransfer(tx, agent, 'attended', next === undefined ? 'number' : 'agent');
      if (next !== undefined) await legBecomesAgents(tx, joined.leg);
      const staying =
        next === undefined ? this.thirds.parties().map((party) => ({ ...party, state: 'talking' as const })) : [];
      await setParties(tx, session.id, 'third', staying, {
        event: { type: 'handed-over', agentId: next?.id ?? null },
        columns: { transfers: this.#transfers + 1 },
      });
    });
    this.#transfers += 1;
    this.thirds.letIn();
    session.agent = next === undefined ? undefined : { leg: joined.leg, responder: next, order: 'transfer' };
    if (next !== undefined) this.thirds.promote();
    session.thirdTalks = next === undefined;
    await session.hangup(agent.leg, 'normal');
    if (agent.responder.id !== next?.id) session.services.busy.release(agent.responder.id, session.id);
    if (next !== undefined) {
      const tag = writeTag({ callId: session.id, role: 'agent', accountId: next.id });
      await session.services.exchange.tag(joined.leg, tag).catch(() => {});
    }
    if (conversation.aside && !(await conversation.takeBack())) await this.#parts.end('failed');
  }

  /** Back to the customer. */
  async cancel(): Promise<void> {
    const { session } = this.#parts;
    if (this.thirds.purpose !== 'consult') throw new Problem('no-third-in-call', 'Nobody is being consulted.');
    const write = await this.thirds.drop();
    await this.#bringBack();
    if (session.ended) return;
    await this.#write(write, true);
  }

  async conference(target: CallTarget | undefined): Promise<void> {
    const { session, conversation } = this.#parts;
    const agent = this.#agent();
    if (target !== undefined) {
      if (this.thirds.present) throw new Problem('third-in-call', 'Somebody is in this call already.');
      const asking = { accountId: agent.responder.id, callId: session.id };
      const candidates = await resolveTarget(session.services, target, asking);
      return this.thirds.ring('conference', candidates, async (tx) => {
        await tx.record({
          actor: agent.responder.id,
          action: 'call.third-rung',
          subject: `call:${session.id}`,
          data: { to: target.kind },
        });
        await setParties(tx, session.id, 'third', this.thirds.parties());
      });
    }
    if (this.thirds.joined?.state !== 'consulting') throw new Problem('no-third-in-call', 'Nobody is being consulted.');
    this.thirds.letIn();
    session.thirdTalks = true;
    if (conversation.aside && !(await conversation.takeBack())) return this.#parts.end('failed');
    await this.#write(async () => {}, true);
  }

  async remove(partyId: string): Promise<void> {
    const { session } = this.#parts;
    if (!this.thirds.has(partyId)) throw new Problem('no-third-in-call', 'They are not in this call.');
    await session.hangup(partyId, 'normal');
    await this.thirds.gone(partyId, 'normal');
  }

  /** Somebody who was brought in, or is being rung, goes by themselves. @returns false: they are not one of these */
  async leave(accountId: string): Promise<boolean> {
    const mine = this.thirds.legOf(accountId);
    if (mine === undefined) return false;
    const cause = mine.ringing ? 'rejected' : 'normal';
    await this.#parts.session.hangup(mine.leg, cause);
    await this.thirds.gone(mine.leg, cause);
    return true;
  }

  /** A supervisor takes the call over. @returns how often it was handed on, this time included */
  takenOver(): number {
    this.#transfers += 1;
    return this.#transfers;
  }

  async answered(leg: string): Promise<void> {
    const { session } = this.#parts;
    const { purpose } = this.thirds;
    if (session.agent?.leg !== undefined && purpose === 'consult') await session.soundOf(session.agent.leg).stop();
    const joined = await this.thirds.answered(leg);
    if (joined === undefined) return;
    session.thirdTalks = joined.third.state === 'talking';
    if (purpose === 'transfer') {
      session.talked = session.connected = true;
      await session.sound.stop();
    }
    await this.#write(joined.write, false, purpose === 'transfer');
  }

  /** The agent has hung up. @returns whether the call goes on with whom they brought in */
  async agentHungUp(): Promise<boolean> {
    const { joined } = this.thirds;
    if (joined === undefined || (joined.state === 'talking' && joined.responder === undefined)) return false;
    await this.complete();
    return true;
  }

  /** Nobody took the call: it goes back to who handed it on, then to the group or its queue. @returns false: they had their turn */
  async goBack(): Promise<boolean> {
    const { routing, waiting } = this.#parts;
    const from = this.#from;
    if (from === undefined) return false;
    this.#from = undefined;
    const group: Stage[] = waiting.canWait ? [] : [{ order: 'group' }];
    routing.restart([{ order: 'transfer', accountId: from.id }, ...group]);
    await routing.next();
    return true;
  }

  async #over({ purpose, joined, cause, write }: ThirdOver): Promise<void> {
    const { session, conversation } = this.#parts;
    if (session.ended) return;
    if (!this.thirds.present) session.thirdTalks = false;
    // A number outside had the customer alone.
    if (joined && session.agent === undefined) return this.#parts.end(cause);
    const back = purpose === 'consult' && !this.thirds.present && conversation.aside;
    if (back) await this.#bringBack();
    if (session.ended) return;
    await this.#write(write, back);
    if (purpose === 'transfer' && session.agent === undefined && !this.thirds.present && !(await this.goBack()))
      await this.#parts.end(cause);
  }

  async #bringBack(): Promise<void> {
    const { session, conversation } = this.#parts;
    if (session.agent?.leg !== undefined) await session.soundOf(session.agent.leg).stop();
    if (!(await conversation.takeBack())) await this.#parts.end('failed');
  }

  /** They talk already: a store that cannot be written now is tried again, with whoever is there by then. */
  async #write(write: (tx: Tx) => Promise<void>, released: boolean, answered = false): Promise<void> {
    const { session } = this.#parts;
    try {
      await session.services.store.write(async (tx) => {
        await write(tx);
        const columns = await session.recording.note(tx);
        const event = answered
          ? ({ type: 'answered', agentId: null, order: 'transfer' } as const)
          : released
            ? ({ type: 'held', held: false } as const)
            : undefined;
        await setParties(tx, session.id, 'third', this.thirds.parties(), { columns, ...(event && { event }) });
      });
    } catch (error) {
      session.services.logger.error(`Who is in call ${session.id} could not be written; trying again.`, error);
      session.later(WRITE_AGAIN_SECONDS, () => this.#write(write, released, answered));
    }
  }

  #agent(): AgentLeg {
    const { session, conversation, pin } = this.#parts;
    const { agent } = session;
    if (!session.connected || agent?.leg === undefined || conversation.lost)
      throw new Problem('call-not-live', 'Nobody is talking.');
    if (pin.running) throw new Problem('conflict', 'The customer is keying the PIN. Wait until they are back.');
    return { ...agent, leg: agent.leg };
  }

  /** Takes up what a restart interrupted. */
  takeUp(transfers: number, third: Third | undefined): void {
    const { session } = this.#parts;
    this.#transfers = transfers;
    if (third === undefined) return;
    this.thirds.takeUp(third);
    session.thirdTalks = third.state === 'talking';
  }
}
