import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { ContractBench } from './contract/bench.ts';
import { describeBridges } from './contract/bridges.ts';
import { describeCalls } from './contract/calls.ts';
import { describeCommands } from './contract/commands.ts';
import { describeEcho } from './contract/echo.ts';
import { describeFaxes } from './contract/faxes.ts';
import { describeRecordings } from './contract/recordings.ts';
import { describeRinging } from './contract/ringing.ts';
import { describeSupervision } from './contract/supervision.ts';
import type { ExchangeRig } from './testing/rig.ts';

/** The contract of {@link Exchange}. Every driver's test file calls this with a rig of its own. */
export function describeExchange(name: string, makeRig: () => Promise<ExchangeRig>): void {
  describe(`exchange contract: ${name}`, { timeout: 30_000 }, () => {
    const bench = new ContractBench(makeRig);
    beforeAll(() => bench.start(), 120_000);
    afterAll(() => bench.stop(), 60_000);
    beforeEach(() => bench.begin());
    afterEach(() => bench.end());

    describeCalls(bench);
    describeRinging(bench);
    describeBridges(bench);
    describeRecordings(bench);
    describeSupervision(bench);
    describeEcho(bench);
    describeFaxes(bench);
    describeCommands(bench);
  });
}
