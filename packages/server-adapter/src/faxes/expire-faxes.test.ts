import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IRAN } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { embeddedDirectory } from '../customers/index.ts';
import { describeStores } from '../store/testing.ts';
import { expireFaxes } from './expire-faxes.ts';
import { openLineFax } from './line-faxes.ts';
import { examineDocument, type FaxShelf, keepDocument } from './store-fax.ts';
import { createFaxDesk, FAX_NUMBER, SECRET } from './testing/fax-desk.ts';
import { faxPicture } from './testing/fax-picture.ts';
import { writeTiff } from './testing/write-tiff.ts';

const DAY = 86_400_000;
const tiff = writeTiff([faxPicture(1, 40)]);

describeStores('the end of faxes', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-fax-end-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function shelfOn(clock: { now(): Date }) {
    const store = await makeStore({ clock });
    const errors: string[] = [];
    const inFolder = fileRecordings(await mkdtemp(join(folder, 'store-')));
    const files = { ...inFolder };
    const shelf: FaxShelf = {
      store,
      files,
      directory: embeddedDirectory(store, IRAN),
      binDays: 30,
      onError: (message) => errors.push(message),
    };
    const document = await examineDocument(tiff);
    let legs = 0;
    const take = async (): Promise<string> => {
      legs += 1;
      const id = await openLineFax(shelf, { leg: `leg_${legs}`, callerNumber: '', calledNumber: FAX_NUMBER });
      await keepDocument(shelf, id, document, {});
      return id;
    };
    const row = (id: string) => store.db.selectFrom('faxes').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const hasFile = async (id: string) => {
      const { file } = await row(id);
      return file !== null && (await inFolder.size(file)) !== undefined;
    };
    return { shelf, store, files, inFolder, errors, take, row, hasFile };
  }

  it('deletes the pages, and leaves the row and a line; what cannot be deleted now is deleted later', async () => {
    let now = new Date('2026-11-22T10:00:00.000Z');
    const { shelf, store, files, inFolder, errors, take, row, hasFile } = await shelfOn({ now: () => now });
    const expire = () => expireFaxes(shelf, { keep: { years: 5 }, asOf: async () => now });
    const id = await take();
    const { sha256, file } = await row(id);
    now = new Date('2031-11-22T09:59:59.000Z');
    expect(await expire()).toBe(0);
    now = new Date('2031-11-22T10:00:01.000Z');
    files.delete = () => Promise.reject(new Error('read-only'));
    expect(await expire()).toBe(1);
    expect(errors).toHaveLength(1);
    expect(await hasFile(id)).toBe(true);
    files.delete = inFolder.delete;
    expect(await expire()).toBe(0);
    expect(await row(id)).toMatchObject({ state: 'expired', file: null, sha256 });
    expect(await inFolder.size(file ?? '')).toBeUndefined();
    const lines = await store.db.selectFrom('ledger').selectAll().where('action', '=', 'fax.expired').execute();
    expect(lines.map(({ subject, data }) => [subject, JSON.parse(data)])).toEqual([
      [`fax:${id}`, { keptUntil: '2031-11-22T10:00:00.000Z', sha256 }],
    ]);
    const told = await store.db.selectFrom('events').select('data').where('type', '=', 'fax').orderBy('seq').execute();
    expect(JSON.parse(told.at(-1)?.data ?? '{}')).toMatchObject({ id, state: 'expired' });
  });

  it('nothing goes before its time, and everything after it, whatever the order of events', async () => {
    const step = fc.oneof(
      fc.constant({ do: 'take' as const }),
      fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }) }),
      fc.constant({ do: 'expire' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        let now = new Date('2026-11-22T10:00:00.000Z');
        const { shelf, take, row, hasFile } = await shelfOn({ now: () => now });
        const expire = () => expireFaxes(shelf, { keep: { days: 5 }, asOf: async () => now });
        const known: { id: string; until: number }[] = [];
        for (const each of steps) {
          if (each.do === 'take') known.push({ id: await take(), until: now.getTime() + 5 * DAY });
          else if (each.do === 'wait') now = new Date(now.getTime() + each.days * DAY);
          else await expire();
          for (const { id, until } of known)
            if (until > now.getTime())
              expect({ state: (await row(id)).state, file: await hasFile(id) }).toEqual({
                state: 'received',
                file: true,
              });
        }
        await expire();
        for (const { id, until } of known) if (until <= now.getTime()) expect(await hasFile(id)).toBe(false);
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it('is told over HTTP: the fax is still listed, its pages are not there any more', async () => {
    const store = await makeStore();
    const desk = await createFaxDesk(store, { fax: { numbers: [FAX_NUMBER], inboundSecret: SECRET } });
    const leg = await desk.callIn();
    desk.exchange.sendFax(leg, { tiff, pages: 1 });
    const { id } = await desk.waitFor(({ state }) => state === 'received');
    const shelf: FaxShelf = {
      store,
      files: desk.files,
      directory: embeddedDirectory(store, IRAN),
      binDays: 30,
      onError: (message) => expect.fail(message),
    };
    const later = new Date(Date.now() + 2 * DAY);
    expect(await expireFaxes(shelf, { keep: { days: 1 }, asOf: async () => later })).toBe(1);
    expect(await desk.faxes()).toMatchObject([{ id, state: 'expired', pages: 1 }]);
    const agent = await desk.as('agent');
    expect((await agent('GET', `/faxes/${id}/pdf`)).code).toBe('not-found');
    await desk.stop();
  });
});
