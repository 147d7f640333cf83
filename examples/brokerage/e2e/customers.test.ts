import type { Client } from '@callweave/sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBothExchanges } from './outside/exchanges.ts';
import { AgentDesk } from './pages/agent-desk.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** A number that nobody has declared yet. */
const STRANGER = '+989199999999';
/** Reza and Leila share it. */
const SHARED = '+989351112233';
const SARA = '+989121234567';

await onBothExchanges('Who is calling', (open) => {
  let stage: Stage;
  let agent: AgentDesk;
  let asAgent: Client;

  beforeAll(async () => {
    stage = await open({ rules: { flow: { greeting: [], wrapUpSeconds: 0 } } });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    asAgent = await stage.client('agent');
    await agent.ready();
  });
  afterAll(() => stage?.close());

  it('a stranger is told apart, and found by number once the desk has created them', async () => {
    const stranger = await stage.ring(STRANGER);
    const call = await agent.answer();
    expect(call).toMatchObject({ customer: null, candidates: [], numberDeclared: false, responderOrder: 'group' });
    await stranger.hangup();
    await until('the call is over', async () => (await agent.currentCall()) === undefined);

    const { page } = agent;
    await page.goto('/customers/new');
    const form = page.locator('cw-customer-form');
    await form.locator('#name').fill('نسرین رستمی');
    await form.locator('#nationalCode').fill('0013542418');
    await form.locator('#kind').selectOption('securities');
    await form.locator('#number1').fill('۰۹۱۹ ۹۹۹ ۹۹۹۹');
    await form.locator('#responder1').selectOption('u-agent');
    await form.locator('fieldset:has(legend) button:not([part])', { hasText: /question/i }).click();
    await form.locator('#question0').fill('نام روستای پدری شما؟');
    await form.locator('#answer0').fill('ماسوله');
    await form.locator('[part~="save"]').click();
    // The code is wrong by one digit: it is said beside the field, and nothing is created.
    await form.locator('#nationalCode-error').waitFor();
    expect((await asAgent.customers.find({ query: STRANGER })).customers).toEqual([]);
    await form.locator('#nationalCode').fill('۰۰۱۳۵۴۲۴۶۱');
    await form.locator('[part~="save"]').click();
    await form.locator('.message.success').waitFor();
    const [created] = (await asAgent.customers.find({ query: '0919 999 9999' })).customers;
    expect(created).toMatchObject({
      name: 'نسرین رستمی',
      kind: 'securities',
      username: expect.stringMatching(/^\d{5}$/),
    });

    // On the same page: the badge stands at the top of every one.
    await agent.ready();
    const known = await stage.ring(STRANGER);
    await agent.rings('نسرین رستمی');
    await agent.answer();
    expect(await agent.call()).toMatchObject({
      customer: { id: created?.id },
      numberDeclared: true,
      responderOrder: 'first',
    });
    // In the middle of the call to the request sheet, which is on another page.
    await page.goto('/');
    await agent.ready();
    await agent.hearsCustomer();
    await agent.startVerification();
    await agent.answerQuestion('ماسوله');
    expect((await agent.call()).verification).toMatchObject({ state: 'passed', pin: 'change-required' });
    await known.hangup();
    await until('the call is over', async () => (await agent.currentCall()) === undefined);
  });

  it("a client's own page in the portal shows the desk's form of that client", async () => {
    const { page } = await stage.signIn('manager');
    await page.goto('/customers/10001');
    const form = page.locator('cw-customer-form');
    await form.locator('#name').waitFor();
    const [sara] = (await asAgent.customers.find({ query: SARA })).customers;
    await expect.poll(() => form.locator('#name').inputValue()).toBe(sara?.name);
    await page.goto('/customers/99999');
    await page.locator('[data-missing]', { hasText: /\S/ }).waitFor();
    expect(await page.locator('cw-customer-form').count()).toBe(0);
  });

  it('of two customers with one number the agent chooses, before anything else', async () => {
    const caller = await stage.ring(SHARED);
    await agent.answer();
    const call = await agent.call();
    expect(call.customer).toBeNull();
    expect(call.candidates.map(({ name }) => name).sort()).toEqual(['رضا موسوی', 'لیلا موسوی'].sort());
    await expect(asAgent.verification.start({ callId: call.id })).rejects.toMatchObject({
      code: 'call-without-customer',
    });
    await agent.verification.locator('.choices button', { hasText: 'لیلا موسوی' }).click();
    await until('Leila is chosen', async () => (await agent.currentCall())?.customer?.name === 'لیلا موسوی');
    expect((await agent.call()).numberDeclared).toBe(true);
    await agent.verify();
    await caller.hangup();
    await until('the call is over', async () => (await agent.currentCall()) === undefined);
  });

  it('left no page complaining', () => {
    expect(stage.complaints()).toEqual([]);
  });
});

await onBothExchanges("Who is calling, from the portal's own table", (open) => {
  let stage: Stage;
  let agent: AgentDesk;

  beforeAll(async () => {
    stage = await open({
      empty: true,
      env: { DIRECTORY: 'portal' },
      rules: { flow: { greeting: [], wrapUpSeconds: 0 } },
    });
    agent = new AgentDesk((await stage.signIn('agent')).page);
    await agent.ready();
  });
  afterAll(() => stage?.close());

  it('finds the client by number, verifies them and takes an order', async () => {
    const customer = await stage.ring(SARA);
    await agent.rings('سارا احمدی');
    await agent.answer();
    expect(await agent.call()).toMatchObject({
      customer: { id: 'c-sara', username: '10001' },
      responderOrder: 'first',
    });
    await agent.recordingIs('recording');
    await agent.verify();
    await agent.noteRequest({ side: 'buy', typed: 'اخزا', symbol: 'اخزا001', quantity: '10', price: '950000' });
    await agent.readBack(customer);
    await agent.submit();
    const asAgent = await stage.client('agent');
    expect((await asAgent.orders.list({ customerId: 'c-sara' })).orders).toMatchObject([{ state: 'announced' }]);
    // The portal keeps its customers: the desk creates none beside them.
    await expect(
      asAgent.customers.create({ name: 'کس دیگر', kind: 'both', nationalCode: '0013542419', numbers: ['09190000000'] }),
    ).rejects.toMatchObject({ code: 'customer-kept-by-host' });
    await customer.hangup();
    expect(stage.complaints()).toEqual([]);
  });
});
