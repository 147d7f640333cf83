import { randomUUID } from 'node:crypto';
import type { CourseContent, Payment } from '@callweave/sdk/protocol';
import { spotPlayer } from '../../connectors/spotplayer/spotplayer.ts';
import { newId } from '../../id.ts';
import { createPayments } from '../../payments/index.ts';
import { createSecrets } from '../../secrets/hash.ts';
import type { Store, Tx } from '../../store/store.ts';
import type { CoursesContext } from '../courses-context.ts';
import { createCourses } from '../index.ts';
import { buyCourse } from '../purchase.ts';

export const PLAYER_COURSE = '5d2ee35bcddc092a304ae5eb';
const words = (text: string) => ({ en: text, fa: text, cs: text });

export const CONTENT: CourseContent = {
  title: words('Lasers for beginners'),
  description: words('Ten hours of video'),
  price: { amount: 25_000_000, currency: 'IRR' },
  playerCourses: [PLAYER_COURSE],
  devices: null,
  offlineDays: null,
};

export const BUYER = { name: 'Sara Ahmadi', telephone: '+989121234567', locale: 'fa' as const };

/** The domain over a store, beside real payments that a test settles by hand, without timers. */
export function courseRig(
  store: Store,
  service: { readonly url: string; readonly apiKey: string },
  { timeoutMs = 20_000, customerId = newId('customer') } = {},
) {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const errors: unknown[] = [];
  const secrets = createSecrets({ pepper: 'a pepper that is used in tests alone', cost: 4, parallelization: 1 });
  const handlers = new Map<'paid' | 'refunded', (tx: Tx, payment: Payment) => Promise<void>>();
  const real = createPayments({
    store,
    clock,
    options: { gateways: [], publicUrl: 'https://shop.example/callweave' },
    timeZone: 'Asia/Tehran',
    onError: (_message, error) => errors.push(error),
  });
  const payments: NonNullable<CoursesContext['payments']> = {
    openPayment: real.openPayment,
    onPaid: (_purpose, handler) => void handlers.set('paid', handler),
    onRefunded: (_purpose, handler) => void handlers.set('refunded', handler),
  };
  const parts = {
    store,
    clock,
    secrets,
    payments,
    findBuyer: async () => BUYER,
    options: { player: spotPlayer({ apiKey: service.apiKey, baseUrl: service.url, timeoutMs }) },
    monthOf: (at: Date) => at.toISOString().slice(0, 7),
  };
  const courses = createCourses({ ...parts, onError: (error) => errors.push(error) });
  const settle = (kind: 'paid' | 'refunded') => (order: { id: string; paymentId: string }) =>
    store.write(async (tx) => {
      const payment = { id: order.paymentId, subject: `course-order:${order.id}` };
      await handlers.get(kind)?.(tx, payment as never);
    });

  return {
    courses,
    customerId,
    errors,
    pay: settle('paid'),
    refund: settle('refunded'),
    /** A course on sale; of the house, or of a partner. */
    async course(partnerId: string | null = null, price = CONTENT.price): Promise<string> {
      const id = newId('course');
      await store.write((tx) =>
        tx.db
          .insertInto('courses')
          .values({
            id,
            partner_id: partnerId,
            reference: partnerId === null ? null : randomUUID(),
            state: 'published',
            content: JSON.stringify({ ...CONTENT, price }),
            updated_at: tx.now.toISOString(),
          })
          .execute(),
      );
      return id;
    },
    buy: (courseId: string, price = CONTENT.price, owner = customerId) =>
      store.write((tx) =>
        buyCourse(
          tx,
          { ...parts, wake: () => {} },
          {
            courseId,
            price,
            caller: { accountId: 'account_buyer', name: 'Sara', roles: ['buyer'], branch: '', customerId: owner },
          },
        ),
      ),
    /** All pauses are over, and what is due is done. */
    async later(ms = 3_600_000) {
      ahead += ms;
      await courses.drain();
    },
    async row(id?: string) {
      const rows = await store.db.selectFrom('course_orders').selectAll().orderBy('id').execute();
      const row = id === undefined ? rows[0] : rows.find((one) => one.id === id);
      if (row === undefined) throw new Error('There is no such order.');
      return row;
    },
  };
}
