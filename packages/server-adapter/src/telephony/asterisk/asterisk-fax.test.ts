import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bitmap } from '../../faxes/document/ccitt.ts';
import { decodePage, readTiff } from '../../faxes/document/tiff.ts';
import { faxPicture } from '../../faxes/testing/fax-picture.ts';
import { writeTiff } from '../../faxes/testing/write-tiff.ts';
import { rejection } from '../contract/bench.ts';
import { type AsteriskRig, startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';
import { type EventLog, recordEvents } from '../testing/event-log.ts';
import { type FaxSender, startFaxSender } from '../testing/fax-sender.ts';

/** A page takes as long over loopback as over a line. */
const patience = 120_000;
const from = '+982122334455';

await describeWith(['asterisk'], 'a real fax, sent by a second Asterisk', () => {
  let rig: AsteriskRig;
  let events: EventLog;
  beforeAll(async () => {
    rig = await startAsteriskRig();
  }, 180_000);
  afterAll(async () => {
    await rig?.stop();
  }, 60_000);
  beforeEach(() => {
    events = recordEvents(rig.exchange);
  });
  afterEach(async () => {
    for (const { leg } of await rig.exchange.legs()) await rig.exchange.hangup(leg);
    await expect.poll(() => rig.exchange.legs()).toEqual([]);
    events.close();
  });

  async function begin(sender: FaxSender, pages: readonly Bitmap[]): Promise<{ leg: string; fax: string }> {
    await sender.send(rig.publicNumber, writeTiff(pages), from);
    const { leg } = await events.waitFor('incoming', (event) => event.from === from, 20_000);
    const fax = randomUUID();
    await rig.exchange.receiveFax({ leg, fax, stationId: rig.publicNumber });
    return { leg, fax };
  }

  describe.each([
    { way: 'T.38', t38: true, over: 't38' },
    { way: 'the modem tones of G.711, where T.38 is refused', t38: false, over: 'audio' },
  ])('over $way', ({ t38, over }) => {
    let sender: FaxSender;
    beforeAll(async () => {
      sender = await startFaxSender({ exchangePort: rig.asterisk.sipPort, t38 });
    }, 60_000);
    afterAll(async () => {
      await sender?.stop();
    }, 60_000);

    it(
      'brings every page dot by dot, tells who sent it, and ends the call',
      async () => {
        const sent = [faxPicture(1), faxPicture(2, 300)];
        const { leg, fax } = await begin(sender, sent);
        await events.waitFor('answered', (event) => event.leg === leg, patience);
        const finished = await events.waitFor('fax-finished', (event) => event.fax === fax, patience);
        expect(finished).toMatchObject({ leg, pages: 2, stationId: from, over });
        await events.waitFor('hungup', (event) => event.leg === leg, 30_000);
        const order = events.all.map(({ type }) => type);
        expect(order.indexOf('fax-finished')).toBeLessThan(order.indexOf('hungup'));

        const received = readTiff(await rig.exchange.fetchFax(fax));
        expect(received).toHaveLength(2);
        for (const [index, page] of received.entries()) {
          const picture = decodePage(page);
          const original = sent[index] as Bitmap;
          expect(picture).toMatchObject({ width: original.width, height: original.height, damagedLines: 0 });
          expect(Buffer.compare(picture.rows, original.rows)).toBe(0);
        }
        await rig.exchange.deleteFax(fax);
        await rig.exchange.deleteFax(fax);
        expect((await rejection(rig.exchange.fetchFax(fax))).code).toBe('unknown-fax');
        expect(rig.problems).toEqual([]);
      },
      2 * patience,
    );
  });

  describe('that does not go well', () => {
    let sender: FaxSender;
    beforeAll(async () => {
      sender = await startFaxSender({ exchangePort: rig.asterisk.sipPort, t38: true });
    }, 60_000);
    afterAll(async () => {
      await sender?.stop();
    }, 60_000);

    it(
      'is told as failed, before the end of its leg, when the sender hangs up',
      async () => {
        const { leg, fax } = await begin(sender, [faxPicture(3, 2000)]);
        await events.waitFor('answered', (event) => event.leg === leg, patience);
        await sender.hangup();
        const failed = await events.waitFor('fax-failed', (event) => event.fax === fax, patience);
        expect(failed).toMatchObject({ leg, pages: 0 });
        expect(failed.reason).toMatch(/\w/);
        await events.waitFor('hungup', (event) => event.leg === leg, 30_000);
        const order = events.all.map(({ type }) => type);
        expect(order.indexOf('fax-failed')).toBeLessThan(order.indexOf('hungup'));
        expect((await rejection(rig.exchange.fetchFax(fax))).code).toBe('unknown-fax');
        expect(events.all.filter(({ type }) => type === 'fax-failed')).toHaveLength(1);
      },
      2 * patience,
    );

    it(
      'goes on while the adapter restarts: the new one knows the leg, and hears of the outcome',
      async () => {
        const { leg, fax } = await begin(sender, [faxPicture(4)]);
        await rig.exchange.tag(leg, 'callweave/x/fax/-');
        await events.waitFor('answered', (event) => event.leg === leg, patience);
        await rig.exchange.stop();
        const next = rig.another();
        const later = recordEvents(next);
        try {
          await next.start();
          expect(await next.legs()).toMatchObject([
            { leg, origin: 'trunk', from, to: rig.publicNumber, tag: 'callweave/x/fax/-' },
          ]);
          await later.waitFor('fax-finished', (event) => event.fax === fax && event.leg === leg, patience);
          await later.waitFor('hungup', (event) => event.leg === leg, 30_000);
          expect(readTiff(await next.fetchFax(fax))).toHaveLength(1);
          await next.deleteFax(fax);
        } finally {
          later.close();
          await next.stop();
          await rig.exchange.start();
        }
      },
      2 * patience,
    );

    it(
      'is told as failed when Asterisk dies and comes back',
      async () => {
        const { leg, fax } = await begin(sender, [faxPicture(6, 2000)]);
        await events.waitFor('answered', (event) => event.leg === leg, patience);
        await rig.asterisk.restart();
        const failed = await events.waitFor('fax-failed', (event) => event.fax === fax, patience);
        expect(failed).toMatchObject({ leg, pages: 0 });
        expect((await events.waitFor('hungup', (event) => event.leg === leg, patience)).cause).toBe('failed');
        await events.waitFor('up', undefined, patience);
      },
      2 * patience,
    );

    it('is refused for a name that could leave the folder, and for a second fax on the same leg', async () => {
      const { leg } = await begin(sender, [faxPicture(5)]);
      expect((await rejection(rig.exchange.receiveFax({ leg, fax: randomUUID() }))).code).toBe('invalid');
      for (const fax of ['../x', 'a/b', '', '..', 'a,b'])
        expect((await rejection(rig.exchange.fetchFax(fax))).code).toBe('invalid');
      expect((await rejection(rig.exchange.receiveFax({ leg: 'nobody', fax: 'x' }))).code).toBe('unknown-leg');
    });
  });
});
