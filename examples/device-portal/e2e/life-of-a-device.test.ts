import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { installations as installationWords } from '../../../packages/widgets/src/translations/en/installations.ts';
import { tickets as ticketWords } from '../../../packages/widgets/src/translations/en/tickets.ts';
import { DEMO_CHECKLIST, DEMO_PASSWORD } from '../src/demo.ts';
import { openSite, type Site } from './site.ts';

/** Bought, and not installed yet; its service ended in February. */
const [MILL, SCANNER] = ['M5-24-00117', 'S2-23-00450'];

const serviceOf = (page: Page, serial: string) =>
  page.locator('cw-device-list [part~="row"]', { hasText: serial }).locator('[part~="service"], .chip').last();

await describeWith(['chromium'], 'The life of a device', () => {
  let site: Site;
  let buyer: Page;
  let technician: Page;

  beforeAll(async () => {
    site = await openSite();
    buyer = (await site.buyer('buyer', DEMO_PASSWORD)).page;
    technician = (await site.staff('technician')).page;
  });
  afterAll(() => site?.close());

  it('is in the list of its buyer, and has no service before its installation is confirmed', async () => {
    await serviceOf(buyer, MILL).getByText('not activated').waitFor();
    await serviceOf(buyer, SCANNER).getByText('expired').waitFor();
  });

  it('is prepared by a technician, and confirmed by the buyer: sealed, and its service begins', async () => {
    await technician.goto('/bench');
    await technician.fill('.lookup input', MILL);
    await technician.click('.lookup button');
    await technician.locator('.lookup-found button', { hasText: MILL }).click();
    const preparation = technician.locator('cw-installation-preparation');
    await preparation.getByRole('button', { name: installationWords.preparation.prepare }).click();
    await preparation.getByText(installationWords.preparation.prepared).waitFor();

    await buyer.goto('/handover');
    const form = buyer.locator('cw-installation-form');
    await form.locator('[data-action="review"]').click();
    await form.getByText(installationWords.incomplete).waitFor();
    for (const { en } of DEMO_CHECKLIST) await form.getByLabel(en).check();
    await form.getByLabel(installationWords.allDone).check();
    await form.locator('[data-action="review"]').click();
    await form.locator('[part~="text"]', { hasText: MILL }).waitFor();
    await form.locator('[data-action="confirm"]').click();
    await form.getByText(installationWords.started).waitFor();

    await buyer.goto('/');
    await serviceOf(buyer, MILL).getByText('active').waitFor();
  });

  it('has a certificate that anyone can check, and that tells nothing of a person', async () => {
    await buyer.goto('/handover');
    const code = await buyer.evaluate(async () => {
      const answer = await fetch('/callweave/own-installations');
      const { installations } = await answer.json();
      return installations[0].confirmed.code as string;
    });
    const stranger = await site.visitor(`/callweave/certificates?code=${encodeURIComponent(code)}&locale=en`);
    const text = (await stranger.page.textContent('body')) ?? '';
    expect(text).toContain('M5');
    for (const personal of ['سپید', 'کاظمی', '0499370899', '9121112233', MILL]) expect(text).not.toContain(personal);
  });

  it('has its tickets answered live, with a file', async () => {
    await buyer.goto('/support');
    const panel = buyer.locator('cw-ticket-panel');
    await panel.locator('[data-action="new"]').click();
    const form = panel.locator('cw-ticket-form');
    await form.locator('#device').selectOption({ label: `Arvin M5 · ${MILL}` });
    await form.locator('#subject').fill('Spindle stops');
    await form.locator('#text').fill('It stops after ten minutes of dry milling.');
    await form.locator('#priority').selectOption('high');
    await form
      .locator('input[type="file"]')
      .setInputFiles({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('E-42 spindle temperature\n') });
    await form.getByText(ticketWords.attachments.uploaded('log.txt')).waitFor({ state: 'attached' });
    await form.locator('[data-action="send"]').click();
    await panel.locator('[part~="row"]', { hasText: 'Spindle stops' }).locator('button').first().click();
    await panel.getByText('log.txt').first().waitFor();
    await panel.getByText(ticketWords.state.open).first().waitFor();

    await technician.goto('/bench');
    const desk = technician.locator('cw-ticket-desk');
    await desk.locator('[data-ticket]', { hasText: 'Spindle stops' }).click();
    const ticket = desk.locator('cw-ticket-case');
    await ticket.locator('[data-action="take"]').click();
    await ticket.locator('#text').fill('Please clean the filter; a new one is on its way.');
    await ticket.locator('[data-action="send"]').click();
    // On the page that the buyer has had open all the time.
    await panel.getByText('Please clean the filter').waitFor();
    await panel.getByText(ticketWords.state.answered).first().waitFor();
    // That there is an answer is told by text; what it says is not.
    expect(await site.textTo('+989121112233', /ticket-answered/)).not.toContain('filter');
  });

  it('expires a year later: no new tickets, and the way out is shown', async () => {
    await site.later(366);
    await buyer.goto('/');
    await serviceOf(buyer, MILL).getByText('expired').waitFor();
    await buyer.goto('/support');
    const panel = buyer.locator('cw-ticket-panel');
    await panel.locator('[data-action="new"]').click();
    const form = panel.locator('cw-ticket-form');
    await form.locator('#device').selectOption({ label: `Arvin M5 · ${MILL}` });
    await form.locator('[data-refused="service-expired"]').waitFor();
    await form.locator('[data-action="way-out"]').click();
    await buyer.waitForURL('**/service');
  });

  it('leaves no page complaining', () => {
    expect(site.complaints()).toEqual([]);
  });
});
