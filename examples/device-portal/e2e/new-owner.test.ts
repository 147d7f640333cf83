import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../../../packages/server-adapter/src/telephony/testing/component-gate.ts';
import { transfers as words } from '../../../packages/widgets/src/translations/en/transfers.ts';
import { DEMO_PASSWORD } from '../src/demo.ts';
import { openSite, type Site } from './site.ts';

const SCANNER = 'S2-23-00450';
const [OWNER, NEW_OWNER] = ['+989121112233', '+989351234567'];
const DIGITS = /[0-9۰-۹]{6}/;

/** Texts are in the language of whom they go to; a code is typed as it was read. */
const codeIn = (text: string) => DIGITS.exec((JSON.parse(text) as { text: string }).text)?.[0] ?? '';

await describeWith(['chromium'], 'A device that changes hands', () => {
  let site: Site;
  let owner: Page;

  beforeAll(async () => {
    site = await openSite();
    owner = (await site.buyer('buyer', DEMO_PASSWORD)).page;
  });
  afterAll(() => site?.close());

  it('is given by its owner: the exact text, confirmed by a code to their own telephone', async () => {
    await owner.goto('/handover');
    const give = owner.locator('cw-ownership-transfer');
    const device = give.locator('#device option', { hasText: SCANNER });
    await device.waitFor({ state: 'attached' });
    await give.locator('#device').selectOption((await device.getAttribute('value')) ?? '');
    await give.locator('#name').fill('آزاده نیکبخت');
    await give.locator('#national-code').fill('0084575948');
    await give.locator('#telephone').fill('0935 123 4567');
    await give.locator('[data-action="start"]').click();
    await give.locator('[part~="text"]', { hasText: SCANNER }).waitFor();
    await give.locator('[data-action="send"]').click();
    await give.locator('[autocomplete="one-time-code"]').fill(codeIn(await site.textTo(OWNER, /transfer-give-code/)));
    await give.locator('[data-action="consent"]').click();
    await give.getByText(words.give.confirmed).waitFor();
  });

  it('is taken by whom the link was sent to, without an account, by a code of their own', async () => {
    const { text } = JSON.parse(await site.textTo(NEW_OWNER, /transfer-offer/)) as { text: string };
    const link = new URL(/https?:\S+/.exec(text)?.[0] ?? '');
    const taker = (await site.visitor(`${link.pathname}?lang=en${link.hash}`)).page;
    const take = taker.locator('cw-transfer-acceptance');
    await take.locator('[data-action="send"]').click();
    await take
      .locator('[autocomplete="one-time-code"]')
      .fill(codeIn(await site.textTo(NEW_OWNER, /transfer-take-code/)));
    await take.locator('[data-action="consent"]').click();
    await take.getByText(words.take.ends.accepted).waitFor();
    // Of the present owner the new one learns nothing but that there is one.
    expect(await taker.textContent('body')).not.toContain('9121112233');
  });

  it('has another owner once a manager has looked at both consents', async () => {
    const manager = (await site.staff('manager')).page;
    await manager.goto('/reviews');
    const queue = manager.locator('cw-review-queue');
    await queue.locator('[data-action="approve"]').click();
    for (const [name, value] of [
      ['operator', 'آزاده نیکبخت'],
      ['city', 'شیراز'],
      ['street', 'خیابان زند'],
      ['building', '۴'],
    ] as const)
      await queue.locator(`input[name="${name}"]`).fill(value);
    await queue.locator('[data-action="sure"]').click();
    await queue.getByText(words.review.approved).waitFor();
    await owner.goto('/');
    const list = owner.locator('cw-device-list');
    await list.locator('[part~="row"]').first().waitFor();
    expect(await list.locator('[part~="row"]', { hasText: SCANNER }).count()).toBe(0);
  });

  it('leaves no page complaining', () => {
    // On the page of the new owner nobody is signed in, and the browser notes the answer that says so.
    expect(site.complaints().filter((complaint) => !complaint.includes('401'))).toEqual([]);
  });
});
