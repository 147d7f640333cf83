import { randomUUID } from 'node:crypto';
import { endpoints } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { createTestDesk, ROLES } from '../testing/desk.ts';

const account = (username: string) => ({ username, password: 'ten characters', name: 'N', roles: ['agent'] });

describeStores('http', (makeStore) => {
  it('answers a thousand concurrent posts of one key with one row and one answer', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const manager = await desk.as('manager');
    const key = { 'idempotency-key': 'the-same' };
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => manager('POST', '/accounts', account('once'), key)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await store.db.selectFrom('accounts').select('id').where('username', '=', 'once').execute()).toHaveLength(1);
    expect((await manager('POST', '/accounts', account('once'), key)).text).toBe(answers[0]?.text);
    expect((await manager('POST', '/accounts', account('other'), key)).code).toBe('idempotency-mismatch');
    expect((await manager('POST', '/accounts', account('other'), { 'idempotency-key': ' ' })).code).toBe(
      'invalid-input',
    );
    await desk.stop();
  });

  it('keeps keys of accounts and of endpoints apart, and does not store refusals', async () => {
    const desk = await createTestDesk(await makeStore());
    const [manager, agent] = [await desk.as('manager'), await desk.as('agent')];
    const key = { 'idempotency-key': randomUUID() };
    expect((await manager('POST', '/accounts', account('the-agent'), key)).code).toBe('username-taken');
    expect((await manager('POST', '/accounts', account('free'), key)).status).toBe(200);
    expect((await agent('PATCH', '/session/profile', { locale: 'cs' }, key)).status).toBe(200);
    await desk.stop();
  });

  it('tells apart what is wrong with a request', async () => {
    const desk = await createTestDesk(await makeStore());
    const manager = await desk.as('manager');
    const post = (body: string, headers: Record<string, string> = {}) => manager('POST', '/accounts', body, headers);
    expect((await manager('GET', '/nothing')).code).toBe('not-found');
    const wrongMethod = await manager('PUT', '/accounts', {});
    expect(wrongMethod).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(wrongMethod.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'POST']);
    expect((await post('{"username":')).code).toBe('invalid-input');
    expect((await post('[]')).code).toBe('invalid-input');
    expect((await post('{}', { 'content-type': 'text/plain' })).code).toBe('unsupported-media');
    expect((await post(JSON.stringify({ x: 'y'.repeat(1_100_000) }))).code).toBe('too-large');
    expect((await post(JSON.stringify({ ...account('abc'), name: 'a\u0000b' }))).code).toBe('invalid-input');
    expect((await manager('GET', '/accounts/%E0%A4%A')).status).toBe(405);
    expect((await manager('PATCH', '/accounts/%E0%A4%A', {})).code).toBe('invalid-input');
    expect((await manager('POST', '/accounts', account('abc'), { origin: 'https://evil.test' })).code).toBe(
      'cross-origin',
    );
    expect((await manager('POST', '/accounts', account('abc'), { origin: 'null' })).code).toBe('cross-origin');
    const odd = await post(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    expect(odd.status).toBe(400);
    for (const answer of [wrongMethod, odd]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.body.error).toMatchObject({ requestId: expect.any(String), fix: expect.any(String) });
    }
    await desk.stop();
  });

  it('lets listed origins in, and answers their preflight', async () => {
    const desk = await createTestDesk(await makeStore(), { allowedOrigins: ['https://portal.test'] });
    const manager = await desk.as('manager');
    const origin = { origin: 'https://portal.test' };
    const created = await manager('POST', '/accounts', account('abc'), origin);
    expect(created.status).toBe(200);
    expect(created.headers.get('access-control-allow-origin')).toBe('https://portal.test');
    const preflight = await desk.anyone('OPTIONS', '/accounts', undefined, {
      ...origin,
      'access-control-request-method': 'POST',
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect(
      (await desk.anyone('OPTIONS', '/accounts', undefined, { origin: 'https://evil.test' })).headers.has(
        'access-control-allow-origin',
      ),
    ).toBe(false);
    await desk.stop();
  });

  it('limits the requests of one account, not of another', async () => {
    const desk = await createTestDesk(await makeStore(), { rateLimit: { burst: 20, perSecond: 1 } });
    const [agent, manager] = [await desk.as('agent'), await desk.as('manager')];
    const answers = await Promise.all(Array.from({ length: 40 }, () => agent('GET', '/session')));
    const refused = answers.filter(({ code }) => code === 'too-many-requests');
    expect(refused.length).toBeGreaterThanOrEqual(19);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect((await manager('GET', '/session')).status).toBe(200);
    await desk.stop();
  });

  it('opens every route to the roles of the contract and to no other', async () => {
    const desk = await createTestDesk(await makeStore());
    const wrong: string[] = [];
    for (const { name, endpoint } of endpoints()) {
      if (name === 'events.follow' || name === 'session.signOut' || name === 'session.signIn') continue;
      const path = endpoint.path.replaceAll(/\{\w+\}/g, 'nothing_here');
      const body = endpoint.method === 'GET' ? undefined : {};
      const stranger = await desk.anyone(endpoint.method, path, body);
      if (stranger.body?.error?.message === 'Nothing is at this path.') wrong.push(`${name} has no route`);
      if ((endpoint.access === 'public') === (stranger.code === 'not-signed-in'))
        wrong.push(`${name} as nobody: ${stranger.status}`);
      for (const role of ROLES) {
        const { access } = endpoint;
        const open = typeof access === 'string' || access.includes(role);
        const answer = await (await desk.as(role))(endpoint.method, path, body);
        if ((answer.code === 'not-allowed') === open) wrong.push(`${name} as ${role}: ${answer.status}`);
        if (answer.status >= 500 && answer.code !== 'exchange-unavailable')
          wrong.push(`${name} as ${role}: ${answer.text}`);
      }
    }
    expect(wrong).toEqual([]);
    await desk.stop();
  });
});
