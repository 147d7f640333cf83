import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fax } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAsterisk, startAsterisk } from '../../../../scripts/system/ensure.ts';
import { createSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { createAsteriskExchange } from '../telephony/asterisk/index.ts';
import { describeWith } from '../telephony/testing/component-gate.ts';
import { type FaxSender, startFaxSender } from '../telephony/testing/fax-sender.ts';
import { createTestDesk, type TestDesk } from '../testing/desk.ts';
import type { Bitmap } from './document/ccitt.ts';
import { decodePage, readTiff } from './document/tiff.ts';
import { FAX_NUMBER, SENDER, until } from './testing/fax-desk.ts';
import { faxPicture } from './testing/fax-picture.ts';
import { writeTiff } from './testing/write-tiff.ts';

await describeWith(['asterisk'], "from a stranger's fax machine into the box", () => {
  let asterisk: RunningAsterisk;
  let sender: FaxSender;
  let store: Store;
  let desk: TestDesk;
  const folder = mkdtempSync(join(tmpdir(), 'callweave-fax-'));

  beforeAll(async () => {
    asterisk = await startAsterisk({ agents: [] });
    sender = await startFaxSender({ exchangePort: asterisk.sipPort, t38: true });
    store = await createSqliteStore({ file: join(folder, 'desk.sqlite') });
    desk = await createTestDesk(store, {
      exchange: createAsteriskExchange({
        ari: { url: asterisk.ariUrl, password: asterisk.ariPassword },
        agents: [],
        phones: { server: asterisk.wsUrl, domain: asterisk.domain },
      }),
      recordings: join(folder, 'files'),
      fax: { numbers: [FAX_NUMBER] },
    });
  }, 180_000);
  afterAll(async () => {
    await desk?.stop();
    await store?.close();
    await sender?.stop();
    await asterisk?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('is seen while it comes, and then page by page as it was sent', async () => {
    const sent: readonly Bitmap[] = [faxPicture(7, 300), faxPicture(8, 200)];
    const agent = await desk.as('agent');
    const faxes = async () => (await agent('GET', '/faxes')).body.faxes as Fax[];
    await sender.send(FAX_NUMBER, writeTiff(sent), SENDER);
    await until(async () => (await faxes()).some(({ state }) => state === 'receiving'));
    expect((await faxes())[0]).toMatchObject({ from: SENDER, to: FAX_NUMBER, source: 'line' });
    await until(async () => (await faxes())[0]?.state !== 'receiving', 120_000);
    const [fax] = (await faxes()) as [Fax];
    expect(fax).toMatchObject({ state: 'received', pages: 2, stationId: SENDER, failure: null, damagedLines: 0 });

    const { cookie } = agent;
    const get = (path: string) =>
      desk.adapter.fetch(
        new Request(`http://desk.test${desk.adapter.basePath}/faxes/${fax.id}${path}`, { headers: { cookie } }),
      );
    const tiff = readTiff(new Uint8Array(await (await get('/tiff')).arrayBuffer()));
    for (const [index, page] of tiff.entries())
      expect(Buffer.compare(decodePage(page).rows, (sent[index] as Bitmap).rows)).toBe(0);
    const png = Buffer.from(await (await get('/pages/1')).arrayBuffer());
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1728, 300]);
    expect((await get('/pdf')).headers.get('content-type')).toBe('application/pdf');
  }, 240_000);
});
