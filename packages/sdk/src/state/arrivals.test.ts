import { describe, expect, it } from 'vitest';
import { createArrivals } from './arrivals.ts';

const deferred = <T>() => {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

describe('what arrives of a thing', () => {
  it('shows an answer at once when no event was sooner', async () => {
    const shown: object[] = [];
    const arrivals = createArrivals<{ id: string; state: string }>((item) => shown.push(item));
    expect(await arrivals.answer(Promise.resolve({ id: 'a', state: 'rings' }))).toEqual({ id: 'a', state: 'rings' });
    expect(shown).toEqual([{ id: 'a', state: 'rings' }]);
  });

  it('does not go back to an answer that an event has overtaken', async () => {
    const shown: string[] = [];
    const arrivals = createArrivals<{ id: string; state: string }>(({ id, state }) => shown.push(`${id} ${state}`));
    const [one, other] = [deferred<{ id: string; state: string }>(), deferred<{ id: string; state: string }>()];
    const answers = [arrivals.answer(one.promise), arrivals.answer(other.promise)];
    arrivals.event({ id: 'a', state: 'talks' });
    one.resolve({ id: 'a', state: 'rings' });
    other.resolve({ id: 'b', state: 'rings' });
    await Promise.all(answers);
    expect(shown).toEqual(['a talks', 'b rings']);
    // The next command begins afresh.
    await arrivals.answer(Promise.resolve({ id: 'a', state: 'held' }));
    expect(shown.at(-1)).toBe('a held');
  });

  it('forgets a command that failed', async () => {
    const shown: unknown[] = [];
    const arrivals = createArrivals<{ id: string }>((item) => shown.push(item));
    await expect(arrivals.answer(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(shown).toEqual([]);
  });
});
