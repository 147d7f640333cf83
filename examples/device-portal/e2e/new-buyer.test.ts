import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { openSite, type Site } from './site.ts';

const NAME = 'کلینیک لبخند';
const CODE = '0060495219';
const PASSWORD = 'a password of my own';
const BUYERS = `نام;کد ملی;تلفن;اپراتور;شهر;خیابان;ساختمان
${NAME};${CODE};09331234567;مریم وفا;اصفهان;چهارباغ;پلاک ۷
`;
const WRONG_BUYERS = BUYERS.replace(CODE, '0060495218');
const DEVICES = `کد ملی;برند;مدل;شماره سریال
${CODE};Arvin;M5;M5-26-00900
${CODE};Kilnova;F1;F1-26-00031
`;

await describeWith(['chromium'], 'A new buyer', () => {
  let site: Site;
  let manager: Page;

  beforeAll(async () => {
    site = await openSite();
    manager = (await site.staff('manager')).page;
  });
  afterAll(() => site?.close());

  const give = async (path: string, csv: string) => {
    await manager.goto(path);
    const table = manager.locator('cw-table-import');
    await table
      .locator('input[type="file"]')
      .setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    return table;
  };

  it('comes in with a table; a wrong row is told by its line, and nothing is written', async () => {
    const wrong = await give('/buyers', WRONG_BUYERS);
    await wrong.getByText('national_code').first().waitFor();
    expect(await wrong.locator('[data-action="confirm"]').count()).toBe(0);
    const right = await give('/buyers', BUYERS);
    await right.locator('[data-action="confirm"]').click();
    await right.locator('[data-action="again"]').waitFor();
    const devices = await give('/devices', DEVICES);
    await devices.locator('[data-action="confirm"]').click();
    await devices.locator('[data-action="again"]').waitFor();
  });

  it('gets a login of the site, whose first password opens nothing but the choice of another', async () => {
    await manager.goto('/buyers');
    await manager.locator('cw-buyer-admin [part~="buyer"]', { hasText: NAME }).click();
    await manager.fill('.logins input[name="username"]', 'labkhand');
    await manager.click('.logins button');
    const first = (await manager.textContent('.given-password')) ?? '';

    const { page } = await site.visitor();
    await page.fill('input[name=username]', 'labkhand');
    await page.fill('input[name=password]', first);
    await page.click('form.sign-in button');
    await page.waitForURL('**/password');
    await page.goto('/support');
    expect(new URL(page.url()).pathname).toBe('/password');
    await page.fill('input[name=password]', PASSWORD);
    await page.fill('input[name=again]', PASSWORD);
    await page.click('form.sign-in button');
    await page.locator('cw-device-list [part~="row"]', { hasText: 'M5-26-00900' }).waitFor();
    expect(await page.locator('cw-device-list [part~="row"]').count()).toBe(2);
    await page.goto('/profile');
    await page.locator('cw-buyer-profile', { hasText: 'چهارباغ' }).waitFor();
  });

  it('leaves no page complaining', () => {
    expect(site.complaints()).toEqual([]);
  });
});
