import { type Desk, type FieldCalls, fieldCalls, type OwnNumbers, type Via } from '@callweave/sdk';
import {
  type CallbackCase,
  CZECHIA,
  type DialCheck,
  type FieldCall,
  IRAN,
  type NumberingPlan,
  type OwnPairing,
  readDialled,
} from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DialLine, LiveCall, RecentCall } from './dial-line.ts';
import { planOfNumber } from './dialled-number.ts';

const PLANS = { IR: IRAN, CZ: CZECHIA } as const;

/** A field caller's side: calls through a chosen fictitious number, and missed calls that can be returned. */
export class FieldLine implements ReactiveController, DialLine {
  readonly #host: ReactiveControllerHost;
  readonly #desk: () => Desk | undefined;
  #followed: Desk | undefined;
  #ends: (() => void)[] = [];
  #chosen: OwnPairing | undefined;
  /** The call shown last, and on which phone it was asked for. */
  #shown: { readonly id: string; readonly via: Via | undefined } | undefined;

  /** @param desk undefined while this is not a field caller's pad */
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
    const going = this.#calls.find(({ state }) => state !== 'ended');
    if (going && going.id !== this.#shown?.id) this.#shown = { id: going.id, via: undefined };
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  #follow(desk: Desk | undefined): void {
    if (desk === this.#followed) return;
    for (const end of this.#ends.splice(0)) end();
    this.#followed = desk;
    if (!desk) return;
    const feature = desk.use(fieldCalls);
    const update = () => this.#host.requestUpdate();
    this.#ends = [
      feature.open(),
      ...[feature.numbers, feature.calls, feature.missed].map((each) => each.subscribe(update)),
    ];
  }

  get #feature(): FieldCalls | undefined {
    return this.#followed?.use(fieldCalls);
  }

  /** Undefined while they are loaded; an error when that failed. */
  get numbers(): OwnNumbers | undefined {
    const numbers = this.#feature?.numbers.get();
    return numbers?.status === 'ready' ? numbers.value : undefined;
  }

  get error(): unknown {
    const numbers = this.#feature?.numbers.get();
    return numbers?.status === 'failed' ? numbers.error : undefined;
  }

  get #calls(): readonly FieldCall[] {
    const calls = this.#feature?.calls.get();
    return calls?.status === 'ready' ? calls.value : [];
  }

  get missed(): readonly CallbackCase[] {
    const missed = this.#feature?.missed.get();
    return missed?.status === 'ready' ? missed.value : [];
  }

  /** The pairing that is called through: the chosen one, as it is now, or the first. */
  get pairing(): OwnPairing | undefined {
    const pairings = this.numbers?.pairings ?? [];
    return this.#chosen ? pairings.find(({ id }) => id === this.#chosen?.id) : pairings[0];
  }

  /** It was chosen, and can no longer be called through. */
  get expired(): OwnPairing | undefined {
    return this.numbers && this.#chosen && !this.pairing ? this.#chosen : undefined;
  }

  choose(pairingId: string): void {
    this.#chosen = this.numbers?.pairings.find(({ id }) => id === pairingId);
    this.#host.requestUpdate();
  }

  get plan(): NumberingPlan | undefined {
    const { pairing } = this;
    const { numbering } = pairing?.project ?? {};
    return numbering ? PLANS[numbering] : planOfNumber(pairing?.fictitiousNumber);
  }

  check(dialled: string): DialCheck {
    const { pairing, plan } = this;
    if (!pairing) return 'allowed';
    const check = readDialled(pairing.project.dialPolicy, dialled, plan).check;
    // Without the plan, only rescue services are certain.
    return plan === undefined && check !== 'emergency' ? 'allowed' : check;
  }

  get call(): LiveCall | undefined {
    const call = this.#calls.find(({ id }) => id === this.#shown?.id);
    if (!call) return undefined;
    const { id, kind, state, outcome, dialled, project, answeredAt } = call;
    const stage =
      state !== 'own-phone'
        ? state
        : kind === 'in'
          ? 'incoming'
          : this.#shown?.via === 'telephone'
            ? 'own-telephone'
            : 'own-phone';
    return { id, stage, outcome, number: dialled, project: project.name, answeredAt };
  }

  get recent(): readonly RecentCall[] {
    return this.#calls
      .filter(({ state }) => state === 'ended')
      .slice(0, 10)
      .map(({ id, startedAt, dialled, kind, project, outcome }) => ({
        id,
        at: startedAt,
        number: dialled,
        kind,
        project: project.name,
        outcome,
      }));
  }

  async dial(to: string, via: Via): Promise<void> {
    const { pairing } = this;
    if (pairing) this.#show(await this.#feature?.dial(pairing.id, to, via), via);
  }

  async callBack(caseId: string, via: Via): Promise<void> {
    this.#show(await this.#feature?.callBack(caseId, via), via);
  }

  async hangup(callId: string): Promise<unknown> {
    return this.#feature?.hangup(callId);
  }

  dismiss(): void {
    this.#shown = undefined;
    this.#host.requestUpdate();
  }

  #show(call: FieldCall | undefined, via: Via): void {
    if (call) this.#shown = { id: call.id, via };
    this.#host.requestUpdate();
  }
}
