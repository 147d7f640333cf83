import { type BridgeId, ExchangeError, type LegId } from '../exchange.ts';
import type { AriBridge } from './ari-messages.ts';
import { type ExchangeContext, legIn } from './exchange-context.ts';
import type { Leg } from './legs.ts';

/** By this name a restarted adapter tells its own bridges from other applications'. */
export const bridgeName = 'callweave';

interface Bridge {
  /** Set while it exists in Asterisk. Made on the first join, removed with its last leg: an idle bridge is a leak. */
  made?: Promise<void> | undefined;
  readonly members: Set<LegId>;
}

/** Who hears whom. */
export class Bridges {
  readonly #context: ExchangeContext;
  readonly #bridges = new Map<BridgeId, Bridge>();

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  create(id: BridgeId): void {
    if (id === '') throw new ExchangeError('invalid', 'A bridge needs an id.');
    if (!this.#bridges.has(id)) this.#bridges.set(id, { members: new Set() });
  }

  mustKnow(id: BridgeId): void {
    this.#bridge(id);
  }

  async join(id: BridgeId, leg: Leg): Promise<void> {
    const bridge = this.#bridge(id);
    if (leg.bridge !== undefined && leg.bridge !== id) await this.leave(leg.bridge, leg);
    bridge.members.add(leg.id);
    leg.bridge = id;
    // A held leg takes its place in the bridge when it is taken back.
    if (leg.onHold) return;
    try {
      await this.connect(leg);
    } catch (error) {
      bridge.members.delete(leg.id);
      leg.bridge = undefined;
      throw error;
    }
  }

  /** Puts a member's channel into the bridge. */
  async connect(leg: Leg): Promise<void> {
    if (leg.bridge === undefined) return;
    const id = leg.bridge;
    const bridge = this.#bridge(id);
    const { ari } = this.#context;
    bridge.made ??= this.#make(id, bridge);
    await bridge.made;
    await ari.request('POST', ['bridges', id, 'addChannel'], {
      query: { channel: leg.id, absorbDTMF: leg.account === undefined, inhibitConnectedLineUpdates: true },
      errors: { 400: 'unknown-leg', 404: 'unknown-bridge', 409: 'unknown-leg', 422: 'unknown-leg' },
    });
  }

  async leave(id: BridgeId, leg: Leg): Promise<void> {
    const bridge = this.#bridge(id);
    if (leg.bridge !== id) return;
    await this.disconnect(leg);
    leg.bridge = undefined;
    bridge.members.delete(leg.id);
    await this.#removeIfEmpty(id, bridge);
  }

  /** Takes a member's channel out of the bridge; it stays a member. */
  async disconnect(leg: Leg): Promise<void> {
    if (leg.bridge === undefined || this.#bridge(leg.bridge).made === undefined) return;
    // 422: the channel is not in it.
    await this.#context.ari.request('POST', ['bridges', leg.bridge, 'removeChannel'], {
      query: { channel: leg.id },
      errors: { 400: 'unknown-leg', 404: 'unknown-bridge', 409: 'unknown-leg' },
      accept: [422],
    });
  }

  async destroy(id: BridgeId): Promise<void> {
    const bridge = this.#bridge(id);
    this.#bridges.delete(id);
    for (const member of bridge.members) {
      const leg = this.#context.legs.get(member);
      if (leg !== undefined) leg.bridge = undefined;
    }
    if (bridge.made !== undefined) await this.#remove(id);
  }

  legEnded(leg: Leg): void {
    const { bridge: id } = leg;
    const bridge = id === undefined ? undefined : this.#bridges.get(id);
    if (id === undefined || bridge === undefined) return;
    bridge.members.delete(leg.id);
    this.#removeIfEmpty(id, bridge).catch((error: unknown) => {
      if (!(error instanceof ExchangeError && error.code === 'exchange-down'))
        this.#context.problem(`A bridge could not be removed: ${String(error)}`);
    });
  }

  /** After a restart: a held leg keeps its place in a bridge that it is not in at the moment. */
  adoptHeld(id: BridgeId, leg: Leg): void {
    this.create(id);
    this.#bridge(id).members.add(leg.id);
    leg.bridge = id;
  }

  /** After a (re)connect: takes over our bridges that carry live legs, and sweeps those that nobody is in. */
  async resync(found: readonly AriBridge[]): Promise<void> {
    const ours = found.filter(({ name }) => name === bridgeName);
    const present = new Set(ours.map(({ id }) => id));
    for (const [id, bridge] of this.#bridges) bridge.made = present.has(id) ? Promise.resolve() : undefined;
    for (const { id, channels } of ours) {
      const members = channels.filter((channel) => this.#context.legs.has(channel));
      if (members.length === 0 && (this.#bridges.get(id)?.members.size ?? 0) === 0) {
        await this.#remove(id);
        const bridge = this.#bridges.get(id);
        if (bridge !== undefined) bridge.made = undefined;
        continue;
      }
      const bridge: Bridge = this.#bridges.get(id) ?? { made: Promise.resolve(), members: new Set<LegId>() };
      this.#bridges.set(id, bridge);
      for (const member of members) {
        bridge.members.add(member);
        legIn(this.#context, member).bridge = id;
      }
    }
  }

  #bridge(id: BridgeId): Bridge {
    const bridge = this.#bridges.get(id);
    if (bridge === undefined)
      throw new ExchangeError('unknown-bridge', `There is no bridge "${id}": create it first, or it was destroyed.`);
    return bridge;
  }

  async #make(id: BridgeId, bridge: Bridge): Promise<void> {
    try {
      await this.#context.ari.request('POST', ['bridges', id], {
        query: { type: 'mixing,dtmf_events,proxy_media', name: bridgeName },
      });
    } catch (error) {
      bridge.made = undefined;
      throw error;
    }
  }

  async #removeIfEmpty(id: BridgeId, bridge: Bridge): Promise<void> {
    if (bridge.members.size > 0 || bridge.made === undefined) return;
    bridge.made = undefined;
    await this.#remove(id);
  }

  async #remove(id: BridgeId): Promise<void> {
    await this.#context.ari.request('DELETE', ['bridges', id], { accept: [404] });
  }
}
