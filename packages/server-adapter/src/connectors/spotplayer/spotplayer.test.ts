import { afterEach, beforeEach, expect, it } from 'vitest';
import { spotPlayer } from './spotplayer.ts';
import { FakeSpotPlayer } from './testing/fake-spotplayer.ts';

let service: FakeSpotPlayer;
beforeEach(async () => {
  service = await new FakeSpotPlayer().listen();
});
afterEach(() => service.close());

const never = new AbortController().signal;
const COURSE = '5d2ee35bcddc092a304ae5eb';
const request = {
  orderId: 'courseorder_1',
  playerCourses: [COURSE],
  name: 'سارا احمدی',
  watermark: ['سارا احمدی', '+989121234567'],
  devices: { all: 2, web: 0 },
  offlineDays: 30,
};
const player = (changes: object = {}) =>
  spotPlayer({ apiKey: service.apiKey, baseUrl: service.url, timeoutMs: 20_000, ...changes });

it('makes a licence as the service wants it, with a whole address, and reads it again', async () => {
  const made = await player().create(request, never);
  expect(made).toEqual({
    id: '000000000000000000000001',
    key: '0001000000000000000000000001',
    url: 'https://dl.spotplayer.ir/c/?l=000000000000000000000001',
  });
  expect(service.broken).toEqual([]);
  expect(service.licences[0]?.body).toEqual({
    test: false,
    course: [COURSE],
    offline: 30,
    name: 'سارا احمدی',
    payload: 'courseorder_1',
    watermark: { texts: [{ text: 'سارا احمدی' }, { text: '+989121234567' }] },
    device: { p0: 2, p6: 0 },
  });
  expect(await player().read(made.id, never)).toEqual({ ...made, orderId: 'courseorder_1' });
  expect(await player().read('0'.repeat(24), never)).toBeUndefined();
});

it.each([200, 400, 500])('a refusal is known by its body, under HTTP %i', async (status) => {
  service.faults.push({ kind: 'answer', status, body: '{"ex":{"msg":"no credit","code":7}}' });
  await expect(player().create(request, never)).rejects.toMatchObject({
    reason: 'spotplayer-7',
    made: 'no',
    retryable: false,
  });
});

it('a wrong key is a refusal that says nothing of the key', async () => {
  const error = await player({ apiKey: 'a wrong key' })
    .create(request, never)
    .catch((reason: Error) => reason);
  expect(error).toMatchObject({ reason: 'spotplayer-401', made: 'no' });
  expect(String(error)).not.toContain('a wrong key');
});

it.each([
  '<html>',
  '{}',
  '{"_id":"no id","key":"k","url":"/x"}',
  '{"_id":"000000000000000000000001","key":"k","url":"https://evil.example/x"}',
])('after %s it is not known whether there is a licence', async (body) => {
  service.faults.push({ kind: 'answer', status: 200, body });
  await expect(player().create(request, never)).rejects.toMatchObject({ made: 'unknown' });
});

it('silence leaves a doubt, a slow answer does not, and nothing was made where nobody listens', async () => {
  service.faults.push({ kind: 'silence-after' });
  await expect(player({ timeoutMs: 300 }).create(request, never)).rejects.toMatchObject({
    reason: 'timeout',
    made: 'unknown',
  });
  service.faults.push({ kind: 'slow' });
  const slow = player().create(request, never);
  await expect.poll(() => service.licences.length, { timeout: 10_000 }).toBe(2);
  service.release();
  expect(await slow).toMatchObject({ id: '000000000000000000000002' });
  const gone = await new FakeSpotPlayer().listen();
  await gone.close();
  await expect(player({ baseUrl: gone.url }).create(request, never)).rejects.toMatchObject({
    made: 'no',
    retryable: true,
  });
});

it('keys go over HTTPS alone', () => {
  expect(() => player({ baseUrl: 'http://panel.example' })).toThrow(/https/);
});
