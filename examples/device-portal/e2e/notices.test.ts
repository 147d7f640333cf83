import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { DEMO_PASSWORD } from '../src/demo.ts';
import { openSite, type Site } from './site.ts';

const TITLE = 'New terms of service';
const HOUR_MS = 3_600_000;
/** Tehran keeps +03:30 all year. */
const TEHRAN_AHEAD_HOURS = 3.5;

/** From now until ten in the morning where the house is, when nobody is woken by a text. */
function hoursUntilMorning(): number {
  const there = (Date.now() / HOUR_MS + TEHRAN_AHEAD_HOURS) % 24;
  return (34 - there) % 24;
}

await describeWith(['chromium'], 'A legal notice', () => {
  let site: Site;
  let buyer: Page;
  let manager: Page;

  beforeAll(async () => {
    site = await openSite();
    buyer = (await site.buyer('buyer', DEMO_PASSWORD)).page;
    manager = (await site.staff('manager')).page;
  });
  afterAll(() => site?.close());

  it('is written in three languages, and rings the bell of the buyer who has the page open', async () => {
    await manager.goto('/announcements');
    const desk = manager.locator('cw-announcements');
    await desk.locator('[data-action="write"]').click();
    await desk.locator('#category').selectOption('legal');
    for (const language of ['en', 'fa', 'cs']) {
      await desk.locator(`#title-${language}`).fill(TITLE);
      await desk.locator(`#content-${language}`).fill('From March on, answers come within one working day.');
    }
    await desk.locator('form button.primary').click();
    await desk.locator('[data-action="publish"]').click();
    await desk.locator('[data-action="confirm"]').click();

    const bell = buyer.locator('cw-notifications');
    await bell.locator('#bell .chip').waitFor();
    await bell.locator('#bell').click();
    await bell.locator('[data-notification] summary', { hasText: TITLE }).click();
    await bell.locator('[data-action="acknowledge"]').click();
    await bell.locator('#bell .chip').waitFor({ state: 'detached' });
  });

  it('comes as a text in the morning, without what it says', async () => {
    await site.later(hoursUntilMorning() / 24);
    expect(await site.textTo('+989121112233', /announcement/)).not.toContain('working day');
  });

  it('leaves no page complaining', () => {
    expect(site.complaints()).toEqual([]);
  });
});
