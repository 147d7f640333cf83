import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { missedCallsRoutes } from '../http/routes/missed-calls.ts';
import type { Call } from '../protocol/call.ts';
import type { MissedCall } from '../protocol/missed-call.ts';
import { LiveList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** Callers who reached nobody (G5). */
export interface MissedCalls {
  /** Open cases, the oldest first. Loaded on the first {@link open}, then kept true by events. */
  readonly waiting: Readable<Loadable<readonly MissedCall[]>>;
  /** Begins to follow them; returns the function that ends it. */
  open(): () => void;
  /** The latest that are closed. */
  closed(limit?: number): Promise<readonly MissedCall[]>;
  get(missedCallId: string): Promise<MissedCall>;
  /** Rings them, with the number they rang as caller id. The case is mine meanwhile, and free again when it fails. */
  callBack(missedCall: MissedCall): Promise<Call>;
  claim(missedCallId: string): Promise<MissedCall>;
  release(missedCallId: string): Promise<MissedCall>;
  close(missedCallId: string, note: string): Promise<MissedCall>;
}

export interface MissedCallsManager extends MissedCalls {
  reload(): void;
  reset(): void;
  handleMissedCall(missedCall: MissedCall): void;
}

export type Dial = (input: {
  readonly to: string;
  readonly callerId: string;
  readonly customerId?: string;
  readonly missedCallId: string;
}) => Promise<Call>;

export function createMissedCalls(client: Pick<Client, 'missedCalls'>, dial: Dial): MissedCallsManager {
  const list = new LiveList<MissedCall>({
    fetch: async () => (await client.missedCalls.list({ limit: 500 })).missedCalls,
    matches: ({ state }) => state === 'open',
    compare: (a, b) => (a.firstAt === b.firstAt ? (a.id < b.id ? -1 : 1) : a.firstAt < b.firstAt ? -1 : 1),
  });
  return {
    waiting: list.state,
    open: () => list.open(),
    reload: () => list.reload(),
    reset: () => list.reset(),
    handleMissedCall: (missedCall) => list.put(missedCall),
    closed: async (limit = 50) => (await client.missedCalls.list({ state: 'closed', limit })).missedCalls,
    get: (missedCallId) => client.missedCalls.get({ missedCallId }),
    async callBack({ id, number, calledNumber, customer }) {
      await client.missedCalls.claim({ missedCallId: id });
      try {
        const who = customer === null ? {} : { customerId: customer.id };
        return await dial({ to: number, callerId: calledNumber, missedCallId: id, ...who });
      } catch (error) {
        // Nobody is ringing them: the next person may. If that fails too, the claim ends by itself.
        await client.missedCalls.release({ missedCallId: id }).catch(() => undefined);
        throw error;
      }
    },
    claim: (missedCallId) => client.missedCalls.claim({ missedCallId }),
    release: (missedCallId) => client.missedCalls.release({ missedCallId }),
    close: (missedCallId, note) => client.missedCalls.close({ missedCallId, note }),
  };
}

/** Callers who reached nobody. */
export const missedCalls: Feature<MissedCalls> = {
  name: 'missedCalls',
  create({ clientFor, calls, on, keep }) {
    const made = createMissedCalls(clientFor({ missedCalls: missedCallsRoutes }), calls.dial);
    on('missed-call', ({ data }) => made.handleMissedCall(data));
    keep(made);
    return made;
  },
};
