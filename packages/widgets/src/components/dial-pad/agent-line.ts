import { callHistory, type Desk, type Via } from '@callweave/sdk';
import { type Call, checkDialled, type DialCheck, type NumberingPlan } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DialLine, LiveCall, RecentCall } from './dial-line.ts';
import { planOfNumber } from './dialled-number.ts';

/** What the house allows besides, the server alone knows. */
const RESCUE_ONLY = { countries: [], allowed: null, premium: [] } as const;
const RECENT = 10;

/** An agent's side: calls out with a number of the house. */
export class AgentLine implements ReactiveController, DialLine {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  #followed: Desk | undefined;
  #ends: (() => void)[] = [];
  #callerIds: readonly string[] | undefined;
  #chosen: string | undefined;
  #error: unknown;
  #recent: readonly Call[] = [];
  #shown: Call | undefined;

  /** @param desk undefined while this is not an agent's pad */
  constructor(host: ReactiveControllerHost, desk: () => Desk | undefined) {
    this.#host = host;
    this.#desk = desk;
    host.addController(this);
  }

  hostConnected(): void {
    this.#follow(this.#desk());
  }

  hostUpdate(): void {
    this.#follow(this.#desk());
    const current = this.#followed?.calls.current.get();
    if (current?.direction === 'outbound' && current.kind === 'desk' && current.state !== 'wrap-up')
      this.#shown = current;
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(desk: Desk | undefined): void {
    if (desk === this.#followed) return;
    for (const end of this.#ends.splice(0)) end();
    this.#followed = desk;
    if (!desk) return;
    const update = () => this.#host.requestUpdate();
    this.#ends = [desk.calls.current.subscribe(update), desk.events.on('call', ({ data }) => this.#handleCall(data))];
    void this.#load(desk);
  }

  async #load(desk: Desk): Promise<void> {
    try {
      const { callerIds } = await desk.calls.targets();
      if (desk === this.#followed) this.#callerIds = callerIds;
    } catch (error) {
      if (desk === this.#followed) this.#error = error;
    }
    await this.#loadRecent(desk);
    this.#host.requestUpdate();
  }

  async #loadRecent(desk: Desk): Promise<void> {
    const session = desk.session.state.get();
    if (session.status !== 'signed-in') return;
    const { id: agentId } = session.session.account;
    // Without them the pad works all the same.
    const page = await desk
      .use(callHistory)
      .search({ direction: 'outbound', agentId }, null, RECENT)
      .catch(() => undefined);
    if (desk !== this.#followed || !page) return;
    this.#recent = page.calls;
    this.#host.requestUpdate();
  }

  #handleCall(call: Call): void {
    if (call.id !== this.#shown?.id) return;
    const over = !isOver(this.#shown) && isOver(call);
    this.#shown = call;
    this.#host.requestUpdate();
    if (over && this.#followed) void this.#loadRecent(this.#followed);
  }

  /** Undefined while they are loaded. */
  get callerIds(): readonly string[] | undefined {
    return this.#callerIds;
  }

  get error(): unknown {
    return this.#error;
  }

  get callerId(): string | undefined {
    return this.#chosen ?? this.#callerIds?.[0];
  }

  choose(callerId: string): void {
    this.#chosen = callerId;
    this.#host.requestUpdate();
  }

  get plan(): NumberingPlan | undefined {
    return planOfNumber(this.callerId);
  }

  check(dialled: string): DialCheck {
    const check = checkDialled(RESCUE_ONLY, dialled, this.plan);
    return this.plan === undefined && check !== 'emergency' ? 'allowed' : check;
  }

  get call(): LiveCall | undefined {
    const call = this.#shown;
    if (!call) return undefined;
    const { id, calledNumber, customer, answeredAt, outcome } = call;
    return {
      id,
      stage: this.#stageOf(call),
      number: calledNumber,
      project: customer?.name ?? null,
      answeredAt,
      outcome,
    };
  }

  #stageOf(call: Call): LiveCall['stage'] {
    if (isOver(call)) return 'ended';
    if (call.answeredAt !== null) return 'answered';
    const picked = call.routing.some(({ result }) => result === 'answered');
    if (picked || this.#followed?.phone.callOf(call.id)?.signalling === 'active') return 'dialling';
    const session = this.#followed?.session.state.get();
    const number = session?.status === 'signed-in' && session.session.account.device.kind === 'number';
    return number ? 'own-telephone' : 'own-phone';
  }

  get recent(): readonly RecentCall[] {
    return this.#recent.filter(isOver).map(({ id, startedAt, calledNumber, customer, outcome }) => ({
      id,
      at: startedAt,
      number: calledNumber,
      kind: 'out' as const,
      project: customer?.name ?? null,
      outcome,
    }));
  }

  async dial(to: string, _via: Via): Promise<void> {
    const { callerId } = this;
    const call = await this.#followed?.calls.dial({ to, ...(callerId === undefined ? {} : { callerId }) });
    if (call) this.#shown = call;
  }

  async hangup(callId: string): Promise<unknown> {
    const desk = this.#followed;
    return desk?.phone.callOf(callId) ? desk.phone.hangup(callId) : desk?.calls.hangup(callId);
  }

  dismiss(): void {
    this.#shown = undefined;
    this.#host.requestUpdate();
  }
}

const isOver = ({ state }: Call): boolean => state === 'ended' || state === 'wrap-up';
