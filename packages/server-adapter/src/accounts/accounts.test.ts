import { expect, it } from 'vitest';
import { noRecordings } from '../connectors/recordings/no-recordings.ts';
import { describeStores } from '../store/testing.ts';
import { noExchange } from '../telephony/no-exchange.ts';
import { createTestDesk, PASSWORD } from '../testing/desk.ts';

describeStores('accounts and sign-in', (makeStore) => {
  it('signs in, shows the session, and signs out', async () => {
    const desk = await createTestDesk(await makeStore());
    const agent = await desk.as('agent');
    const shown = await agent('GET', '/session');
    expect(shown.body).toMatchObject({ account: { username: 'the-agent', roles: ['agent'] }, ownSignIn: true });
    expect(Date.parse(shown.body.expiresAt)).toBeGreaterThan(Date.now());
    expect((await desk.anyone('GET', '/session')).code).toBe('not-signed-in');
    const out = await agent('DELETE', '/session', undefined, { 'idempotency-key': '' });
    expect(out.code).toBe('invalid-input');
    const left = await agent('DELETE', '/session');
    expect(left.status).toBe(200);
    expect(left.headers.get('set-cookie')).toMatch(
      /^callweave_session=; Path=\/callweave; HttpOnly; SameSite=Lax; Max-Age=0/,
    );
    expect((await agent('GET', '/session')).code).toBe('not-signed-in');
    await desk.stop();
  });

  it('keeps only the hash of a session, and nothing of a password', async () => {
    const store = await makeStore();
    const desk = await createTestDesk(store);
    const agent = await desk.as('agent');
    const dump = JSON.stringify([
      await store.db.selectFrom('sessions').selectAll().execute(),
      await store.db.selectFrom('accounts').selectAll().execute(),
    ]);
    expect(dump).not.toContain(agent.cookie.split('=')[1]);
    expect(dump).not.toContain(PASSWORD);
    await desk.stop();
  });

  it('locks after ten failures in a row, whoever they come from, and doubles the lock', async () => {
    let now = Date.parse('2026-05-01T08:00:00.000Z');
    const clock = { now: () => new Date(now) };
    const desk = await createTestDesk(await makeStore({ clock }), { clock });
    await desk.as('agent');
    const guess = (username: string, password = 'wrong guess') =>
      desk.anyone('POST', '/session', { username, password });
    // A thousand guesses at once get no more tries than ten, and names without an account are answered alike.
    for (const username of ['the-agent', 'nobody-here']) {
      const answers = await Promise.all(Array.from({ length: 200 }, () => guess(username)));
      expect(answers.filter(({ code }) => code === 'wrong-credentials')).toHaveLength(10);
      expect(answers.filter(({ code }) => code === 'account-locked')).toHaveLength(190);
    }
    const right = await guess('the-agent', PASSWORD);
    expect(right).toMatchObject({ status: 423, code: 'account-locked' });
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    now += 61_000;
    expect((await guess('the-agent')).code).toBe('wrong-credentials');
    now += 61_000;
    expect((await guess('the-agent', PASSWORD)).code).toBe('account-locked');
    now += 60_000;
    expect((await guess('the-agent', PASSWORD)).status).toBe(200);
    // Success starts the count anew.
    expect((await guess('the-agent')).code).toBe('wrong-credentials');
    expect((await guess('the-agent', PASSWORD)).status).toBe(200);
    await desk.stop();
  });

  it('lets a manager create, change, unlock and switch off accounts', async () => {
    const desk = await createTestDesk(await makeStore());
    const manager = await desk.as('manager');
    const created = await manager('POST', '/accounts', {
      username: 'Dara',
      password: 'ten characters',
      name: 'Dara',
      roles: ['agent'],
    });
    expect(created.body).toMatchObject({
      username: 'dara',
      branch: 'head office',
      device: { kind: 'browser' },
      active: true,
    });
    expect(
      (
        await manager('POST', '/accounts', {
          username: 'dara',
          password: 'ten characters',
          name: 'D',
          roles: ['agent'],
        })
      ).code,
    ).toBe('username-taken');
    const bad = await manager('POST', '/accounts', { username: 'x', password: 'short', name: 'D', roles: [] });
    expect(bad.code).toBe('invalid-input');
    expect(bad.body.error.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'password',
      'roles',
      'username',
    ]);
    const signedIn = await desk.anyone('POST', '/session', { username: 'dara', password: 'ten characters' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await desk.anyone('GET', '/session', undefined, { cookie })).status).toBe(200);
    const { id } = created.body;
    expect(
      (
        await manager('PATCH', `/accounts/${id}`, {
          device: { kind: 'number', number: '+982112345678' },
          onLeave: true,
        })
      ).body,
    ).toMatchObject({ onLeave: true, device: { kind: 'number' } });
    // A new password ends every session.
    await manager('PATCH', `/accounts/${id}`, { password: 'another password' });
    expect((await desk.anyone('GET', '/session', undefined, { cookie })).code).toBe('not-signed-in');
    await manager('PATCH', `/accounts/${id}`, { active: false });
    expect((await desk.anyone('POST', '/session', { username: 'dara', password: 'another password' })).code).toBe(
      'wrong-credentials',
    );
    expect((await manager('PATCH', '/accounts/unknown', { name: 'x' })).code).toBe('not-found');
    expect((await manager('PATCH', `/accounts/${manager.accountId}`, { active: false })).code).toBe('conflict');
    await desk.stop();
  });

  it('cuts the phone of who is switched off, gets a new password, or has signed out everywhere', async () => {
    const revoked: string[] = [];
    const exchange = { ...noExchange(), revoke: async (account: string) => void revoked.push(account) };
    const desk = await createTestDesk(await makeStore(), { exchange, recordings: noRecordings() });
    const manager = await desk.as('manager');
    const { body } = await manager('POST', '/accounts', {
      username: 'dara',
      password: 'ten characters',
      name: 'Dara',
      roles: ['agent'],
    });
    const signIn = async () => {
      const { headers } = await desk.anyone('POST', '/session', { username: 'dara', password: 'ten characters' });
      return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '' };
    };
    const [first, second] = [await signIn(), await signIn()];
    await desk.anyone('DELETE', '/session', undefined, first);
    expect(revoked).toEqual([]);
    await desk.anyone('DELETE', '/session', undefined, second);
    expect(revoked).toEqual(['dara']);
    await manager('PATCH', `/accounts/${body.id}`, { name: 'Dara D.' });
    expect(revoked).toEqual(['dara']);
    await manager('PATCH', `/accounts/${body.id}`, { active: false });
    expect(revoked).toEqual(['dara', 'dara']);
    await desk.stop();
  });

  it('sets one’s own device, leave and language', async () => {
    const desk = await createTestDesk(await makeStore());
    const agent = await desk.as('agent');
    expect((await agent('PATCH', '/session/profile', { onLeave: true, locale: 'fa' })).body).toMatchObject({
      onLeave: true,
      locale: 'fa',
    });
    expect((await agent('GET', '/session')).body.account).toMatchObject({ onLeave: true, locale: 'fa' });
    await desk.stop();
  });

  it('slides a session while it is used, and ends it when it is not', async () => {
    let now = Date.parse('2026-05-01T08:00:00.000Z');
    const clock = { now: () => new Date(now) };
    const desk = await createTestDesk(await makeStore({ clock }), {
      clock,
      session: { idleMinutes: 60, longestMinutes: 150 },
    });
    const agent = await desk.as('agent');
    for (let i = 0; i < 2; i += 1) {
      now += 50 * 60_000;
      expect((await agent('GET', '/session')).status).toBe(200);
      // The move of the end is written without anyone waiting for it.
      await desk.store.write(async () => {});
    }
    now += 49 * 60_000;
    expect((await agent('GET', '/session')).status).toBe(200);
    now += 2 * 60_000;
    expect((await agent('GET', '/session')).code).toBe('not-signed-in');
    await desk.stop();
  });

  it('uses the sign-in of the host, and keeps what a person set in the desk', async () => {
    let identity: object | undefined = {
      id: 'emp-7',
      username: 'sara',
      name: 'Sara',
      roles: ['agent'],
      branch: 'Karaj',
    };
    const desk = await createTestDesk(await makeStore(), { authenticate: async () => identity as never });
    expect((await desk.anyone('GET', '/session')).body).toMatchObject({
      account: { id: 'emp-7', branch: 'Karaj' },
      ownSignIn: false,
      expiresAt: null,
    });
    expect((await desk.anyone('PATCH', '/session/profile', { locale: 'cs' })).status).toBe(200);
    identity = { id: 'emp-7', username: 'sara', name: 'Sara N.', roles: ['agent', 'manager'], branch: 'Karaj' };
    expect((await desk.anyone('GET', '/session')).body.account).toMatchObject({
      name: 'Sara N.',
      locale: 'cs',
      roles: ['agent', 'manager'],
    });
    expect((await desk.anyone('POST', '/session', { username: 'sara', password: '' })).code).toBe('not-allowed');
    expect(
      (
        await desk.anyone('POST', '/accounts', {
          username: 'xyz',
          password: 'ten characters',
          name: 'X',
          roles: ['agent'],
        })
      ).code,
    ).toBe('not-allowed');
    expect((await desk.anyone('PATCH', '/accounts/emp-7', { active: false })).status).toBe(200);
    expect((await desk.anyone('GET', '/session')).code).toBe('not-allowed');
    identity = undefined;
    expect((await desk.anyone('GET', '/session')).code).toBe('not-signed-in');
    await desk.stop();
  });
});
