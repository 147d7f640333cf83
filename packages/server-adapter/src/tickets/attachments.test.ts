import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { clamavScanner } from '../connectors/scanner/clamav.ts';
import { EICAR, FakeClamd } from '../connectors/scanner/testing/fake-clamd.ts';
import { describeStores } from '../store/testing.ts';
import { contentTypeOf } from './attachments/content-type.ts';
import { attachmentDisposition, safeFileName } from './attachments/file-name.ts';
import { forgetLoose } from './attachments/forget-loose.ts';
import { createTicketDesk, type TicketDesk } from './testing/ticket-desk.ts';

const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(40, 7)]);

describe('what a file is, is told by its bytes', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  test.each([
    ['image/png', PNG],
    ['image/jpeg', latin('\xff\xd8\xff\xe0 JFIF')],
    ['image/gif', latin('GIF89a....')],
    ['image/webp', latin('RIFF\x10\0\0\0WEBPVP8 ')],
    ['application/pdf', latin('%PDF-1.7\n')],
    ['video/mp4', latin('\0\0\0\x20ftypisom\0\0\x02\0')],
    ['video/webm', latin('\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm')],
    ['text/plain', Buffer.from('سلام\r\n\tHello ✓')],
    [undefined, latin('MZ\x90\0\x03')],
    [undefined, latin('\x7fELF\x02\x01')],
    [undefined, latin('PK\x03\x04')],
    [undefined, latin('text with a NUL\0')],
    [undefined, latin('\xff\xfeh\0i\0')],
    [undefined, latin('\0\0\0\x14ftypqt  ')],
  ])('%s', (type, bytes) => expect(contentTypeOf(bytes)).toBe(type));
});

test.each([
  ['photo.PNG', 'image/png', 'photo.png'],
  ['../../etc/passwd', 'text/plain', 'passwd.txt'],
  ['C:\\temp\\a.pdf', 'application/pdf', 'a.pdf'],
  ['page.html', 'text/plain', 'page.html.txt'],
  ['photo\u202egnp.exe', 'image/png', 'photognp.exe.png'],
  ['.htaccess', 'text/plain', 'htaccess.txt'],
  ['a"b<c>|d?.txt', 'text/plain', 'a-b-c--d-.txt'],
  ['CON', 'text/plain', 'file-CON.txt'],
  ['…/', 'text/plain', 'file.txt'],
  ['گزارش خطا.jpg', 'image/jpeg', 'گزارش خطا.jpg'],
  [`${'x'.repeat(250)}.png`, 'image/png', `${'x'.repeat(100)}.png`],
  ['a\r\nset-cookie: x.txt', 'text/plain', 'aset-cookie- x.txt'],
] as const)('the name %j of %s is saved as %j', (name, type, safe) => expect(safeFileName(name, type)).toBe(safe));

test('a name in any script stands in the header, and nothing of it can end the header', () => {
  expect(attachmentDisposition("گزارش's.txt")).toBe(
    `attachment; filename="_____'s.txt"; filename*=UTF-8''%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4%27s.txt`,
  );
});

