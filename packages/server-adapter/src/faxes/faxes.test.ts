import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { type Fax, IRAN } from '@callweave/sdk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedDirectory } from '../customers/index.ts';
import type { Store } from '../store/store.ts';
import { describeStores } from '../store/testing.ts';
import { ExchangeError } from '../telephony/exchange.ts';
import { SimulatedExchange } from '../telephony/testing/simulated/simulated-exchange.ts';
import { VirtualTime } from '../telephony/testing/simulated/virtual-time.ts';
import { decodePage, readTiff } from './document/tiff.ts';
import { emptyBin } from './empty-bin.ts';
import { createFaxDesk, FAX_NUMBER, type FaxDesk, SECRET, SENDER, until } from './testing/fax-desk.ts';
import { faxPicture } from './testing/fax-picture.ts';
import { writeTiff } from './testing/write-tiff.ts';

const pictures = [faxPicture(1, 120), faxPicture(2, 80)];
const tiff = writeTiff(pictures);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n');

describeStores('faxes', (makeStore) => {
  let store: Store;
  let desk: FaxDesk;
  beforeEach(async () => {
    store = await makeStore();
    desk = await createFaxDesk(store);
  });
  afterEach(() => desk.stop());

  const files = () => readdirSync(desk.folder, { recursive: true }).filter((name) => String(name).includes('.'));
  const actions = async () =>
    (await store.db.selectFrom('ledger').select('action').orderBy('seq').execute())
      .map(({ action }) => action)
      .filter((action) => action.startsWith('fax.'));

  describe('over our own line', () => {
    it('is answered, seen while it comes, stored, and given to the customer with this number', async () => {
      const customerId = await desk.customer([SENDER]);
      const leg = await desk.callIn();
      const [coming] = await desk.faxes();
      expect(coming).toMatchObject({ state: 'receiving', from: SENDER, to: FAX_NUMBER, source: 'line', pages: 0 });
      expect(desk.exchange.legsById.get(leg)?.tag).toBe(`callweave/${coming?.id}/fax`);
      desk.exchange.sendFax(leg, { tiff, pages: 2, stationId: '+98 21 9999' });
      const fax = await desk.waitFor(({ state }) => state === 'received');
      expect(fax).toMatchObject({
        id: coming?.id,
        pages: 2,
        stationId: '+98 21 9999',
        failure: null,
        damagedLines: 0,
        format: 'tiff',
        customer: { id: customerId, name: 'Sara Ahmadi' },
        candidates: [],
        readAt: null,
        sha256: createHash('sha256').update(tiff).digest('hex'),
      });
      // Deleted where it was received only when it is safe here.
      await until(() => desk.exchange.faxes.size === 0);
      expect(files()).toHaveLength(1);
      expect(await actions()).toEqual(['fax.received']);
    });

    it('is offered to each customer who shares the number, and to nobody for a station id alone', async () => {
      const one = await desk.customer([SENDER], 'Sara Ahmadi');
      const other = await desk.customer([SENDER], 'Reza Ahmadi');
      const leg = await desk.callIn();
      desk.exchange.sendFax(leg, { tiff, pages: 2 });
      const fax = await desk.waitFor(({ state }) => state === 'received');
      expect(fax.customer).toBeNull();
      expect(fax.candidates.map(({ id }) => id).sort()).toEqual([one, other].sort());

      const withheld = await desk.callIn('');
      desk.exchange.sendFax(withheld, { tiff, pages: 2, stationId: SENDER });
      const anonymous = await desk.waitFor(({ id, state }) => id !== fax.id && state === 'received');
      expect(anonymous).toMatchObject({ from: '', stationId: SENDER, customer: null, candidates: [] });
    });

    it('that breaks off shows its reason, with the pages that came', async () => {
      const nothing = await desk.callIn();
      desk.exchange.sendFax(nothing, { pages: 0, failure: 'The call dropped prematurely' });
      const failed = await desk.waitFor(({ state }) => state === 'failed');
      expect(failed).toMatchObject({ failure: 'broken-off', failureDetail: 'The call dropped prematurely', pages: 0 });

      const some = await desk.callIn();
      desk.exchange.sendFax(some, { tiff: writeTiff([faxPicture()]), pages: 1, failure: 'no more carrier' });
      const partial = await desk.waitFor(({ id, state }) => id !== failed.id && state === 'failed');
      expect(partial).toMatchObject({ failure: 'broken-off', pages: 1, format: 'tiff' });
      const agent = await desk.as('agent');
      expect((await agent('GET', `/faxes/${partial.id}/pages/1`)).status).toBe(200);
      expect((await agent('GET', `/faxes/${failed.id}/pages/1`)).status).toBe(404);
      expect(await actions()).toEqual(['fax.failed', 'fax.failed']);
    });

    it('that is no fax is not kept, and says so', async () => {
      const leg = await desk.callIn();
      desk.exchange.sendFax(leg, { tiff: Buffer.from('no picture at all'), pages: 1 });
      expect(await desk.waitFor(({ state }) => state === 'failed')).toMatchObject({ failure: 'unreadable', pages: 0 });
      expect(files()).toEqual([]);
    });

    it('waits at the exchange while the disk is full', async () => {
      desk.files.fail = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      const leg = await desk.callIn();
      desk.exchange.sendFax(leg, { tiff, pages: 2 });
      await until(() => desk.files.puts > 0);
      expect((await desk.faxes())[0]?.state).toBe('receiving');
      expect(desk.exchange.faxes.size).toBe(1);
      desk.files.fail = undefined;
      expect(await desk.waitFor(({ state }) => state === 'received')).toMatchObject({ pages: 2, failure: null });
      await until(() => desk.exchange.faxes.size === 0);
    });

    it('leaves other numbers to the desk', async () => {
      const leg = desk.exchange.dial(SENDER, '+982181021380');
      await until(() => desk.exchange.legsById.get(leg)?.state === 'up');
      expect(desk.exchange.faxing.size).toBe(0);
      expect(await desk.faxes()).toEqual([]);
    });
  });

  it('is refused with its reason where the exchange has no fax', async () => {
    await desk.stop();
    const fault = (command: string) =>
      command === 'receiveFax' ? new ExchangeError('unsupported', 'This exchange takes no faxes.') : undefined;
    const time = new VirtualTime();
    desk = await createFaxDesk(store, {}, new SimulatedExchange(time, { fault }));
    const leg = desk.exchange.dial(SENDER, FAX_NUMBER);
    expect(await desk.waitFor(({ state }) => state === 'failed')).toMatchObject({ failure: 'unsupported' });
    // Whoever stands beside the machine hears why, and only then it is over.
    await until(() => desk.exchange.hears(leg).length > 0);
    expect(desk.exchange.hears(leg)).toEqual(['no-fax', 'goodbye']);
    await until(() => {
      time.step(time.now().getTime() + 1_000);
      return !desk.exchange.legsById.has(leg);
    });

    // A machine that hangs up meanwhile is gone at once, and with it all that was begun for it.
    const impatient = desk.exchange.dial(SENDER, FAX_NUMBER);
    await until(() => desk.exchange.hears(impatient).length > 0);
    desk.exchange.farEnds(impatient, 'normal');
    await until(() => desk.exchange.legsById.size === 0);
    expect((await desk.faxes()).map(({ failure }) => failure)).toEqual(['unsupported', 'unsupported']);
  });

  describe('when the adapter was away', () => {
    it.each([
      { what: 'goes on, and is taken up', between: 'nothing', state: 'received', failure: null },
      {
        what: 'ended with its pages: they are kept, and nobody claims that they are all',
        between: 'finished',
        state: 'received',
        failure: 'outcome-unknown',
      },
      { what: 'ended without any page', between: 'lost', state: 'failed', failure: 'outcome-unknown' },
    ])('a fax that $what', async ({ between, state, failure }) => {
      const exchange = new SimulatedExchange(new VirtualTime());
      await desk.stop();
      desk = await createFaxDesk(store, {}, exchange);
      const leg = await desk.callIn();
      const { folder } = desk;
      await desk.adapter.stop();
      if (between === 'finished') exchange.sendFax(leg, { tiff, pages: 2 });
      if (between === 'lost') exchange.sendFax(leg, { pages: 0, failure: 'gone' });
      desk = await createFaxDesk(store, { folder }, exchange);
      if (between === 'nothing') exchange.sendFax(leg, { tiff, pages: 2 });
      const fax = await desk.waitFor((each) => each.state !== 'receiving');
      expect(fax).toMatchObject({ state, failure, pages: state === 'received' ? 2 : 0 });
      expect(await desk.faxes()).toHaveLength(1);
    });
  });

  describe('in the box', () => {
    async function received(): Promise<Fax> {
      const leg = await desk.callIn();
      const known = new Set((await desk.faxes()).filter(({ state }) => state !== 'receiving').map(({ id }) => id));
      desk.exchange.sendFax(leg, { tiff, pages: 2 });
      return desk.waitFor(({ id, state }) => state === 'received' && !known.has(id));
    }

    it('shows pages as pictures, all of them as PDF, and the file as it came', async () => {
      const { id } = await received();
      const { cookie } = await desk.as('agent');
      const bytes = async (path: string) => {
        const response = await desk.adapter.fetch(
          new Request(`http://desk.test${desk.adapter.basePath}/faxes/${id}${path}`, { headers: { cookie } }),
        );
        expect(response.status).toBe(200);
        expect(response.headers.get('cache-control')).toBe('private, no-store');
        return { type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) };
      };
      const page = await bytes('/pages/2');
      expect(page.type).toBe('image/png');
      expect(Buffer.from(page.bytes).readUInt32BE(16)).toBe(1728);
      expect(Buffer.from((await bytes('/pdf')).bytes.subarray(0, 5)).toString()).toBe('%PDF-');
      const file = await bytes('/tiff');
      expect(Buffer.compare(file.bytes, tiff)).toBe(0);
      expect(
        readTiff(file.bytes).map((each) =>
          Buffer.compare(decodePage(each).rows, pictures[each.height === 120 ? 0 : 1]?.rows ?? tiff),
        ),
      ).toEqual([0, 0]);
      expect((await (await desk.as('agent'))('GET', `/faxes/${id}/pages/3`)).status).toBe(404);
      expect((await (await desk.as('agent'))('GET', `/faxes/${id}/pages/0`)).status).toBe(404);
    });

    it('is assigned, read, noted, deleted and restored, each told to all pages', async () => {
      const { id } = await received();
      const customerId = await desk.customer(['+989120000001'], 'Mina Karimi');
      const agent = await desk.as('agent');
      expect((await agent('PUT', `/faxes/${id}/customer`, { customerId })).body.customer.name).toBe('Mina Karimi');
      expect((await agent('PUT', `/faxes/${id}/customer`, { customerId: 'customer_none' })).status).toBe(404);
      expect((await agent('PUT', `/faxes/${id}/customer`, { customerId: null })).body.customer).toBeNull();
      expect((await agent('GET', '/faxes')).body.unread).toBe(1);
      expect((await agent('PUT', `/faxes/${id}/read`, { read: true })).body.readAt).not.toBeNull();
      expect((await agent('GET', '/faxes')).body.unread).toBe(0);
      expect((await agent('PUT', `/faxes/${id}/note`, { note: ' To be signed. ' })).body.note).toBe('To be signed.');

      const deleted = await agent('DELETE', `/faxes/${id}`);
      expect(Date.parse(deleted.body.binnedUntil) - Date.parse(deleted.body.deletedAt)).toBe(30 * 86_400_000);
      expect(await desk.faxes()).toEqual([]);
      expect(await desk.faxes('?deleted=true')).toHaveLength(1);
      expect((await agent('POST', `/faxes/${id}/restore`, {})).body.deletedAt).toBeNull();
      expect(await desk.faxes()).toHaveLength(1);
      expect(await actions()).toEqual([
        'fax.received',
        'fax.assigned',
        'fax.assigned',
        'fax.read',
        'fax.deleted',
        'fax.restored',
      ]);
      const events = await store.db.selectFrom('events').select('audience').where('type', '=', 'fax').execute();
      expect(events.length).toBeGreaterThan(6);
      for (const { audience } of events)
        expect(JSON.parse(audience)).toEqual(['role:agent', 'role:supervisor', 'role:manager']);
    });

    it('is listed a page at a time, newest first, by customer and unread', async () => {
      const all = [await received(), await received(), await received()].map(({ id }) => id).reverse();
      const agent = await desk.as('agent');
      const first = (await agent('GET', '/faxes?limit=2')).body;
      expect(first.faxes.map(({ id }: Fax) => id)).toEqual(all.slice(0, 2));
      expect(first.more).toBe(true);
      const second = (await agent('GET', `/faxes?limit=2&before=${all[1]}`)).body;
      expect(second.faxes.map(({ id }: Fax) => id)).toEqual(all.slice(2));
      expect(second.more).toBe(false);
      await agent('PUT', `/faxes/${all[0]}/read`, { read: true });
      expect((await desk.faxes('?unread=true')).map(({ id }) => id)).toEqual(all.slice(1));
      expect(await desk.faxes('?customerId=customer_none')).toEqual([]);
    });

    it('leaves the bin for good after its days, file and all, and not a moment before', async () => {
      const { id } = await received();
      const kept = await received();
      const agent = await desk.as('agent');
      const { body } = await agent('DELETE', `/faxes/${id}`);
      const over = Date.parse(body.binnedUntil);
      const shelf = {
        store,
        files: desk.files,
        directory: embeddedDirectory(store, IRAN),
        binDays: 30,
        onError: () => {},
      };
      expect(await emptyBin(shelf, new Date(over))).toBe(0);
      expect(await emptyBin(shelf, new Date(over + 1))).toBe(1);
      expect(files()).toHaveLength(1);
      expect(await desk.faxes('?deleted=true')).toEqual([]);
      expect((await desk.faxes()).map((fax) => fax.id)).toEqual([kept.id]);
      expect((await agent('POST', `/faxes/${id}/restore`, {})).status).toBe(404);
      expect((await actions()).at(-1)).toBe('fax.removed');
    });

    it('is for the desk: customers and dealers get nothing, and a fax that comes cannot be deleted', async () => {
      const { id } = await received();
      for (const role of ['buyer', 'dealer'] as const) {
        const send = await desk.as(role);
        for (const path of ['/faxes', `/faxes/${id}`, `/faxes/${id}/pdf`, `/faxes/${id}/pages/1`])
          expect((await send('GET', path)).status).toBe(403);
        expect((await send('DELETE', `/faxes/${id}`)).status).toBe(403);
      }
      expect((await desk.anyone('GET', `/faxes/${id}/pdf`)).status).toBe(401);
      await desk.callIn();
      const coming = (await desk.faxes()).find(({ state }) => state === 'receiving') as Fax;
      const agent = await desk.as('agent');
      expect((await agent('DELETE', `/faxes/${coming.id}`)).code).toBe('fax-not-finished');
      expect((await agent('GET', `/faxes/${coming.id}/pdf`)).code).toBe('fax-not-finished');
    });
  });

  describe('handed in by a provider', () => {
    it('is stored once, however often and at the same moment it comes', async () => {
      const customerId = await desk.customer([SENDER]);
      const query = `?from=${encodeURIComponent(SENDER)}&to=02181021399`;
      const answers = await Promise.all(Array.from({ length: 8 }, () => desk.handIn('msg-1', tiff, { query })));
      expect(new Set(answers.map(({ faxId }) => faxId)).size).toBe(1);
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect((await desk.handIn('msg-1', tiff, { query })).faxId).toBe(answers[0]?.faxId);
      expect(await desk.faxes()).toMatchObject([
        { state: 'received', source: 'provider', from: SENDER, to: FAX_NUMBER, pages: 2, customer: { id: customerId } },
      ]);
      expect(files()).toHaveLength(1);
    });

    it('comes out of a mail: the first file that is a fax, with the sender of the form', async () => {
      const form = new FormData();
      form.set('from', '"021 2233 4455" <fax.gate@provider.example>');
      form.set('subject', 'Fax');
      form.set('logo', new Blob([Buffer.from('a picture')], { type: 'image/gif' }), 'logo.gif');
      form.set('attachment', new Blob([pdf], { type: 'application/pdf' }), 'fax.pdf');
      const { faxId, status } = await desk.handIn('mail-1', form);
      expect(status).toBe(200);
      const fax = await desk.waitFor(({ id }) => id === faxId);
      expect(fax).toMatchObject({ format: 'pdf', pages: 0, from: SENDER });
      const agent = await desk.as('agent');
      const got = await agent('GET', `/faxes/${faxId}/pdf`);
      expect(got.text).toBe(pdf.toString());
      expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
      expect((await agent('GET', `/faxes/${faxId}/pages/1`)).status).toBe(404);
    });

    it('is not taken from anybody else: wrong secret, changed body, old or without a signature', async () => {
      const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
      expect((await desk.handIn('a', tiff, { secret: other })).status).toBe(404);
      expect((await desk.handIn('a', tiff, { tampered: writeTiff([faxPicture(9)]) })).status).toBe(404);
      expect((await desk.handIn('a', tiff, { at: new Date(Date.now() - 3_600_000) })).status).toBe(404);
      expect((await desk.anyone('POST', '/faxes/inbound', 'x')).status).toBe(404);
      expect(await desk.faxes()).toEqual([]);
      await desk.stop();
      desk = await createFaxDesk(store, { fax: { numbers: [FAX_NUMBER] } });
      expect((await desk.handIn('a', tiff)).status).toBe(404);
    });

    it('is refused when it is no fax, or too large', async () => {
      expect((await desk.handIn('b', Buffer.from('hello'))).status).toBe(422);
      expect((await desk.handIn('c', new FormData())).status).toBe(422);
      expect((await desk.handIn('d', new Uint8Array(21 * 1024 * 1024))).status).toBe(413);
      expect(await desk.faxes()).toEqual([]);
      expect(files()).toEqual([]);
    });
  });

  it('has to have a secret that protects', async () => {
    await expect(createFaxDesk(store, { fax: { inboundSecret: 'short' } })).rejects.toThrow(/webhook secret/);
    expect(SECRET).toMatch(/^whsec_/);
  });
});
