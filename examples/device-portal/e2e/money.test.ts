import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { payments as paymentWords } from '../../../packages/widgets/src/translations/en/payments.ts';
import { ticketDesk as deskWords } from '../../../packages/widgets/src/translations/en/ticket-desk.ts';
import { tickets as ticketWords } from '../../../packages/widgets/src/translations/en/tickets.ts';
import { DEMO_PASSWORD } from '../src/demo.ts';
import { openSite, type Site } from './site.ts';

/** Its service ended in February. */
const SCANNER = 'S2-23-00450';

await describeWith(['chromium'], 'What service costs', () => {
  let site: Site;
  let buyer: Page;
  let technician: Page;

  beforeAll(async () => {
    site = await openSite();
    buyer = (await site.buyer('buyer', DEMO_PASSWORD)).page;
    technician = (await site.staff('technician')).page;
  });
  afterAll(() => site?.close());

  const plan = () => buyer.locator('cw-service-plan [part~="plan"]', { hasText: SCANNER });
  const choose = async (option: string) => {
    await buyer.goto('/service');
    const ways = plan().locator('[data-action="choose"]');
    const options = plan().locator('input[type="radio"]').first();
    await ways.or(options).first().waitFor();
    if (await ways.isVisible()) await ways.click();
    await plan().locator(`input[value="${option}"]`).check();
    await plan().locator('[data-action="send"]').click();
  };
  const serviceOf = (serial: string) => buyer.locator('cw-device-list [part~="row"]', { hasText: serial });
  const openTicket = async (title: string) => {
    await buyer.goto('/support');
    const panel = buyer.locator('cw-ticket-panel');
    await panel.locator('[data-action="new"]').click();
    const form = panel.locator('cw-ticket-form');
    await form.locator('#device').selectOption({ label: `Arvin S2 · ${SCANNER}` });
    await form.locator('#subject').fill(title);
    await form.locator('#text').fill('The picture has stripes.');
    return form;
  };
  const work = async (title: string, units: number) => {
    await technician.goto('/bench');
    await technician.locator('cw-ticket-desk [data-ticket]', { hasText: title }).click();
    const ticket = technician.locator('cw-ticket-case');
    await ticket.locator('summary', { hasText: deskWords.work.title }).click();
    await ticket.locator('#difficulty').selectOption('expert');
    await ticket.locator('#quantity').fill(String(units));
    await ticket.locator('[data-action="record"]').click();
    await ticket.getByText(deskWords.work.done).waitFor();
  };

  it('goes on case by case: work is charged, and at the ceiling new cases wait for payment', async () => {
    await choose('per-case');
    await buyer.goto('/');
    await serviceOf(SCANNER).getByText('per case').waitFor();
    const form = await openTicket('Stripes');
    await form.locator('[data-action="send"]').click();
    await buyer.locator('cw-ticket-panel').getByText(ticketWords.form.sent('1')).waitFor();
    // 5 units of 2,000,000 toman each: exactly the ceiling.
    await work('Stripes', 4);
    await site.textTo('+989121112233', /billing-warning/);
    await work('Stripes', 1);
    await site.textTo('+989121112233', /billing-ceiling/);
    const refused = await openTicket('More stripes');
    await refused.locator('[data-refused="ceiling-reached"]').waitFor();
  });

  it('is paid at the bank, once, and the next case is opened', async () => {
    await buyer.goto('/service');
    await buyer.locator('cw-invoices [data-action="pay"]').click();
    await buyer.locator('#pay').click();
    await buyer.waitForURL('**/payment?**');
    const result = buyer.locator('cw-payment-result');
    await result.getByText(paymentWords.result.paid).waitFor();
    // The browser's way back: the gateway's callback comes again.
    await buyer.reload();
    await result.getByText(paymentWords.result.paid).waitFor();
    const form = await openTicket('More stripes');
    await form.locator('[data-action="send"]').click();
    await buyer.locator('cw-ticket-panel').getByText(ticketWords.form.sent('2')).waitFor();
  });

  it('is renewed for a year by a payment that the bank confirms', async () => {
    await choose('1');
    await buyer.locator('#pay').click();
    await buyer.waitForURL('**/payment?**');
    await buyer.locator('cw-payment-result').getByText(paymentWords.result.paid).waitFor();
    await buyer.goto('/');
    await serviceOf(SCANNER).getByText('renewed').waitFor();
  });

  it('leaves no page complaining', () => {
    expect(site.complaints()).toEqual([]);
  });
});
