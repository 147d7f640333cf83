import { findCall as findCallRow } from '../../../calls/index.ts';
import { newId } from '../../../id.ts';
import { Problem } from '../../../problem.ts';
import {
  closeSupervision,
  openSupervision,
  presentSupervisions,
  type SupervisionControl,
  type SupervisionPolicy,
  type SupervisionRequest,
  type SupervisionRow,
} from '../../../supervision/index.ts';
import { ExchangeError, type LegSnapshot } from '../../exchange.ts';
import type { FlowServices } from '../call-session.ts';
import type { DeskCall } from '../desk-call.ts';
import { writeTag } from '../leg-tag.ts';
import type { Responder } from '../responders.ts';
import type { CallFlow } from '../switchboard.ts';
import { EscalationClock } from './escalation-clock.ts';
import { Supervisor } from './supervisor.ts';

export interface SupervisionFlowOptions {
  readonly services: FlowServices;
  readonly policy: SupervisionPolicy;
  /** A call of the desk that goes on. */
  readonly findCall: (callId: string) => DeskCall | undefined;
  readonly isUp: () => boolean;
}

/** Supervisors at the desk's calls: takes no call of its own, but has the supervisors' legs. To be asked after the desk. */
export class SupervisionFlow implements CallFlow, SupervisionControl {
  readonly name = 'supervision';
  readonly #options: SupervisionFlowOptions;
  readonly #supervisors = new Map<string, Supervisor>();
  readonly #escalations: EscalationClock;
  #unsubscribe: (() => void) | undefined;

