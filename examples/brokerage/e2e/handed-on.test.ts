import type { Client } from '@callweave/sdk';
import type { Call } from '@callweave/sdk/protocol';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DEMO, PUBLIC_NUMBER } from '../src/demo.ts';
import type { CustomerCall, OutsideTelephone } from './outside/customer.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import { TransferPanel } from './pages/transfer-panel.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

const SARA = '+989121234567';
const KAVEH = '+989124445566';
const nameOf = (username: string) => DEMO.users.find((user) => user.username === username)?.name ?? '';

await onBothExchanges('A call that is handed on', (open) => {
  let stage: Stage;
  let first: AgentDesk;
  let second: AgentDesk;
  let panel: TransferPanel;
  let asManager: Client;
  let customer: CustomerCall;

  beforeAll(async () => {
    stage = await open({ rules: { queues: [], flow: { greeting: [], wrapUpSeconds: 0 } } });
    first = new AgentDesk((await stage.signIn('agent')).page);
    second = new AgentDesk((await stage.signIn('backup')).page);
    panel = new TransferPanel(first.page);
    asManager = await stage.client('manager');
    await Promise.all([first.ready(), second.ready()]);
  });
  afterAll(() => stage?.close());
  afterEach(async () => {
    await until('everybody is free', async () => !(await first.currentCall()) && !(await second.currentCall()));
  });

  const talk = async (): Promise<Call> => {
    customer = await stage.ring(SARA);
    const call = await first.answer();
    await first.hearsCustomer();
    return call;
  };
  const read = ({ id }: Pick<Call, 'id'>) => asManager.calls.get({ callId: id });

  it('goes to a colleague without a word before, who has it from then on, unverified', async () => {
    const call = await talk();
    await first.verify();
    await panel.to('blind', nameOf('backup'));
    await second.rings('سارا احمدی');
    await second.answer();
    await second.hearsCustomer();
    await until('the first agent is out', async () => (await first.currentCall()) === undefined);
    expect(await read(call)).toMatchObject({
      agent: { id: 'u-backup' },
      transfers: 1,
      verification: { state: 'expired' },
      recording: { state: 'recording' },
    });
    await customer.hears('sound');
    await customer.hangup();
  });

  it('is talked over first: the customer waits with music, comes back, and is then handed over', async () => {
    const call = await talk();
    await panel.to('attended', nameOf('backup'));
    await second.rings('سارا احمدی');
    await second.answer();
    await panel.saysOf('consulting');
    await customer.hears('sound');
    await panel.backToCustomer();
    await until('the colleague is out again', async () =>
      (await read(call)).parties.every(({ state }) => state === 'failed'),
    );
    await first.hearsCustomer();
    expect(await read(call)).toMatchObject({ agent: { id: 'u-agent' }, transfers: 0 });
    await until('the colleague is free', async () => (await second.phone())?.calls.length === 0);

    await panel.to('attended', nameOf('backup'));
    await second.rings('سارا احمدی');
    await second.answer();
    await panel.saysOf('consulting');
    await panel.handOver();
    await until('the colleague has the call', async () => (await read(call)).agent?.id === 'u-backup');
    await second.hearsCustomer();
    await customer.hangup();
  });

  it('becomes a conference of three with somebody outside, who sees the number of the house', async () => {
    const call = await talk();
    const kaveh: OutsideTelephone = await stage.telephone(KAVEH);
    await panel.to('attended', KAVEH);
    const third = await kaveh.rings();
    expect(third.from).toBe(PUBLIC_NUMBER);
    await third.answer();
    await panel.saysOf('consulting');
    await panel.letIn();
    await panel.saysOf('talking');
    await third.hears('sound');
    await customer.hears('sound');
    await third.hangup();
    await until('two are left', async () => (await read(call)).parties.every(({ state }) => state === 'failed'));
    await first.hearsCustomer();
    await customer.hangup();
    await kaveh.close();
  });

  it('is not recorded while a card number is said, and the recording says from when to when, and why', async () => {
    const call = await talk();
    await panel.pauseRecording('payment-card');
    await first.recordingIs('paused');
    await panel.resumeRecording();
    await first.recordingIs('recording');
    await customer.hangup();
    const { recording } = await until('the recording is stored', async () => {
      const now = await read(call);
      return now.recording.state === 'stored' ? now : undefined;
    });
    const { gaps } = await asManager.recordings.get({ recordingId: recording.id as string });
    expect(gaps).toMatchObject([{ reason: 'payment-card' }]);
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
