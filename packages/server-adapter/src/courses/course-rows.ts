import type { CatalogueCourse, Course, CourseContent, CourseOrder, Currency } from '@callweave/sdk/protocol';
import type { Selectable } from 'kysely';
import { Problem } from '../problem.ts';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Db } from './courses-context.ts';

export type CourseRow = Selectable<Database['courses']>;
export type OrderRow = Selectable<Database['course_orders']>;

export const contentOf = ({ content }: { readonly content: string }) => JSON.parse(content) as CourseContent;

/** Only what the contract knows, so that two spellings of one course are one. */
export function pickContent({
  title,
  description,
  price,
  playerCourses,
  devices,
  offlineDays,
}: CourseContent): CourseContent {
  return { title, description, price, playerCourses, devices, offlineDays };
}

export function toCourse(row: CourseRow): Course {
  return {
    ...contentOf(row),
    id: row.id,
    state: row.state,
    partnerId: row.partner_id,
    reference: row.reference,
    updatedAt: row.updated_at,
  };
}

export function toCatalogue(row: CourseRow, offeredBy: string | null, devices: number): CatalogueCourse {
  const { title, description, price, devices: own } = contentOf(row);
  return { id: row.id, title, description, price, devices: own?.all ?? devices, offeredBy };
}

export function toOrder(row: OrderRow): CourseOrder {
  return {
    id: row.id,
    courseId: row.course_id,
    partnerId: row.partner_id,
    customerId: row.customer_id,
    title: contentOf(row).title,
    amount: { amount: row.amount, currency: row.currency as Currency },
    state: row.state,
    reason: row.reason,
    paymentId: row.payment_id,
    createdAt: row.created_at,
    paidAt: row.paid_at,
    refundedAt: row.refunded_at,
  };
}

export async function requireCourse(db: Db, courseId: string): Promise<CourseRow> {
  const row = await db.selectFrom('courses').selectAll().where('id', '=', courseId).executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', `There is no course ${courseId}.`);
  return row;
}

export function findOrder(db: Db, orderId: string): Promise<OrderRow | undefined> {
  return db.selectFrom('course_orders').selectAll().where('id', '=', orderId).executeTakeFirst();
}

export async function requireOrder(db: Db, orderId: string): Promise<OrderRow> {
  const row = await findOrder(db, orderId);
  if (row === undefined) throw new Problem('not-found', `There is no order ${orderId}.`);
  return row;
}

/** Changes an order and tells its buyer and the managers; never the licence. */
export async function changeOrder(tx: Tx, orderId: string, changes: Partial<OrderRow>): Promise<CourseOrder> {
  const row = await tx.db
    .updateTable('course_orders')
    .set(changes)
    .where('id', '=', orderId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return publishOrder(tx, row);
}

export async function publishOrder(tx: Tx, row: OrderRow): Promise<CourseOrder> {
  const data = toOrder(row);
  await tx.publish({ type: 'course-order', data }, [`customer:${row.customer_id}`, 'role:manager']);
  return data;
}
