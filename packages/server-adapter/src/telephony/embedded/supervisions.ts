import { ExchangeError, type SuperviseOptions, type SupervisionId, type SupervisionMode } from '../exchange.ts';
import type { Leg } from './leg.ts';

/** One leg that hears another's bridge, and may whisper to that other leg. */
export interface Supervision {
  readonly leg: Leg;
  readonly agent: Leg;
  mode: SupervisionMode;
  end(): void;
}

/** Who listens to whom. A supervision hangs on the two legs, so that it follows the agent from bridge to bridge. */
export class Supervisions {
  readonly #running = new Map<SupervisionId, Supervision>();

  supervise({ supervision: id, mode }: SuperviseOptions, leg: Leg, agent: Leg): void {
    if (!/^[A-Za-z0-9._-]{1,80}$/.test(id))
      throw new ExchangeError('invalid', `"${id}" cannot be a supervision's id. Give a UUID.`);
    if (leg === agent)
      throw new ExchangeError('invalid', 'A leg cannot supervise itself; give the legs of two people.');
    const running = this.#running.get(id);
    if (running !== undefined) {
      if (running.leg !== leg || running.agent !== agent)
        throw new ExchangeError(
          'invalid',
          `The supervision "${id}" has other legs; end it first, or choose another id.`,
        );
      running.mode = mode;
      return;
    }
    leg.supervises?.end();
    leg.bridge?.leave(leg);
    leg.bridge = undefined;
    const supervision: Supervision = {
      leg,
      agent,
      mode,
      end: () => {
        if (!this.#running.delete(id)) return;
        leg.supervises = undefined;
        agent.supervisedBy.delete(supervision);
        agent.bridge?.update();
      },
    };
    this.#running.set(id, supervision);
    leg.supervises = supervision;
    agent.supervisedBy.add(supervision);
    agent.bridge?.update();
  }

  end(id: SupervisionId): void {
    this.#running.get(id)?.end();
  }
}
