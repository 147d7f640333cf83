import { endpoints, type Role } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { describeStores } from '../store/testing.ts';
import { createTestDesk } from '../testing/desk.ts';

const REAL = '+420601000111';
const OTHERS = [
  'agent',
  'supervisor',
  'dealer',
  'buyer',
  'technician',
  'field-caller',
] as const satisfies readonly Role[];
const GROUPS = ['projects', 'fictitiousNumbers', 'fieldCallers', 'pairings', 'refusedAttempts'];

describeStores('who sees the numbers', (makeStore) => {
  it('real numbers are for managers; the others do not get as far', async () => {
    const desk = await createTestDesk(await makeStore(), {
      numberingPlan: { countryCode: '420', trunkPrefix: '', nationalLength: [9, 9] },
    });
    const manager = await desk.as('manager');
    const { accountId } = await desk.as('field-caller');
    const project = await manager('POST', '/projects', { name: 'Banks', info: 'The info column' });
    const number = await manager('POST', '/fictitious-numbers', {
      number: '+420228880001',
      projectId: project.body.id,
    });
    const caller = await manager('POST', '/field-callers', { name: 'Jana', number: REAL, accountId });
    const pairing = await manager('POST', '/pairings', { numberId: number.body.id, fieldCallerId: caller.body.id });
    expect(pairing.body).toMatchObject({ fieldCaller: { number: REAL }, spokenId: 1 });
    expect((await manager('POST', '/field-callers', { name: 'X', number: REAL })).code).toBe('real-number-taken');

    const managed = endpoints().filter(({ name }) => GROUPS.includes(name.split('.')[0] ?? ''));
    expect(managed.length).toBeGreaterThan(15);
    for (const role of OTHERS) {
      const send = await desk.as(role);
      for (const { name, endpoint } of managed) {
        const path = endpoint.path.replaceAll(/\{(\w+)\}/g, () => pairing.body.id as string);
        const answer = await send(endpoint.method, path, endpoint.method === 'GET' ? undefined : {});
        expect(answer.code, `${name} as ${role}`).toBe('not-allowed');
      }
    }

    const field = await desk.as('field-caller');
    const own = await field('GET', '/field-calls/pairings');
    expect(own.body).toMatchObject({ pairings: [{ spokenId: 1, project: { info: 'The info column' } }] });
    expect(own.text).not.toContain(REAL.slice(1));
    expect((await (await desk.as('agent'))('GET', '/field-calls')).code).toBe('not-allowed');
    // Numbers are managed where nobody can be called through them, too.
    const dial = await field('POST', '/field-calls', { pairingId: pairing.body.id, to: '541234567' });
    expect(dial.code).toBe('exchange-unavailable');
    const csv = await manager('GET', '/pairings/export');
    expect(csv.text).toContain(`Banks,+420228880001,${REAL},Jana,,fa`);
    const events = await desk.store.db.selectFrom('events').select(['data', 'type']).execute();
    expect(events.filter(({ type }) => type === 'pairings-changed').length).toBe(4);
    expect(JSON.stringify(events)).not.toContain(REAL.slice(1));
    await desk.stop();
  });
});
