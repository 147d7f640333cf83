import type { QueueStrategy } from '@callweave/sdk/protocol';

/** Somebody who waits: a caller on the line, or one who is to be called back. */
export interface InLine {
  readonly id: string;
  readonly queueId: string;
  readonly since: number;
  /** A customer who is to be called back is called by one member, whatever the strategy. */
  readonly kind: 'call' | 'callback';
  /** At how many members it rings for them now. */
  readonly ringing: number;
  /** They key a number just now, or are on their way out: nobody is rung, and their place is kept. */
  readonly paused: boolean;
  /** Whoever has just handed them on: not rung for them again. */
  readonly except?: string | undefined;
}

export interface QueueLine {
  readonly id: string;
  readonly strategy: QueueStrategy;
  /** Account ids, in the order of a round robin. */
  readonly members: readonly string[];
  /** Who was rung last, for the round robin. */
  readonly lastRung: string | undefined;
}

export interface Offer {
  readonly waiterId: string;
  readonly accountIds: readonly string[];
}

export function byPlace(a: Pick<InLine, 'since' | 'id'>, b: Pick<InLine, 'since' | 'id'>): number {
  return a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Who rings for whom now. Whoever has waited longest, over all queues, chooses first among the free members of their
 * queue, so that a member of several queues goes to the longest waiter and nobody overtakes. Pure.
 *
 * @param idleSince of those who are free: since when
 */
export function offersFor(
  waiters: readonly InLine[],
  lines: ReadonlyMap<string, QueueLine>,
  idleSince: ReadonlyMap<string, number>,
): Offer[] {
  const free = new Map(idleSince);
  const lastRung = new Map([...lines.values()].map(({ id, lastRung: last }) => [id, last]));
  const offers: Offer[] = [];
  for (const waiter of [...waiters].sort(byPlace)) {
    if (free.size === 0) break;
    const line = lines.get(waiter.queueId);
    if (line === undefined || waiter.paused) continue;
    const ringsAll = line.strategy === 'ring-all' && waiter.kind === 'call';
    if (waiter.ringing > 0 && !ringsAll) continue;
    const candidates = line.members.filter((id) => free.has(id) && id !== waiter.except);
    const chosen = ringsAll ? candidates : pick(line, candidates, free, lastRung.get(line.id));
    if (chosen.length === 0) continue;
    for (const id of chosen) free.delete(id);
    lastRung.set(line.id, chosen.at(-1));
    offers.push({ waiterId: waiter.id, accountIds: chosen });
  }
  return offers;
}

function pick(
  line: QueueLine,
  candidates: readonly string[],
  idleSince: ReadonlyMap<string, number>,
  last: string | undefined,
): string[] {
  if (line.strategy === 'round-robin') {
    const from = last === undefined ? 0 : line.members.indexOf(last) + 1;
    const turn = [...line.members.slice(from), ...line.members.slice(0, from)];
    return turn.filter((id) => candidates.includes(id)).slice(0, 1);
  }
  const longest = candidates.reduce<string | undefined>(
    (best, id) => (best === undefined || (idleSince.get(id) as number) < (idleSince.get(best) as number) ? id : best),
    undefined,
  );
  return longest === undefined ? [] : [longest];
}
