import {
  ExchangeError,
  type LegId,
  type SuperviseOptions,
  type SupervisionId,
  type SupervisionMode,
} from '../exchange.ts';
import type { AriBridge, AriChannel } from './ari-messages.ts';
import type { Bridges } from './bridges.ts';
import { type ExchangeContext, legGone } from './exchange-context.ts';
import type { Leg } from './legs.ts';
import { type SnoopDirections, type Snoops, snoopedLeg } from './snoops.ts';

interface Supervision {
  readonly leg: LegId;
  readonly agentLeg: LegId;
  mode: SupervisionMode;
}

/** Apart from the flows' bridges, which are swept when none of their legs is in them. */
const bridgeName = 'callweave-supervision';

const bridgeOf = (id: SupervisionId) => `cw-supervise-${id}`;
const snoopOf = (id: SupervisionId, mode: SupervisionMode) => `cw-${mode}-in-${id}`;
const other: Readonly<Record<SupervisionMode, SupervisionMode>> = { listen: 'whisper', whisper: 'listen' };

/**
 * Supervisors. A snoop on the agent's channel hears what the agent says and hears, wherever that channel goes; it shares a
 * bridge with the supervisor's leg. To listen, the snoop has no way out for sound at all, so a slip here cannot let a
 * supervisor be heard; to whisper, its sound goes to the agent's ear.
 */
export class Supervisions {
  readonly #context: ExchangeContext;
  readonly #snoops: Snoops;
  readonly #bridges: Bridges;
  readonly #running = new Map<SupervisionId, Supervision>();
  /** Commands on one supervision come one after the other: two snoops would hear everything twice. */
  readonly #turns = new Map<SupervisionId, Promise<unknown>>();

  constructor(context: ExchangeContext, snoops: Snoops, bridges: Bridges) {
    this.#context = context;
    this.#snoops = snoops;
    this.#bridges = bridges;
  }

