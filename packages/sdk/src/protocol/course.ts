import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Amount } from './money.ts';
import { Id, Instant, line, paragraph } from './primitives.ts';

const Names = z.object({ en: line(150), fa: line(150), cs: line(150) });
const Descriptions = z.object({ en: paragraph(3000), fa: paragraph(3000), cs: paragraph(3000) });

/** How SpotPlayer calls a course: 24 hexadecimal digits. */
export const PlayerCourseId = z.string().check(z.regex(/^[0-9a-f]{24}$/, 'must be 24 hexadecimal digits'));

/** On how many devices a licence plays: of all kinds together, and of each. What is left out is the house's policy. */
export const DeviceLimits = z.object({
  all: z.int().check(z.gte(1), z.lte(99)),
  windows: z.optional(z.int().check(z.gte(0), z.lte(99))),
  mac: z.optional(z.int().check(z.gte(0), z.lte(99))),
  ubuntu: z.optional(z.int().check(z.gte(0), z.lte(99))),
  android: z.optional(z.int().check(z.gte(0), z.lte(99))),
  ios: z.optional(z.int().check(z.gte(0), z.lte(99))),
  web: z.optional(z.int().check(z.gte(0), z.lte(99))),
});
export type DeviceLimits = z.infer<typeof DeviceLimits>;

/** `offered`: a partner's, or not on sale yet; a manager publishes it. */
export const COURSE_STATES = ['offered', 'published', 'withdrawn'] as const;

/** What is said of a course, by the house or by a partner. */
export const CourseContent = z.object({
  title: Names,
  description: Descriptions,
  price: Amount.check(z.refine(({ amount }) => amount > 0, 'must be above zero')),
  playerCourses: z.array(PlayerCourseId).check(z.minLength(1), z.maxLength(20)),
  /** Null: as the house does it. */
  devices: z._default(z.nullable(DeviceLimits), null),
  /** For how many days it plays without the internet. Null: as the house does it. */
  offlineDays: z._default(z.nullable(z.int().check(z.gte(0), z.lte(365))), null),
});
export type CourseContent = z.infer<typeof CourseContent>;

/** A course that is sold with a licence. */
export const Course = z.object({
  ...CourseContent.shape,
  id: Id,
  state: z.enum(COURSE_STATES),
  /** Whose it is; null: the house's own. */
  partnerId: z.nullable(Id),
  /** How the partner calls it. */
  reference: z.nullable(Id),
  updatedAt: Instant,
});
export type Course = z.infer<typeof Course>;

/** A course as buyers see it. */
export const CatalogueCourse = z.object({
  id: Id,
  title: Names,
  description: Descriptions,
  price: Amount,
  /** On how many devices it plays. */
  devices: z.int(),
  offeredBy: z.nullable(z.string()),
});
export type CatalogueCourse = z.infer<typeof CatalogueCourse>;

/**
 * `making`: paid, and the licence is being made. `in-doubt`: it was asked for and we do not know whether it was made; a
 * manager looks. `failed`: the player refused to make it.
 */
export const COURSE_ORDER_STATES = ['awaiting-payment', 'making', 'ready', 'in-doubt', 'failed', 'refunded'] as const;

/** One purchase of a course. Its licence is its buyer's alone, and stands in {@link OwnCourseOrder}. */
export const CourseOrder = z.object({
  id: Id,
  courseId: Id,
  partnerId: z.nullable(Id),
  customerId: Id,
  /** As it was called when it was bought. */
  title: Names,
  amount: Amount,
  state: z.enum(COURSE_ORDER_STATES),
  /** Why there is no licence: a word, or the player's code, `spotplayer-4`. */
  reason: z.nullable(z.string()),
  paymentId: Id,
  createdAt: Instant,
  paidAt: z.nullable(Instant),
  refundedAt: z.nullable(Instant),
});
export type CourseOrder = z.infer<typeof CourseOrder>;

export const CourseLicence = z.object({ key: z.string(), url: z.string() });
export type CourseLicence = z.infer<typeof CourseLicence>;

export const OwnCourseOrder = z.object({ order: CourseOrder, licence: z.nullable(CourseLicence) });
export type OwnCourseOrder = z.infer<typeof OwnCourseOrder>;

const one = z.object({ courseId: Id });
const order = z.object({ orderId: Id });
const limit = z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 100);

export const courses = {
  catalogue: endpoint({
    method: 'GET',
    path: '/course-catalogue',
    summary: 'The courses that are sold',
    access: ['buyer'],
    input: z.object({}),
    output: z.object({ courses: z.array(CatalogueCourse) }),
  }),
  buy: endpoint({
    method: 'POST',
    path: '/courses/{courseId}/buy',
    summary: 'Order a course: opens the payment of it; the licence is made once it is paid',
    access: ['buyer'],
    input: z.object({ courseId: Id, price: Amount }),
    output: CourseOrder,
    problems: ['course-not-sold', 'course-owned', 'course-price-changed', 'no-gateway'],
  }),
  own: endpoint({
    method: 'GET',
    path: '/own-course-orders',
    summary: 'What the buyer who asks has bought, with the licences, the latest first',
    access: ['buyer'],
    input: z.object({ limit }),
    output: z.object({ orders: z.array(OwnCourseOrder) }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/courses',
    summary: 'All courses, also those that are not sold',
    access: ['manager'],
    input: z.object({}),
    output: z.object({ courses: z.array(Course) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/courses',
    summary: 'Enter a course of the house; it is sold once it is published',
    access: ['manager'],
    input: CourseContent,
    output: Course,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/courses/{courseId}',
    summary: 'Change a course; who has ordered it already keeps price and content of then',
    access: ['manager'],
    input: z.object({ courseId: Id, ...CourseContent.shape }),
    output: Course,
  }),
  publish: endpoint({
    method: 'POST',
    path: '/courses/{courseId}/publish',
    summary: 'Put a course on sale',
    access: ['manager'],
    input: one,
    output: Course,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/courses/{courseId}/withdraw',
    summary: 'Take a course off sale; licences that were sold stay',
    access: ['manager'],
    input: one,
    output: Course,
  }),
} as const;

export const courseOrders = {
  list: endpoint({
    method: 'GET',
    path: '/course-orders',
    summary: 'Orders of courses without their licences, the latest first; `before` is the id after which to go on',
    access: ['manager'],
    input: z.object({
      show: z._default(z.enum(['all', 'attention']), 'all'),
      before: z.optional(Id),
      limit,
    }),
    output: z.object({ orders: z.array(CourseOrder), attention: z.int() }),
  }),
  setLicence: endpoint({
    method: 'POST',
    path: '/course-orders/{orderId}/licence',
    summary:
      'Give an order in doubt the licence that the manager found at the player; it must carry the id of the order',
    access: ['manager'],
    input: z.object({ orderId: Id, licenceId: PlayerCourseId }),
    output: CourseOrder,
    problems: ['course-order-state', 'licence-not-found', 'player-unavailable'],
  }),
  makeAgain: endpoint({
    method: 'POST',
    path: '/course-orders/{orderId}/make',
    summary:
      'Make the licence anew: after a refusal, or when the manager has seen that the player has none for this order',
    access: ['manager'],
    input: order,
    output: CourseOrder,
    problems: ['course-order-state'],
  }),
} as const;
