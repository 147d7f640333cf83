import type { Amount, CourseOrder } from '@callweave/sdk/protocol';
import type { Caller } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { changeOrder, contentOf, findOrder, publishOrder, requireCourse, toOrder } from './course-rows.ts';
import type { CoursesContext } from './courses-context.ts';
import { enqueueLicence, enqueueTell } from './outbox-entries.ts';

const notSold = () => new Problem('course-not-sold', 'This course is not sold at the moment.');

/** Orders a course: one purchase of a course by a customer at a time, and a payment that belongs to it for ever. */
export async function buyCourse(
  tx: Tx,
  context: CoursesContext,
  { courseId, price, caller }: { readonly courseId: string; readonly price: Amount; readonly caller: Caller },
): Promise<CourseOrder> {
  const { payments, options, findBuyer } = context;
  const { customerId } = caller;
  if (customerId === undefined) throw new Problem('not-found', 'This account stands for no customer.');
  if (payments === undefined) throw new Problem('no-gateway', 'No payment gateway is set up.');
  if (options === undefined) throw notSold();
  const course = await requireSold(tx, courseId);
  const buyer = await findBuyer(tx.db, customerId);
  if (buyer === undefined) throw new Problem('not-found', 'This account stands for no buyer.');
  const open = await tx.db
    .selectFrom('course_orders')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('course_id', '=', courseId)
    .where('state', '<>', 'refunded')
    .executeTakeFirst();
  if (open !== undefined && open.state !== 'awaiting-payment')
    throw new Problem('course-owned', 'This course was bought already.');
  const content = contentOf(course);
  if (open === undefined && (price.amount !== content.price.amount || price.currency !== content.price.currency))
    throw new Problem('course-price-changed', 'The price is another one now.');
  const id = open?.id ?? newId('courseorder', tx.now);
  const amount = open === undefined ? content.price : toOrder(open).amount;
  const payment = await payments.openPayment(tx, {
    purpose: 'course',
    subject: `course-order:${id}`,
    amount,
    customerId,
    accountId: caller.accountId,
    description: content.title[buyer.locale],
    dedupeKey: `course:${id}`,
  });
  if (open !== undefined) return toOrder(open);
  const row = await tx.db
    .insertInto('course_orders')
    .values({
      id,
      course_id: course.id,
      partner_id: course.partner_id,
      customer_id: customerId,
      content: course.content,
      amount: amount.amount,
      currency: amount.currency,
      state: 'awaiting-payment',
      asked: 0,
      reason: null,
      payment_id: payment.id,
      licence_id: null,
      licence_key: null,
      licence_url: null,
      created_at: tx.now.toISOString(),
      paid_at: null,
      refunded_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return publishOrder(tx, row);
}

/** One that is not published looks to a buyer as one that is not there. */
async function requireSold(tx: Tx, courseId: string) {
  const course = await requireCourse(tx.db, courseId);
  if (course.state === 'offered') throw new Problem('not-found', `There is no course ${courseId}.`);
  if (course.state !== 'published') throw notSold();
  if (course.partner_id === null) return course;
  const partner = await tx.db
    .selectFrom('course_partners')
    .select('active')
    .where('id', '=', course.partner_id)
    .executeTakeFirst();
  if (partner?.active !== 1) throw notSold();
  return course;
}

/** A payment moves its order in the very write that settles it: once, whatever comes again. */
export function followPayments(context: CoursesContext): void {
  const { payments, wake } = context;
  const orderOf = async (tx: Tx, subject: string) => {
    const row = await findOrder(tx.db, subject.replace(/^course-order:/, ''));
    if (row === undefined) throw new Error(`A payment is of ${subject}, and there is none.`);
    return row;
  };
  payments?.onPaid('course', async (tx, { subject }) => {
    const row = await orderOf(tx, subject);
    if (row.state !== 'awaiting-payment') throw new Error(`${subject} is ${row.state} and cannot be paid.`);
    await changeOrder(tx, row.id, { state: 'making', paid_at: tx.now.toISOString() });
    await enqueueLicence(tx, row.id);
    await enqueueTell(tx, row, 'course.sold');
    tx.afterCommit(wake);
  });
  payments?.onRefunded('course', async (tx, { subject }) => {
    const row = await orderOf(tx, subject);
    await changeOrder(tx, row.id, { state: 'refunded', refunded_at: tx.now.toISOString() });
    await enqueueTell(tx, row, 'course.refunded');
    tx.afterCommit(wake);
  });
}
