import { describe, expect, it } from 'vitest';
import { type ContractBench, rejection } from './bench.ts';

/** What holds whether an exchange has fax or not; a real fax takes longer, and has tests of its own. */
export function describeFaxes(bench: ContractBench): void {
  describe('a fax', () => {
    it('that never came is unknown, and may be deleted', async () => {
      const { exchange } = bench.rig;
      expect((await rejection(exchange.fetchFax('fax-none'))).code).toBe('unknown-fax');
      await exchange.deleteFax('fax-none');
      expect((await rejection(exchange.receiveFax({ leg: 'nobody', fax: 'fax-none' }))).code).toBe('unknown-leg');
    });

    it('is answered as a fax, or refused as unsupported with the call as it was', async () => {
      const { exchange } = bench.rig;
      const { leg } = await bench.inbound();
      const refused = await exchange.receiveFax({ leg, fax: `fax-${leg}` }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refused === undefined) {
        await bench.events.waitFor('answered', (event) => event.leg === leg);
        await exchange.hangup(leg);
        const failed = await bench.events.waitFor('fax-failed', (event) => event.leg === leg, 15_000);
        expect(failed).toMatchObject({ pages: 0 });
        await bench.causeOf(leg);
        const order = bench.events.all.map(({ type }) => type);
        expect(order.indexOf('fax-failed')).toBeLessThan(order.indexOf('hungup'));
      } else {
        expect(refused).toMatchObject({ name: 'ExchangeError', code: 'unsupported' });
        await exchange.answer(leg);
        await bench.events.waitFor('answered', (event) => event.leg === leg);
      }
    });
  });
}
