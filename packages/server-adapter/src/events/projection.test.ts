import { expect, it } from 'vitest';
import type { Audience, Store, Tx } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { EventLog } from './event-log.ts';
import { createProjection, type Projection } from './projection.ts';

const publish = (store: Store, id: string, audience: Audience = ['role:supervisor']) =>
  store.write((tx) => tx.publish({ type: 'order-removed', data: { id } }, audience));

/** Counts each event in the database itself, so that what is derived twice, or lost with a write, is seen. */
function counting(store: Store, options: { fault?: (id: string) => void; errors?: unknown[]; name?: string } = {}) {
  const seen: string[] = [];
  const projection = createProjection({
    store,
    name: options.name ?? 'test',
    types: ['order-removed'],
    async apply(tx: Tx, event) {
      options.fault?.(event.data.id);
      await tx.next(`seen:${event.data.id}`);
      tx.afterCommit(() => seen.push(event.data.id));
    },
    onError: (error) => options.errors?.push(error),
  });
  return { projection, seen };
}

const times = async (store: Store) =>
  Object.fromEntries(
    (await store.db.selectFrom('counters').selectAll().where('name', 'like', 'seen:%').execute()).map((row) => [
      row.name.slice('seen:'.length),
      Number(row.value),
    ]),
  );

describeStores('projection', (makeStore) => {
  const running: Projection[] = [];
  const started = async ({ projection, ...rest }: ReturnType<typeof counting>) => {
    await projection.start();
    running.push(projection);
    return { projection, ...rest };
  };
  const stopAll = () => Promise.all(running.splice(0).map((projection) => projection.stop()));

  it('derives what was there before, and what comes, in order', async () => {
    const store = await makeStore();
    await publish(store, 'early');
    const { projection, seen } = await started(counting(store));
    for (const id of ['b', 'c', 'd']) await publish(store, id);
    await projection.caughtUp();
    expect(seen).toEqual(['early', 'b', 'c', 'd']);
    await stopAll();
  });

  it('goes on where it was, and derives nothing twice, after a stop and with two at work', async () => {
    const store = await makeStore();
    const one = await started(counting(store));
    for (let i = 0; i < 20; i += 1) await publish(store, `a${i}`);
    await one.projection.caughtUp();
    await stopAll();
    for (let i = 0; i < 20; i += 1) await publish(store, `b${i}`);
    const both = await Promise.all([started(counting(store)), started(counting(store))]);
    await Promise.all(Array.from({ length: 300 }, (_, i) => publish(store, `c${i}`)));
    await Promise.all(both.map(({ projection }) => projection.caughtUp()));
    const counts = await times(store);
    expect(Object.keys(counts)).toHaveLength(340);
    expect(new Set(Object.values(counts))).toEqual(new Set([1]));
    await stopAll();
  });

  it('waits at an event that cannot be derived, and takes nothing of its batch back into the world', async () => {
    const store = await makeStore();
    const errors: unknown[] = [];
    let broken = true;
    for (const id of ['a', 'poison', 'b']) await publish(store, id);
    const { projection, seen } = await started(
      counting(store, {
        errors,
        fault: (id) => {
          if (broken && id === 'poison') throw new Error('cannot be derived');
        },
      }),
    );
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(await times(store)).toEqual({});
    broken = false;
    await projection.caughtUp();
    expect(seen).toEqual(['a', 'poison', 'b']);
    expect(await times(store)).toEqual({ a: 1, poison: 1, b: 1 });
    await stopAll();
  });

  it('keeps old events in the log until they are derived', async () => {
    const store = await makeStore();
    const { projection } = await started(counting(store));
    await publish(store, 'a');
    await projection.caughtUp();
    await stopAll();
    await publish(store, 'b');
    await publish(store, 'c');
    const kept = async () =>
      (await store.db.selectFrom('events').select('seq').execute()).map(({ seq }) => Number(seq));
    const log = async (daysLater: number) => {
      const later = new EventLog(store, { now: () => new Date(Date.now() + daysLater * 86_400_000) }, () => {});
      await later.start();
      await later.prune(3);
      await later.stop();
    };
    await log(10);
    expect(await kept()).toEqual([2, 3]);
    await log(40);
    expect(await kept()).toEqual([3]);
  });
});