  async supervise(options: SuperviseOptions, leg: Leg, agent: Leg): Promise<void> {
    const { supervision: id, mode } = options;
    if (!/^[A-Za-z0-9._-]{1,80}$/.test(id))
      throw new ExchangeError('invalid', `"${id}" cannot be a supervision's id. Give a UUID.`);
    if (leg === agent)
      throw new ExchangeError('invalid', 'A leg cannot supervise itself; give the legs of two people.');
    for (const each of [leg, agent])
      if (!each.entered || each.state !== 'up')
        throw new ExchangeError('invalid', `Leg "${each.id}" is not answered yet: supervise after its "answered".`);
    await this.#inTurn(id, async () => {
      const running = this.#running.get(id);
      if (running === undefined) return this.#begin(options, leg);
      if (running.leg !== leg.id || running.agentLeg !== agent.id)
        throw new ExchangeError(
          'invalid',
          `The supervision "${id}" has other legs; end it first, or choose another id.`,
        );
      if (running.mode === mode) return;
      await this.#connectSnoop(options);
      running.mode = mode;
      await this.#snoops.close(snoopOf(id, other[mode]));
    });
  }

  async end(id: SupervisionId): Promise<void> {
    await this.#inTurn(id, () => this.#end(id));
  }

  /** Whether a supervisor hears through this snoop. */
  usesSnoop(channel: string): boolean {
    return [...this.#running].some(([id, { mode }]) => snoopOf(id, mode) === channel);
  }

  legEnded(leg: LegId): void {
    for (const [id, running] of this.#running) {
      if (running.leg !== leg && running.agentLeg !== leg) continue;
      this.end(id).catch((error: unknown) => {
        if (error instanceof ExchangeError && error.code === 'exchange-down') return;
        this.#context.problem(`A supervision could not be ended: ${String(error)}`);
      });
    }
  }

  /** After a (re)connect: supervisions go on whose legs and snoop are there; what is left of others is swept. */
  async resync(bridges: readonly AriBridge[], channels: readonly AriChannel[]): Promise<void> {
    const { legs } = this.#context;
    for (const id of this.#running.keys()) if (!bridges.some((bridge) => bridge.id === bridgeOf(id))) this.#forget(id);
    for (const bridge of bridges.filter(({ name }) => name === bridgeName)) {
      const id = bridge.id.slice(bridgeOf('').length);
      const found = this.#foundIn(id, bridge, channels);
      if (found !== undefined && legs.has(found.leg) && legs.has(found.agentLeg)) this.#remember(id, found);
      else await this.#end(id);
    }
  }

  #foundIn(id: SupervisionId, bridge: AriBridge, channels: readonly AriChannel[]): Supervision | undefined {
    const leg = bridge.channels.find((channel) => this.#context.legs.has(channel));
    for (const mode of ['whisper', 'listen'] as const) {
      const snoop = channels.find((channel) => channel.id === snoopOf(id, mode));
      const agentLeg = snoop === undefined ? undefined : snoopedLeg(snoop.name);
      if (leg !== undefined && agentLeg !== undefined) return { leg, agentLeg, mode };
    }
    return undefined;
  }

  async #begin(options: SuperviseOptions, leg: Leg): Promise<void> {
    const { supervision: id, agentLeg, mode } = options;
    if (leg.supervises !== undefined) await this.#end(leg.supervises);
    if (leg.bridge !== undefined) await this.#bridges.leave(leg.bridge, leg);
    this.#remember(id, { leg: leg.id, agentLeg, mode });
    try {
      await this.#context.ari.request('POST', ['bridges', bridgeOf(id)], {
        query: { type: 'mixing,proxy_media', name: bridgeName },
      });
      await this.#addChannel(id, leg.id);
      await this.#connectSnoop(options);
      // A leg that ended meanwhile asked for the end of this supervision when nothing of it was there yet.
      for (const each of [leg.id, agentLeg])
        if (!this.#context.legs.has(each)) throw new ExchangeError('unknown-leg', `The leg "${each}" has just ended.`);
    } catch (error) {
      await this.#end(id);
      throw error;
    }
  }

  async #connectSnoop({ supervision: id, agentLeg, mode }: SuperviseOptions): Promise<void> {
    const directions: SnoopDirections = mode === 'whisper' ? { spy: 'both', whisper: 'out' } : { spy: 'both' };
    await this.#snoops.open(agentLeg, snoopOf(id, mode), directions);
    try {
      await this.#addChannel(id, snoopOf(id, mode));
    } catch (error) {
      await this.#snoops.close(snoopOf(id, mode));
      throw error;
    }
  }

  async #addChannel(id: SupervisionId, channel: string): Promise<void> {
    await this.#context.ari.request('POST', ['bridges', bridgeOf(id), 'addChannel'], {
      query: { channel, absorbDTMF: true, inhibitConnectedLineUpdates: true },
      errors: { ...legGone, 400: 'unknown-leg', 422: 'unknown-leg' },
    });
  }

  async #end(id: SupervisionId): Promise<void> {
    this.#forget(id);
    await this.#snoops.close(snoopOf(id, 'listen'));
    await this.#snoops.close(snoopOf(id, 'whisper'));
    await this.#context.ari.request('DELETE', ['bridges', bridgeOf(id)], { accept: [404] });
  }

  #remember(id: SupervisionId, supervision: Supervision): void {
    this.#running.set(id, supervision);
    const leg = this.#context.legs.get(supervision.leg);
    if (leg !== undefined) leg.supervises = id;
  }

  #forget(id: SupervisionId): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#running.delete(id);
    const leg = this.#context.legs.get(running.leg);
    if (leg?.supervises === id) leg.supervises = undefined;
  }

  async #inTurn(id: SupervisionId, work: () => Promise<void>): Promise<void> {
    const mine = (this.#turns.get(id) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined);
    this.#turns.set(id, settled);
    try {
      await mine;
    } finally {
      if (this.#turns.get(id) === settled) this.#turns.delete(id);
    }
  }
}