describeStores('attachments', (makeStore) => {
  let desk: TicketDesk;
  let clamd: FakeClamd;
  beforeEach(async () => {
    clamd = await new FakeClamd().listen();
    desk = await createTicketDesk(makeStore, {
      devicePortal: {
        tickets: {
          scanner: clamavScanner({ host: '127.0.0.1', port: clamd.port, timeoutMs: 20_000 }),
          attachments: { maxBytes: 200_000 },
        },
      },
    });
  });
  afterEach(async () => {
    await desk.stop();
    await clamd.close();
  });
  const stateOf = (send: TicketDesk['sara']['send'], id: string) => async () =>
    (await send('GET', `/ticket-attachments/${id}`)).body?.state;
  const settled = { timeout: 20_000 };

  test('uploaded, scanned, sent, and saved by both sides as it was', async () => {
    const { sara, technician, ticket, upload } = desk;
    const { cookie } = sara.send;
    const { body: file } = await upload(cookie, PNG, { name: 'تصویر.png' });
    expect(file).toMatchObject({ name: 'تصویر.png', mediaType: 'image/png', bytes: PNG.length, state: 'scanning' });
    const made = await ticket(sara, { attachmentIds: [file.id] });
    await expect.poll(stateOf(sara.send, file.id), settled).toBe('ready');
    expect(clamd.seen).toEqual([PNG]);
    const seen = (await technician('GET', `/tickets/${made.id}`)).body.entries[0].attachments;
    expect(seen).toEqual([{ ...file, state: 'ready', scanned: true }]);
    for (const { cookie: theirs } of [sara.send, technician]) {
      const url = `http://desk.test${desk.adapter.basePath}/ticket-attachments/${file.id}/file`;
      const got = (await desk.adapter.fetch(new Request(url, { headers: { cookie: theirs } }))) as Response;
      expect(Buffer.from(await got.arrayBuffer())).toEqual(PNG);
      expect(Object.fromEntries(got.headers)).toMatchObject({
        'content-type': 'image/png',
        'content-length': String(PNG.length),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
        'cache-control': 'private, no-store',
        'content-disposition': expect.stringMatching(/^attachment; /),
      });
    }
    expect((await desk.events(`customer:${sara.customerId}`)).at(-1)?.entries).toMatchObject([
      { kind: 'created', attachments: [{ state: 'ready' }] },
    ]);
  });

  test('malware is removed at once, and both sides are told', async () => {
    const { sara, technician, ticket, upload, store } = desk;
    const { body: file } = await upload(sara.send.cookie, `see: ${EICAR}`, { name: 'free.txt' });
    const made = await ticket(sara, { attachmentIds: [file.id] });
    await expect.poll(stateOf(sara.send, file.id), settled).toBe('infected');
    expect((await technician('GET', `/ticket-attachments/${file.id}/file`)).code).toBe('attachment-infected');
    expect((await sara.send('GET', `/tickets/${made.id}`)).body.entries[0].attachments[0].state).toBe('infected');
    const row = await store.db.selectFrom('ticket_attachments').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ file: null, finding: 'Win.Test.EICAR_HDB-1' });
    expect(await filesIn(desk.folder)).toEqual([]);
    const line = await store.db.selectFrom('ledger').selectAll().where('action', '=', 'attachment.infected').execute();
    expect(line).toHaveLength(1);
  });

  test('while the scanner is silent nobody opens it, not even who sent it', async () => {
    clamd.silent = true;
    const { sara, technician, ticket, upload } = desk;
    const { body: file } = await upload(sara.send.cookie, 'hello');
    await ticket(sara, { attachmentIds: [file.id] });
    for (const send of [sara.send, technician])
      expect((await send('GET', `/ticket-attachments/${file.id}/file`)).code).toBe('attachment-scanning');
  });

  test('what is too large, empty, or a program is not taken', async () => {
    const { sara, upload, anyone } = desk;
    const { cookie } = sara.send;
    const code = async (bytes: Uint8Array | string, name: string) =>
      (await upload(cookie, bytes, { name })).body.error?.code;
    expect(await code(new Uint8Array(200_001), 'a.txt')).toBe('too-large');
    expect(await code(new Uint8Array(27_000_000), 'a.txt')).toBe('too-large');
    expect(await code('', 'a.txt')).toBe('attachment-empty');
    expect(await code(Buffer.from('MZ\x90\0', 'latin1'), 'harmless.png')).toBe('attachment-type');
    expect((await anyone('POST', '/ticket-attachments?name=a&uploadId=b', 'x')).code).toBe('not-signed-in');
    expect(await filesIn(desk.folder)).toEqual([]);
  });

  test('the same upload again, also at once, is one file; too many loose ones are refused', async () => {
    const { sara, upload, store } = desk;
    const { cookie } = sara.send;
    const all = await Promise.all([1, 2, 3].map(() => upload(cookie, 'hello', { uploadId: 'draft-1' })));
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    await expect.poll(() => filesIn(desk.folder), settled).toHaveLength(1);
    for (let count = 1; count < 20; count += 1) expect((await upload(cookie, 'hello')).status).toBe(200);
    expect((await upload(cookie, 'hello')).body.error.code).toBe('attachment-too-many');
    const [first] = all;
    expect((await sara.send('DELETE', `/ticket-attachments/${first?.body.id}`)).status).toBe(200);
    expect((await upload(cookie, 'hello')).status).toBe(200);
    expect(await store.db.selectFrom('ticket_attachments').select('id').execute()).toHaveLength(20);
  });

  test('what no message names is removed after a day, and what one names stays', async () => {
    const { sara, ticket, upload, store, folder, clock } = desk;
    const { body: sent } = await upload(sara.send.cookie, 'sent');
    await ticket(sara, { attachmentIds: [sent.id] });
    const { body: loose } = await upload(sara.send.cookie, 'forgotten');
    await expect.poll(stateOf(sara.send, loose.id), settled).toBe('ready');
    const files = fileRecordings(folder);
    clock.advance(23 * 3_600_000);
    await forgetLoose(store, files, clock);
    expect(await filesIn(folder)).toHaveLength(2);
    clock.advance(2 * 3_600_000);
    await forgetLoose(store, files, clock);
    expect(await filesIn(folder)).toHaveLength(1);
    expect((await sara.send('GET', `/ticket-attachments/${loose.id}`)).code).toBe('not-found');
    expect((await sara.send('GET', `/ticket-attachments/${sent.id}`)).status).toBe(200);
  });

  test('a file is of one message, and of whoever uploaded it; that of a note is internal', async () => {
    const { sara, omid, technician, ticket, upload } = desk;
    const made = await ticket(sara);
    const at = `/tickets/${made.id}`;
    const { body: file } = await upload(omid.send.cookie, 'hello');
    const say = (send: TicketDesk['sara']['send'], kind: string, id: string) =>
      send('POST', `${at}/${kind}`, { text: 'See this', attachmentIds: [id] });
    expect((await say(sara.send, 'messages', file.id)).code).toBe('attachment-unknown');
    expect((await technician('GET', `/ticket-attachments/${file.id}`)).code).toBe('not-found');
    const { body: own } = await upload(technician.cookie, 'internal');
    expect((await say(technician, 'notes', own.id)).status).toBe(200);
    expect((await say(technician, 'answers', own.id)).code).toBe('attachment-unknown');
    await expect.poll(stateOf(technician, own.id), settled).toBe('ready');
    expect((await sara.send('GET', `/ticket-attachments/${own.id}/file`)).code).toBe('not-found');
    expect((await technician('GET', `/ticket-attachments/${own.id}/file`)).text).toBe('internal');
    expect((await technician('DELETE', `/ticket-attachments/${own.id}`)).code).toBe('not-found');
  });
});

async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(({ name }) => name);
}