  constructor(options: SupervisionFlowOptions) {
    this.#options = options;
    this.#escalations = new EscalationClock({
      services: options.services,
      policy: options.policy,
      goesOn: (callId) => options.findCall(callId) !== undefined,
      comes: (escalationId) => this.#comingFor.has(escalationId),
    });
  }

  /** Escalations whose supervisor is on their way, or there. */
  readonly #comingFor = new Map<string, Supervisor>();

  take(): undefined {
    return undefined;
  }

  /** Its legs are swept by their owners: no call is only a supervisor's. */
  has(): boolean {
    return false;
  }

  get activity(): number {
    const supervisors = [...this.#supervisors.values()].filter(({ active }) => active).length;
    return supervisors + (this.#escalations.mailbox.idle ? 0 : 1);
  }

  async recover(legs: readonly LegSnapshot[]): Promise<boolean> {
    const { services } = this.#options;
    this.#unsubscribe ??= services.store.onCommitted((events) => this.#committed(events));
    let complete = true;
    for (const row of await presentSupervisions(services.store.db)) {
      if (this.#supervisors.has(row.id)) continue;
      try {
        complete = (await this.#takeUp(row, legs)) && complete;
      } catch (error) {
        complete = false;
        services.logger.error(`The supervision ${row.id} could not be taken up; trying again.`, error);
      }
    }
    if (!complete) return false;
    try {
      await this.#escalations.recover();
    } catch (error) {
      services.logger.error('The requests for a supervisor could not be taken up; trying again.', error);
      return false;
    }
    return true;
  }

  async #takeUp(row: SupervisionRow, legs: readonly LegSnapshot[]): Promise<boolean> {
    const { services, findCall } = this.#options;
    const alive = legs.find(({ leg }) => leg === row.leg_id);
    const [responder] = await services.responders.byIds([row.account_id]);
    if (alive !== undefined && findCall(row.call_id) === undefined) {
      // The call itself may not have been taken up yet.
      const call = await findCallRow(services.store.db, row.call_id);
      if (call?.state === 'answered') return false;
    }
    if (alive === undefined || responder === undefined || findCall(row.call_id) === undefined) {
      // A leg that is left over is nobody's now, and is ended with all such.
      await services.store.write((tx) => closeSupervision(tx, row.id));
      return true;
    }
    const supervisor = this.#begin(row, responder);
    services.busy.claim(responder.id, row.id);
    supervisor.takeUp(alive.state === 'up' && row.state === 'on');
    if (alive.state === 'up' && row.state === 'ringing')
      supervisor.handle({ type: 'answered', leg: row.leg_id, at: services.clock.now() });
    return true;
  }

  async enter(request: SupervisionRequest): Promise<string> {
    return (await this.#enter(request)).id;
  }

  async takeOver(request: Omit<SupervisionRequest, 'mode'>): Promise<string> {
    const supervisor = await this.#enter({ ...request, mode: 'listen' }, 'any mode');
    await supervisor.takeOver();
    return supervisor.id;
  }

  async leave(callId: string, accountId: string): Promise<void> {
    await this.#at(callId, accountId)?.leave();
  }

  escalationsChanged(): void {
    this.#escalations.refresh();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#escalations.stop();
    const mailboxes = [...this.#supervisors.values()];
    for (const supervisor of mailboxes) supervisor.abandon();
    await Promise.all([...mailboxes, this.#escalations].map(({ mailbox }) => mailbox.drained()));
  }

  async #enter(request: SupervisionRequest, keep?: 'any mode'): Promise<Supervisor> {
    const { callId, supervisor: caller, mode, reason, escalationId } = request;
    const { services, policy, findCall, isUp } = this.#options;
    const present = this.#at(callId, caller.accountId);
    if (present !== undefined) {
      if (keep === undefined) await present.changeMode(mode);
      return present;
    }
    const call = findCall(callId);
    if (call === undefined || !call.session.connected || call.session.agent === undefined)
      throw new Problem('call-not-live', 'In this call nobody talks at the moment.');
    if (call.session.agent?.responder.id === caller.accountId) throw new Problem('conflict', 'This is your own call.');
    if (!caller.roles.includes('supervisor') && !policy.managersListen)
      throw new Problem('not-allowed', 'Managers do not listen to calls in this house.');
    if (policy.reasonRequired && reason === undefined)
      throw new Problem('reason-missing', 'Listening to a call needs a reason.');
    if (!isUp()) throw new Problem('exchange-unavailable', 'The exchange does not answer.');
    const [responder] = await services.responders.byIds([caller.accountId]);
    if (responder === undefined) throw new Problem('exchange-unavailable', 'Your account has no telephone.');

    const id = newId('sup', services.clock.now());
    if (!services.busy.claim(responder.id, id)) throw new Problem('in-a-call', 'You are in a call yourself.');
    const leg = newId('leg', services.clock.now());
    const begun = { id, call_id: callId, leg_id: leg, mode, escalation_id: escalationId ?? null, track: null };
    const supervisor = this.#begin(begun, responder);
    try {
      await services.store.write((tx) =>
        openSupervision(tx, {
          id,
          callId,
          accountId: responder.id,
          legId: leg,
          mode,
          reason: reason ?? '',
          visible: policy.agentSees || mode !== 'listen',
          escalationId: escalationId ?? null,
        }),
      );
      await services.exchange.ring({
        leg,
        device: responder.device,
        callerId: { number: call.session.calledNumber },
        timeoutSeconds: services.policy.ringSeconds,
        // The page that asked answers by itself.
        ...(responder.device.kind === 'browser' && {
          headers: { 'X-Callweave-Call': callId, 'X-Callweave-Dial': callId },
        }),
        tag: writeTag({ callId, role: 'supervisor', accountId: responder.id }),
      });
    } catch (error) {
      await supervisor.failed();
      const unreachable = error instanceof ExchangeError && error.code === 'unreachable';
      throw new Problem(
        'exchange-unavailable',
        unreachable ? 'Your phone is not registered.' : 'Your phone could not be rung.',
        { cause: error },
      );
    }
    return supervisor;
  }

  #begin(begun: ConstructorParameters<typeof Supervisor>[1] | SupervisionRow, responder: Responder): Supervisor {
    const { services, policy, findCall } = this.#options;
    const supervisor = new Supervisor(
      { services, policy, findCall, over: (ended) => this.#over(ended) },
      begun as ConstructorParameters<typeof Supervisor>[1],
      responder,
    );
    this.#supervisors.set(supervisor.id, supervisor);
    if (begun.escalation_id !== null) this.#comingFor.set(begun.escalation_id, supervisor);
    services.switchboard.own(supervisor.leg, supervisor);
    return supervisor;
  }

  #over(ended: Supervisor): void {
    this.#supervisors.delete(ended.id);
    for (const [id, supervisor] of this.#comingFor) if (supervisor === ended) this.#comingFor.delete(id);
    this.#escalations.refresh();
  }

  #at(callId: string, accountId: string): Supervisor | undefined {
    return [...this.#supervisors.values()].find(
      (each) => each.callId === callId && each.responder.id === accountId && !each.ended,
    );
  }

  /** Every change of a call is published: then whoever is at it looks where its agent is now, and whether it goes on. */
  #committed(events: readonly { readonly type: string; readonly data: string }[]): void {
    const calls = events.filter(({ type }) => type === 'call');
    // Nothing in the list: another process wrote some.
    const concerns = (callId: string) => events.length === 0 || calls.some(({ data }) => data.includes(`"${callId}"`));
    for (const supervisor of this.#supervisors.values()) if (concerns(supervisor.callId)) supervisor.follow();
    if (this.#escalations.callIds.some(concerns)) this.#escalations.refresh();
  }
}
