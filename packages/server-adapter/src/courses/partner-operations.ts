import type { contract, PartnerScope } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { Implementation, RequestContext } from '../http/operation.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { newId } from '../id.ts';
import { findOwn, requireOwn, saveContent } from './course-operations.ts';
import { type CourseRow, contentOf, pickContent, toCourse, toOrder } from './course-rows.ts';
import type { CoursesContext } from './courses-context.ts';
import { partnerOf } from './partner-keys.ts';
import { revenueOf } from './revenue.ts';

/** The contract's `partner`: what partners' own systems ask. Each begins with the key; nothing is answered without it. */
export function createPartnerOperations(context: CoursesContext): Implementation<typeof contract.partner> {
  const { store, clock, options } = context;
  const limit = createRateLimit(
    options?.partnerRateLimit ?? { burst: 60, perSecond: 5 },
    clock,
    'This partner asks more often than was agreed.',
  );
  const by =
    (scope: PartnerScope) =>
    (_input: unknown, { request }: RequestContext) =>
      partnerOf(context, limit, request, scope);

  return {
    async courses(input, request) {
      const { partnerId } = await by('courses:read')(input, request);
      const rows = await store.db
        .selectFrom('courses')
        .selectAll()
        .where('partner_id', '=', partnerId)
        .orderBy('id', 'desc')
        .limit(500)
        .execute();
      return { courses: rows.map(toCourse) };
    },
    /** Its reference names it for ever, so asking again changes nothing. */
    putCourse: {
      prepare: by('courses:write'),
      async write(tx, { reference, ...input }, _context, { partnerId }: { partnerId: string }) {
        const known = await findOwn(tx, partnerId, reference);
        const content = pickContent(input);
        const same = known !== undefined && canonicalJson(contentOf(known)) === canonicalJson(content);
        if (same && known.state !== 'withdrawn') return toCourse(known);
        const row: CourseRow = {
          id: known?.id ?? newId('course', tx.now),
          partner_id: partnerId,
          reference,
          // What a partner changes is sold once the house has seen it.
          state: 'offered',
          content: JSON.stringify(content),
          updated_at: tx.now.toISOString(),
        };
        return toCourse(await saveContent(tx, known, row, `partner:${partnerId}`));
      },
    },
    withdrawCourse: {
      prepare: by('courses:write'),
      async write(tx, { reference }, _context, { partnerId }: { partnerId: string }) {
        const known = await requireOwn(tx, partnerId, reference);
        if (known.state === 'withdrawn') return toCourse(known);
        const row: CourseRow = { ...known, state: 'withdrawn', updated_at: tx.now.toISOString() };
        return toCourse(await saveContent(tx, known, row, `partner:${partnerId}`));
      },
    },
    async orders({ before, limit: most }, request) {
      const { partnerId } = await by('orders:read')(undefined, request);
      let query = store.db
        .selectFrom('course_orders as order')
        .innerJoin('courses as course', 'course.id', 'order.course_id')
        .selectAll('order')
        .select('course.reference')
        .where('order.partner_id', '=', partnerId)
        .where('order.paid_at', 'is not', null)
        .orderBy('order.id', 'desc')
        .limit(most);
      if (before !== undefined) query = query.where('order.id', '<', before);
      const rows = await query.execute();
      return {
        orders: rows.map((row) => {
          const { id, amount, state, paidAt, refundedAt } = toOrder(row);
          return { id, reference: row.reference, amount, state, paidAt, refundedAt };
        }),
      };
    },
    async revenue(input, request) {
      const { partnerId } = await by('revenue:read')(input, request);
      return { months: await revenueOf(context, partnerId) };
    },
  };
}
