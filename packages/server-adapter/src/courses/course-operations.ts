import type { CourseContent, contract } from '@callweave/sdk/protocol';
import { changesBetween, recordChange } from '../audit/index.ts';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import {
  type CourseRow,
  contentOf,
  pickContent,
  requireCourse,
  toCatalogue,
  toCourse,
  toOrder,
} from './course-rows.ts';
import type { CoursesContext } from './courses-context.ts';
import { DEFAULT_DEVICES } from './make-licence.ts';
import { buyCourse } from './purchase.ts';

const FIELDS = ['title', 'description', 'price', 'playerCourses', 'devices', 'offlineDays'] as const;

/** Writes what is said of a course, with who changed which field. */
export async function saveContent(
  tx: Tx,
  before: CourseRow | undefined,
  row: CourseRow,
  actor: string,
): Promise<CourseRow> {
  if (before === undefined) await tx.db.insertInto('courses').values(row).execute();
  else await tx.db.updateTable('courses').set(row).where('id', '=', row.id).execute();
  const flat = (of: CourseRow) => ({ ...contentOf(of), state: of.state });
  const changes = changesBetween<CourseContent & { state: string }>(before && flat(before), flat(row), [
    ...FIELDS,
    'state',
  ]);
  await recordChange(tx, { actor, subject: `course:${row.id}`, changes });
  return row;
}

/** The contract's `courses`. */
export function createCourseOperations(context: CoursesContext): Implementation<typeof contract.courses> {
  const { store, options, payments } = context;

  const setState = (state: 'published' | 'withdrawn') => ({
    async write(tx: Tx, { courseId }: { courseId: string }, { caller }: { caller: { accountId: string } }) {
      const row = await requireCourse(tx.db, courseId);
      if (row.state === state) return toCourse(row);
      const next = { ...row, state, updated_at: tx.now.toISOString() };
      return toCourse(await saveContent(tx, row, next, caller.accountId));
    },
  });

  return {
    async catalogue() {
      if (options === undefined || payments === undefined) return { courses: [] };
      const rows = await store.db
        .selectFrom('courses as course')
        .leftJoin('course_partners as partner', 'partner.id', 'course.partner_id')
        .selectAll('course')
        .select('partner.name as partnerName')
        .where('course.state', '=', 'published')
        .where((eb) => eb.or([eb('course.partner_id', 'is', null), eb('partner.active', '=', 1)]))
        .orderBy('course.id')
        .limit(500)
        .execute();
      const devices = (options.devices ?? DEFAULT_DEVICES).all;
      return { courses: rows.map((row) => toCatalogue(row, row.partnerName, devices)) };
    },
    buy: {
      write: (tx, { courseId, price }, { caller }) => buyCourse(tx, context, { courseId, price, caller }),
    },
    async own({ limit }, { caller }) {
      const rows = await store.db
        .selectFrom('course_orders')
        .selectAll()
        .where('customer_id', '=', caller.customerId ?? '')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return {
        orders: rows.map((row) => ({
          order: toOrder(row),
          licence:
            row.state === 'ready' && row.licence_key !== null && row.licence_url !== null
              ? { key: row.licence_key, url: row.licence_url }
              : null,
        })),
      };
    },
    async list() {
      const rows = await store.db.selectFrom('courses').selectAll().orderBy('id', 'desc').limit(500).execute();
      return { courses: rows.map(toCourse) };
    },
    create: {
      async write(tx, input, { caller }) {
        const row: CourseRow = {
          id: newId('course', tx.now),
          partner_id: null,
          reference: null,
          state: 'offered',
          content: JSON.stringify(pickContent(input)),
          updated_at: tx.now.toISOString(),
        };
        return toCourse(await saveContent(tx, undefined, row, caller.accountId));
      },
    },
    update: {
      async write(tx, { courseId, ...input }, { caller }) {
        const row = await requireCourse(tx.db, courseId);
        const content = JSON.stringify(pickContent(input));
        const next = { ...row, content, updated_at: tx.now.toISOString() };
        return toCourse(await saveContent(tx, row, next, caller.accountId));
      },
    },
    publish: setState('published'),
    withdraw: setState('withdrawn'),
  };
}

/** A course of this partner, by the partner's own reference. */
export async function requireOwn(tx: Tx, partnerId: string, reference: string): Promise<CourseRow> {
  const row = await findOwn(tx, partnerId, reference);
  if (row === undefined) throw new Problem('not-found', `You have no course ${reference}.`);
  return row;
}

export function findOwn(tx: Tx, partnerId: string, reference: string): Promise<CourseRow | undefined> {
  return tx.db
    .selectFrom('courses')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('reference', '=', reference)
    .executeTakeFirst();
}
