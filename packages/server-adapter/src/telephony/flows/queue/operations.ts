import { type contract, openStateAt, type Queue } from '@callweave/sdk/protocol';
import type { Clock } from '../../../clock.ts';
import type { Implementation } from '../../../http/operation.ts';
import type { QueueDesk } from './queue-desk.ts';
import { secondsPerPlace } from './wait-average.ts';

/** The contract's `queues`: where there are none, an empty list. */
export function createQueueOperations(
  desk: QueueDesk | undefined,
  clock: Clock,
): Implementation<typeof contract.queues> {
  return {
    async list() {
      const queues: Queue[] = [];
      for (const rules of desk?.queues ?? []) {
        const members = (await desk?.membersOf(rules)) ?? [];
        const line = desk?.line(rules.id) ?? [];
        const { open, until } = openStateAt(rules.hours, clock.now());
        const changes = until?.toISOString() ?? null;
        const [longest] = line;
        queues.push({
          id: rules.id,
          names: rules.names,
          strategy: rules.strategy,
          open,
          opensAt: open ? null : changes,
          closesAt: open ? changes : null,
          waiting: line.filter(({ kind }) => kind === 'call').length,
          callbacks: line.filter(({ kind }) => kind === 'callback').length,
          longestSince: longest === undefined ? null : new Date(longest.since).toISOString(),
          members: members.length,
          free: members.filter((member) => desk?.isFree(member) === true).length,
          secondsPerPlace: desk === undefined ? null : secondsPerPlace(desk.averageOf(rules.id)),
        });
      }
      return { queues };
    },
  };
}
