import { expect, test } from 'vitest';
import type { Client } from '../http/client.ts';
import { createCourseAdmin } from './course-admin.ts';
import { createCourses } from './courses.ts';

const PRICE = { amount: 5, currency: 'IRR' } as const;

test('the shop is loaded whole, and again when an order has changed; a closed one no more', async () => {
  const asked: string[] = [];
  const answer = (name: string, value: object) => async (input: unknown) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    return value;
  };
  const shop = createCourses({
    courses: {
      catalogue: answer('catalogue', { courses: [{ id: 'c1' }] }),
      own: answer('own', { orders: [{ order: { id: 'o1' }, licence: null }] }),
      buy: answer('buy', { id: 'o1', paymentId: 'p1' }),
    },
  } as unknown as Client);
  const close = shop.open();
  await expect
    .poll(() => shop.shop.get())
    .toMatchObject({
      status: 'ready',
      value: { catalogue: [{ id: 'c1' }], orders: [{ order: { id: 'o1' } }] },
    });
  expect(await shop.buy('c1', PRICE)).toMatchObject({ paymentId: 'p1' });
  expect(asked).toEqual([
    'catalogue {}',
    'own {}',
    'buy {"courseId":"c1","price":{"amount":5,"currency":"IRR"}}',
    'catalogue {}',
    'own {}',
  ]);
  close();
  shop.reload();
  expect(asked).toHaveLength(5);
  shop.reset();
  expect(shop.shop.get().status).toBe('loading');
});

test('what managers do is seen at once, and a key is what issuing answers', async () => {
  const asked: string[] = [];
  const answer = (name: string, value: object) => async () => {
    asked.push(name);
    return value;
  };
  const admin = createCourseAdmin({
    courses: { list: answer('courses', { courses: [] }), publish: answer('publish', {}) },
    courseOrders: { list: answer('orders', { orders: [], attention: 0 }) },
    coursePartners: {
      list: answer('partners', { partners: [] }),
      issueKey: answer('issueKey', { partner: {}, key: 'cwp_1' }),
      revenue: answer('revenue', { months: [{ month: '1405-09' }] }),
    },
  } as unknown as Client);
  admin.open();
  await expect.poll(() => admin.view.get().status).toBe('ready');
  asked.length = 0;
  await admin.publish('c1');
  expect(asked).toEqual(['publish', 'courses', 'orders', 'orders', 'partners']);
  expect(await admin.issueKey('p1', ['courses:read'])).toBe('cwp_1');
  expect(await admin.revenue('p1')).toEqual([{ month: '1405-09' }]);
});
