import * as z from 'zod/mini';
import { COURSE_ORDER_STATES, Course, CourseContent } from './course.ts';
import { endpoint } from './endpoint.ts';
import { Amount, Money } from './money.ts';
import { Empty, Id, Instant, line } from './primitives.ts';

/** What a key of a partner opens. */
export const PARTNER_SCOPES = ['courses:read', 'courses:write', 'orders:read', 'revenue:read'] as const;
export type PartnerScope = (typeof PARTNER_SCOPES)[number];

/** A key as managers see it: never the key itself. */
export const PartnerKey = z.object({
  id: Id,
  scopes: z.array(z.enum(PARTNER_SCOPES)),
  createdAt: Instant,
  /** From when on it opens nothing: it was revoked, or a newer key has followed. */
  endsAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
});
export type PartnerKey = z.infer<typeof PartnerKey>;

/** A group that offers its videos here. */
export const CoursePartner = z.object({
  id: Id,
  name: z.string(),
  active: z.boolean(),
  /** Where it is told of sales and refunds; null: nowhere. */
  webhookUrl: z.nullable(z.string()),
  /** Tells are waiting that could not be delivered. */
  webhookWaiting: z.int(),
  keys: z.array(PartnerKey),
});
export type CoursePartner = z.infer<typeof CoursePartner>;

/** One month of the house's calendar, in one currency. */
export const RevenueMonth = z.object({
  /** `1405-09`, `2026-11`. */
  month: z.string(),
  sold: z.int(),
  refunded: z.int(),
  paid: Amount,
  givenBack: Amount,
  /** Paid minus given back. */
  revenue: Money,
});
export type RevenueMonth = z.infer<typeof RevenueMonth>;
const Revenue = z.object({ months: z.array(RevenueMonth) });

/** An order as a partner sees it: nothing of who bought. */
export const PartnerOrder = z.object({
  id: Id,
  reference: z.nullable(Id),
  amount: Amount,
  state: z.enum(COURSE_ORDER_STATES),
  paidAt: z.nullable(Instant),
  refundedAt: z.nullable(Instant),
});
export type PartnerOrder = z.infer<typeof PartnerOrder>;

const content = {
  name: line(150),
  /** HTTPS. */
  webhookUrl: z.nullable(z.string().check(z.maxLength(500))),
};
const one = z.object({ partnerId: Id });

export const coursePartners = {
  list: endpoint({
    method: 'GET',
    path: '/course-partners',
    summary: 'Partners that offer courses, with their keys (never the keys themselves)',
    access: ['manager'],
    input: z.object({}),
    output: z.object({ partners: z.array(CoursePartner) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/course-partners',
    summary: 'Enter a partner; it gets in with a key that is issued next',
    access: ['manager'],
    input: z.object(content),
    output: CoursePartner,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/course-partners/{partnerId}',
    summary: 'Change a partner; while it is not active its keys open nothing and its courses are not sold',
    access: ['manager'],
    input: z.object({ partnerId: Id, active: z.boolean(), ...content }),
    output: CoursePartner,
  }),
  issueKey: endpoint({
    method: 'POST',
    path: '/course-partners/{partnerId}/keys',
    summary:
      'Issue a key, shown in this answer alone; older ones end after the time given, so that a key can be changed without a gap',
    access: ['manager'],
    input: z.object({
      partnerId: Id,
      scopes: z.array(z.enum(PARTNER_SCOPES)).check(z.minLength(1), z.maxLength(PARTNER_SCOPES.length)),
      olderEndAfterHours: z._default(z.int().check(z.gte(0), z.lte(720)), 24),
    }),
    output: z.object({ partner: CoursePartner, key: z.string() }),
  }),
  revokeKey: endpoint({
    method: 'POST',
    path: '/course-partners/{partnerId}/keys/{keyId}/revoke',
    summary: 'End a key at once',
    access: ['manager'],
    input: z.object({ partnerId: Id, keyId: Id }),
    output: CoursePartner,
  }),
  issueWebhookSecret: endpoint({
    method: 'POST',
    path: '/course-partners/{partnerId}/webhook-secret',
    summary: 'Issue a new secret that webhooks are signed with, shown in this answer alone; the one before ends',
    access: ['manager'],
    input: one,
    output: z.object({ partner: CoursePartner, secret: z.string() }),
  }),
  revenue: endpoint({
    method: 'GET',
    path: '/course-partners/{partnerId}/revenue',
    summary: 'What was sold and given back of a partner, by month, the latest first',
    access: ['manager'],
    input: one,
    output: Revenue,
  }),
} as const;

/** For partners' own systems: `Authorization: Bearer cwp_…`. No page calls these, and no session opens them. */
export const partner = {
  courses: endpoint({
    method: 'GET',
    path: '/partner/courses',
    summary: "The partner's own courses (by its key)",
    access: 'public',
    input: z.object({}),
    output: z.object({ courses: z.array(Course) }),
    problems: ['partner-key', 'partner-scope'],
  }),
  putCourse: endpoint({
    method: 'PUT',
    path: '/partner/courses/{reference}',
    summary:
      "Offer a course under the partner's own reference, or change it; a manager publishes what is new (by its key)",
    access: 'public',
    input: z.object({ reference: Id, ...CourseContent.shape }),
    output: Course,
    problems: ['partner-key', 'partner-scope'],
  }),
  withdrawCourse: endpoint({
    method: 'POST',
    path: '/partner/courses/{reference}/withdraw',
    summary: 'Take an own course off sale (by its key)',
    access: 'public',
    input: z.object({ reference: Id }),
    output: Course,
    problems: ['partner-key', 'partner-scope'],
  }),
  orders: endpoint({
    method: 'GET',
    path: '/partner/orders',
    summary: 'Orders of own courses that were paid, the latest first, without who bought (by its key)',
    access: 'public',
    input: z.object({
      before: z.optional(Id),
      limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 100),
    }),
    output: z.object({ orders: z.array(PartnerOrder) }),
    problems: ['partner-key', 'partner-scope'],
  }),
  revenue: endpoint({
    method: 'GET',
    path: '/partner/revenue',
    summary: 'What was sold and given back of own courses, by month, the latest first (by its key)',
    access: 'public',
    input: Empty,
    output: Revenue,
    problems: ['partner-key', 'partner-scope'],
  }),
} as const;
