import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractBench } from '../contract/bench.ts';
import { startEmbeddedRig } from '../testing/embedded-rig.ts';

/** CNG as a machine sends it: half a second on, three seconds off. */
const ON_MS = 500;

describe('a fax machine that calls the exchange in a box', { timeout: 30_000 }, () => {
  const bench = new ContractBench(startEmbeddedRig);
  beforeAll(() => bench.start(), 60_000);
  afterAll(() => bench.stop());
  beforeEach(() => bench.begin());
  afterEach(() => bench.end());

  it('is told once, and a caller who talks is not taken for one', async () => {
    const { call, leg } = await bench.answeredInbound();
    call.tone(1000);
    await new Promise((resolve) => setTimeout(resolve, ON_MS));
    call.tone(null);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.events.all.some(({ type }) => type === 'fax-tone')).toBe(false);
    for (let burst = 0; burst < 2; burst += 1) {
      call.tone(1100);
      await new Promise((resolve) => setTimeout(resolve, ON_MS));
      call.tone(null);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await bench.events.waitFor('fax-tone', (event) => event.leg === leg);
    expect(bench.events.all.filter(({ type }) => type === 'fax-tone')).toHaveLength(1);
  });
});
