import type { Client } from '@callweave/sdk';
import type { Call } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { essential } from '../../../packages/widgets/src/translations/en/essential.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** Negar first, Babak second. */
const SARA = '+989121234567';
/** Negar alone. */
const KAVEH = '+989124445566';

const RING_SECONDS = 3;

await onBothExchanges('A call finds somebody, and says why', (open) => {
  let stage: Stage;
  let first: AgentDesk;
  let second: AgentDesk;
  let asFirst: Client;
  let asSecond: Client;
  let asManager: Client;

  beforeAll(async () => {
    stage = await open({
      rules: {
        queues: [],
        voicemail: { unanswered: 'off' },
        flow: { ringSeconds: RING_SECONDS, greeting: [], wrapUpSeconds: 0 },
      },
    });
    second = new AgentDesk((await stage.signIn('backup')).page);
    [asFirst, asSecond, asManager] = (await Promise.all(
      ['agent', 'backup', 'manager'].map((who) => stage.client(who)),
    )) as [Client, Client, Client];
    await second.ready();
  });
  afterAll(() => stage?.close());

  /** How each responder's turn ended, in the order of the tries. */
  const turnsOf = async (call: Pick<Call, 'id'>) =>
    (await asManager.calls.get({ callId: call.id })).routing.map(
      ({ order, accountId, result }) => `${order} ${accountId}: ${result}`,
    );

  const latestCall = async (): Promise<Call> => {
    const [latest] = (await asManager.calls.list({ state: 'all', limit: 1 })).calls;
    if (!latest) throw new Error('There is no call.');
    return latest;
  };

  /** The badge of the second responder says why it rings there; then they talk. */
  const secondAnswers = async (reason: keyof typeof essential.routingReason): Promise<Call> => {
    const why = second.badge.locator('.facts', { hasText: essential.responderOrder.second });
    await why.waitFor();
    expect(await why.textContent()).toContain(`نگار کریمی: ${essential.routingReason[reason]}`);
    const call = await second.answer();
    await second.hearsCustomer();
    expect(call).toMatchObject({ responderOrder: 'second', agent: { id: 'u-backup' } });
    return call;
  };

  const ended = (call: Pick<Call, 'id'>, outcome: Call['outcome']) =>
    until(`the call is ${outcome}`, async () => {
      const { state, outcome: now } = await asManager.calls.get({ callId: call.id });
      return state === 'ended' && now === outcome;
    });

  it('unregistered: the second responder rings at once', async () => {
    const customer = await stage.ring(SARA);
    const call = await secondAnswers('unreachable');
    expect(await turnsOf(call)).toEqual(['first u-agent: unreachable', 'second u-backup: answered']);
    await customer.hangup();
    await ended(call, 'answered');
  });

  it('silent: the second responder rings after the first', async () => {
    first = new AgentDesk((await stage.signIn('agent')).page);
    await first.ready();
    const customer = await stage.ring(SARA);
    await first.rings('سارا احمدی');
    const call = await secondAnswers('no-answer');
    expect(await first.badge.locator('[part~="badge"]').count()).toBe(0);
    expect(await turnsOf(call)).toEqual(['first u-agent: no-answer', 'second u-backup: answered']);
    await customer.hangup();
    await ended(call, 'answered');
  });

  it('declined: the second responder rings at once', async () => {
    const customer = await stage.ring(SARA);
    await first.badge.locator('[part~="decline"]').click();
    const call = await secondAnswers('declined');
    expect(await turnsOf(call)).toEqual(['first u-agent: declined', 'second u-backup: answered']);
    await customer.hangup();
    await ended(call, 'answered');
  });

  it('busy: the second responder rings at once, and the first conversation goes on', async () => {
    const kaveh = await stage.ring(KAVEH);
    const talk = await first.answer();
    const sara = await stage.ring(SARA);
    const call = await secondAnswers('busy');
    expect(await turnsOf(call)).toEqual(['first u-agent: busy', 'second u-backup: answered']);
    expect(await first.badge.locator('[part~="badge"]').count()).toBe(0);
    await first.hearsCustomer();
    await sara.hangup();
    await kaveh.hangup();
    await Promise.all([ended(call, 'answered'), ended(talk, 'answered')]);
  });

  it('on leave: the second responder rings at once', async () => {
    await asFirst.accounts.setOwn({ onLeave: true });
    const customer = await stage.ring(SARA);
    const call = await secondAnswers('on-leave');
    expect(await turnsOf(call)).toEqual(['first u-agent: on-leave', 'second u-backup: answered']);
    await customer.hangup();
    await ended(call, 'answered');
  });

  it('nobody: the caller hears a message, and the call is missed', async () => {
    await asSecond.accounts.setOwn({ onLeave: true });
    const customer = await stage.ring(SARA);
    await customer.connected();
    await customer.hears('sound');
    await customer.over();
    const call = await latestCall();
    await ended(call, 'missed');
    expect(await turnsOf(call)).toEqual(['first u-agent: on-leave', 'second u-backup: on-leave']);
    await Promise.all([asFirst.accounts.setOwn({ onLeave: false }), asSecond.accounts.setOwn({ onLeave: false })]);
  });

  it('abandoned: the caller gives up while it rings', async () => {
    const customer = await stage.ring(SARA);
    await first.rings('سارا احمدی');
    const call = await latestCall();
    await customer.hangup();
    await ended(call, 'abandoned');
    expect((await turnsOf(call))[0]).toBe('first u-agent: caller-gave-up');
    await until('the badge is gone', async () => (await first.badge.locator('[part~="badge"]').count()) === 0);
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
