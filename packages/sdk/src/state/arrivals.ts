export interface Arrivals<T> {
  /** An event tells how it is now. */
  event(item: T): void;
  /** So does the answer of a command, as good as the command's event and often sooner. */
  answer(answer: Promise<T>): Promise<T>;
}

/**
 * The one way in for the state of things of a kind. Events are in order, answers are not: somebody who is rung answers so
 * fast that the event of it overtakes the answer "rings". What an event has told while a command was under way therefore
 * stays; the command's own event follows.
 */
export function createArrivals<T extends { readonly id: string }>(put: (item: T) => void): Arrivals<T> {
  /** For each command under way, of what events have come since. */
  const underWay = new Set<Set<string>>();
  return {
    event(item) {
      for (const told of underWay) told.add(item.id);
      put(item);
    },
    async answer(answer) {
      const told = new Set<string>();
      underWay.add(told);
      try {
        const item = await answer;
        if (!told.has(item.id)) put(item);
        return item;
      } finally {
        underWay.delete(told);
      }
    },
  };
}
