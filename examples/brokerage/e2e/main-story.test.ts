import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@callweave/sdk';
import type { Call, Order } from '@callweave/sdk/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orders as en } from '../../../packages/widgets/src/translations/en/orders.ts';
import { orders as fa } from '../../../packages/widgets/src/translations/fa/orders.ts';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import { DealingDesk } from './pages/dealing-desk.ts';
import { AGENT_VOICE_HZ, type Stage } from './stage.ts';
import { until } from './until.ts';
import { measureRecording } from './voice.ts';

const SARA = '+989121234567';
const PIN = '7391';
const CLI = fileURLToPath(new URL('../../../packages/server-adapter/src/cli/main.ts', import.meta.url));

/** The promise of the dealing floor and of the desk: what one side does, the other sees within a second. */
const WITHIN_MS = 1000;

await onBothExchanges('From a ringing telephone to a sealed order', (open, exchange) => {
  let stage: Stage;
  let agent: AgentDesk;
  let dealer: DealingDesk;
  let asAgent: Client;
  let asManager: Client;
  let first: Call;
  let orders: readonly Order[];

  const orderOf = (symbol: string): Order => {
    const order = orders.find(({ instrument }) => instrument.symbol === symbol);
    if (!order) throw new Error(`There is no order for ${symbol}.`);
    return order;
  };

  const verifyOnCommandLine = ({ number }: Order) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const flags = ['--conditions=@callweave/source', '--disable-warning=ExperimentalWarning'];
      const command = ['evidence', 'verify', String(number), '--data', stage.portal().data];
      execFile(process.execPath, [...flags, CLI, ...command], (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
      );
    });

  beforeAll(async () => {
    stage = await open();
    // The agent works in Persian on one of the exchanges, and in English on the other.
    const people = await Promise.all([
      stage.signIn('agent', exchange === 'asterisk' ? 'fa' : 'en'),
      stage.signIn('dealer'),
    ]);
    agent = new AgentDesk(people[0].page);
    dealer = new DealingDesk(people[1].page);
    [asAgent, asManager] = await Promise.all([stage.client('agent'), stage.client('manager')]);
    await agent.ready();
  });

  afterAll(() => stage?.close());

  it('carries three requests of one call to the dealing floor', async () => {
    const customer = await stage.ring(SARA);
    await agent.rings('سارا احمدی');
    first = await agent.answer();
    expect(first).toMatchObject({
      state: 'answered',
      callerNumber: SARA,
      numberDeclared: true,
      responderOrder: 'first',
    });
    await agent.recordingIs('recording');
    await Promise.all([agent.hearsCustomer(), customer.hears('sound')]);

    await agent.startVerification();
    await agent.answerQuestion('هیچ‌کدام');
    expect((await agent.call()).verification).toMatchObject({ state: 'asking', attemptsLeft: 2 });
    await agent.answerQuestion('right');
    expect((await agent.call()).verification).toMatchObject({ state: 'passed', pin: 'change-required' });

    await agent.noteRequest({ side: 'buy', typed: 'فولاد', symbol: 'فولاد', quantity: '۱۰۰۰', price: '5210' });
    // Typed on an Arabic keyboard.
    await agent.noteRequest({ side: 'sell', typed: 'فولادح', symbol: 'فولادح', quantity: '2,500' });
    await agent.noteRequest({ side: 'buy', typed: 'زعفران', symbol: 'زعفران', quantity: '300', price: '128000' });
    // Before the initial PIN is changed nothing can be read back, here or past the page.
    expect(await agent.sheet.locator('[data-action="read-back"]').isDisabled()).toBe(true);
    const drafts = (await asAgent.orders.list({ callId: first.id })).orders;
    const ids = drafts.flatMap(({ instructions }) => instructions.map(({ id }) => id));
    await expect(asAgent.orders.readBack({ callId: first.id, instructionIds: ids })).rejects.toMatchObject({
      code: 'pin-change-missing',
    });
    await agent.changePin(customer, PIN);

    expect(await agent.readBack(customer)).toHaveLength(3);
    const submittedAt = await agent.submit();
    await until('the dealer sees all three', async () => (await dealer.rows.count()) === 3, { everyMs: 10 });
    expect(Date.now() - submittedAt).toBeLessThan(WITHIN_MS);
    orders = (await asAgent.orders.list({ callId: first.id })).orders;
    expect(new Set(orders.map(({ state, branch }) => `${state} ${branch}`))).toEqual(
      new Set(['announced call-centre']),
    );

    const share = orderOf('فولاد');
    await dealer.claim(share);
    await dealer.accept(share);
    const filledAt = await dealer.fill(share, '400', '5205');
    const partly = exchange === 'asterisk' ? fa.state['partly-filled'] : en.state['partly-filled'];
    await agent.row(share).locator('.chip', { hasText: partly }).waitFor();
    expect(Date.now() - filledAt).toBeLessThan(WITHIN_MS);
    const right = orderOf('فولادح');
    await dealer.claim(right);
    const rejectedAt = await dealer.reject(right, 'نماد متوقف است');
    await agent.row(right).locator('.chip.danger').waitFor();
    expect(Date.now() - rejectedAt).toBeLessThan(WITHIN_MS);
    await expect(asAgent.orders.get({ orderId: share.id })).resolves.toMatchObject({
      state: 'partly-filled',
      filledQuantity: 400,
    });

    await agent.hangUp();
    await customer.over();
    await agent.wrapUp('order-taken', 'سه درخواست');
    await expect(asAgent.calls.get({ callId: first.id })).resolves.toMatchObject({
      state: 'ended',
      outcome: 'answered',
      wrapUp: { disposition: 'order-taken', note: 'سه درخواست' },
    });
  });

  it('refuses an amendment without a call', async () => {
    const { id: orderId, terms } = orderOf('زعفران');
    const change = { orderId, callId: first.id, terms: { ...terms, quantity: 200 } };
    await expect(asAgent.orders.draftChange(change)).rejects.toMatchObject({ code: 'call-not-live' });
    await expect(asAgent.orders.draftWithdrawal({ orderId, callId: first.id })).rejects.toMatchObject({
      code: 'call-not-live',
    });
    await expect(asAgent.orders.get({ orderId })).resolves.toMatchObject({
      state: 'announced',
      terms: { quantity: 300 },
    });
  });

  it('accepts a change and a withdrawal in a new call', async () => {
    const saffron = orderOf('زعفران');
    const customer = await stage.ring(SARA);
    const call = await agent.answer();
    expect(call.id).not.toBe(first.id);
    // A verification belongs to its call: what is noted before it goes no further.
    const { instructions } = await asAgent.orders.draftWithdrawal({ orderId: saffron.id, callId: call.id });
    const early = {
      callId: call.id,
      instructionIds: instructions.filter(({ callId }) => callId === call.id).map(({ id }) => id),
    };
    await expect(asAgent.orders.readBack(early)).rejects.toMatchObject({ code: 'verification-missing' });
    await expect(asAgent.orders.submit(early)).rejects.toMatchObject({ code: 'verification-missing' });
    await asAgent.orders.discard({ orderId: saffron.id });
    await agent.verify();
    expect((await agent.call()).verification.pin).toBe('not-required');

    const earlier = agent.sheet.locator('li[data-earlier]');
    const of = (order: Pick<Order, 'id'>) => agent.sheet.locator(`li[data-earlier="${order.id}"]`);
    // The broker has begun with the share: only the saffron can still be amended.
    expect(await of(orderOf('فولاد')).locator('button').count()).toBe(0);
    await of(saffron).locator('button').first().click();
    await agent.sheet.locator('cw-order-form #quantity').fill('200');
    await agent.page.keyboard.press('Enter');
    await agent.sheet.locator('tr[data-order]').waitFor();
    await agent.readBack(customer);
    await agent.submit();
    const replaced = await asAgent.orders.get({ orderId: saffron.id });
    expect(replaced.state).toBe('replaced');
    const changed = await asAgent.orders.get({ orderId: replaced.replacedBy ?? '' });
    expect(changed).toMatchObject({ state: 'announced', replaces: saffron.id, terms: { quantity: 200 } });

    await of(changed).locator('button.danger').click();
    await agent.sheet.locator('tr[data-order]:not(.sent)').waitFor();
    await agent.readBack(customer);
    await agent.submit();
    await until(
      'the order is withdrawn',
      async () => (await asAgent.orders.get({ orderId: changed.id })).state === 'cancelled',
    );
    await until(
      'the withdrawn order has left the dealing floor',
      async () => (await dealer.row(changed).count()) === 0,
    );
    expect(await earlier.count()).toBe(1);

    await customer.hangup();
    await agent.wrapUp('order-changed', '');
  });

  it('plays the recording at the moment of the order', async () => {
    const { page } = await stage.signIn('manager');
    const share = await asManager.orders.get({ orderId: orderOf('فولاد').id });
    const [instruction] = share.instructions;
    if (!instruction?.recordingId) throw new Error('The order has no recording.');
    const { recordingId } = instruction;
    const recording = await until('the recording is stored', async () => {
      const found = await asManager.recordings.get({ recordingId });
      return found.state === 'stored' ? found : undefined;
    });
    await page.goto('/reports');
    const row = page.locator(`cw-order-list tr[data-order="${share.id}"]`);
    await row.locator('[data-action="details"]').click();
    await page.locator(`cw-order-list [data-listen="${instruction.id}"]`).click();
    const marker = recording.markers.find(({ instructionId }) => instructionId === instruction.id);
    const playFrom = page.locator(`cw-recording-player [data-instruction="${instruction.id}"]`);
    await playFrom.click();
    const audio = page.locator('cw-recording-player audio');
    const at = (marker?.offsetMs ?? Number.NaN) / 1000;
    expect(at).toBeGreaterThan(1);
    const now = await until('the recording plays', async () => {
      const { time, paused } = await audio.evaluate((element: HTMLAudioElement) => ({
        time: element.currentTime,
        paused: element.paused,
      }));
      return !paused && time > 0 ? time : undefined;
    });
    // It begins shortly before the sentence, never at the start of the call, and goes on from there.
    expect(now).toBeGreaterThan(at - 3);
    expect(now).toBeLessThan(at + 5);
    await until('the sound goes on', () =>
      audio.evaluate((element: HTMLAudioElement, from) => element.currentTime > from, now),
    );

    await page.locator('cw-order-list [data-action="prove"]').click();
    await page.locator('cw-order-list .message.success').waitFor();
  });

  it('holds both voices in the recording, each on its side', async () => {
    const recordingId = (await asManager.calls.get({ callId: first.id })).recording.id ?? '';
    const answer = await stage.fetchAs('manager', `/callweave/recordings/${recordingId}/audio`);
    expect(answer.status).toBe(200);
    const { customer, agent: house, seconds } = measureRecording(new Uint8Array(await answer.arrayBuffer()));
    expect(Math.abs(customer.hz - stage.outside.voiceHz)).toBeLessThanOrEqual(20);
    expect(customer.purity).toBeGreaterThan(0.5);
    expect(Math.abs(house.hz - AGENT_VOICE_HZ)).toBeLessThanOrEqual(20);
    expect(house.purity).toBeGreaterThan(0.5);
    const call = await asManager.calls.get({ callId: first.id });
    const talked = (Date.parse(call.endedAt ?? '') - Date.parse(call.answeredAt ?? '')) / 1000;
    expect(Math.abs(seconds - talked)).toBeLessThan(2);
  });

  it('proves every order, over the API and on the command line', async () => {
    const all = (await asManager.orders.list({ customerId: first.customer?.id ?? '' })).orders;
    expect(all).toHaveLength(4);
    for (const { id } of all) {
      const report = await asManager.evidence.verifyOrder({ orderId: id });
      expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(report.proven).toBe(true);
    }
    const { code, output } = await verifyOnCommandLine(orderOf('فولاد'));
    expect(output).toMatch(/^Proven: \d+ checks/m);
    expect(code).toBe(0);
  });

  it('finds a recording of which a single bit was changed', async () => {
    const folder = join(stage.portal().data, 'recordings');
    const files = (await readdir(folder, { recursive: true })).filter((name) =>
      name.includes(first.recording.id ?? ''),
    );
    expect(files).toHaveLength(1);
    const file = join(folder, files[0] ?? '');
    const sound = await readFile(file);
    sound.writeUInt8(sound.readUInt8(sound.length >> 1) ^ 1, sound.length >> 1);
    await chmod(file, 0o600);
    await writeFile(file, sound);
    const { code, output } = await verifyOnCommandLine(orderOf('فولاد'));
    expect(output).toMatch(/^Not proven\. First break: recording/m);
    expect(code).toBe(1);
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
