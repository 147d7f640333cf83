import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { DEMO_PASSWORD } from '../src/demo.ts';
import { openSite, type Site } from './site.ts';

const TITLE = 'Milling zirconia';

await describeWith(['chromium'], 'A course with its licence', () => {
  let site: Site;
  let buyer: Page;
  let manager: Page;

  beforeAll(async () => {
    site = await openSite();
    buyer = (await site.buyer('buyer', DEMO_PASSWORD)).page;
    manager = (await site.staff('manager')).page;
  });
  afterAll(() => site?.close());

  it('is offered by the manager', async () => {
    await manager.goto('/courses');
    const admin = manager.locator('cw-course-admin');
    await admin.locator('[data-action="add"]').click();
    for (const language of ['en', 'fa', 'cs']) {
      await admin.locator(`#title-${language}`).fill(TITLE);
      await admin.locator(`#description-${language}`).fill('From the blank to the crown, in six hours.');
    }
    await admin.locator('#price').fill('2500000');
    await admin.locator('#playerCourses').fill('5f8b1c2d3e4f5a6b7c8d9e0f');
    await admin.locator('[data-action="save"]').click();
    await admin.locator('[data-action="publish"]').click();
  });

  it('is bought, paid at the bank, and its licence stands on the page of its buyer', async () => {
    await buyer.goto('/learn');
    const shop = buyer.locator('cw-course-shop');
    await shop.locator('[data-action="buy"]').click();
    await buyer.locator('#pay').click();
    await buyer.waitForURL((url) => url.searchParams.has('payment'));
    await buyer.goto('/learn');
    await shop.locator('[data-action="open"]').waitFor();
    expect(await shop.locator('input[readonly]').inputValue()).not.toBe('');
  });

  it('leaves no page complaining', () => {
    expect(site.complaints()).toEqual([]);
  });
});
