import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { courseOrdersRoutes } from '../http/routes/course-orders.ts';
import { coursePartnersRoutes } from '../http/routes/course-partners.ts';
import { coursesRoutes } from '../http/routes/courses.ts';
import type { contract } from '../protocol/contract.ts';
import type { Course, CourseOrder } from '../protocol/course.ts';
import type { CoursePartner, PartnerScope, RevenueMonth } from '../protocol/course-partner.ts';
import type { InputOf } from '../protocol/endpoint.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

export type CourseDraft = InputOf<typeof contract.courses.create>;

export interface CourseAdminView {
  readonly courses: readonly Course[];
  /** The latest orders. */
  readonly orders: readonly CourseOrder[];
  /** Orders without a licence that somebody has to look at. */
  readonly attention: readonly CourseOrder[];
  readonly partners: readonly CoursePartner[];
}

/** Courses, their orders and partners, as managers keep them (D11). */
export interface CourseAdmin {
  /** Loaded on the first {@link open}, then kept true by events and by what is done here. */
  readonly view: Readable<Loadable<CourseAdminView>>;
  /** Begins to follow it; returns the function that ends it. */
  open(): () => void;
  create(draft: CourseDraft): Promise<Course>;
  update(courseId: string, draft: CourseDraft): Promise<Course>;
  publish(courseId: string): Promise<Course>;
  withdraw(courseId: string): Promise<Course>;
  /** The licence that the manager found at the player for an order in doubt. */
  setLicence(orderId: string, licenceId: string): Promise<CourseOrder>;
  makeAgain(orderId: string): Promise<CourseOrder>;
  createPartner(partner: InputOf<typeof contract.coursePartners.create>): Promise<CoursePartner>;
  updatePartner(partner: InputOf<typeof contract.coursePartners.update>): Promise<CoursePartner>;
  /** The key is told here, and never again. */
  issueKey(partnerId: string, scopes: PartnerScope[]): Promise<string>;
  revokeKey(partnerId: string, keyId: string): Promise<CoursePartner>;
  /** The secret is told here, and never again. */
  issueWebhookSecret(partnerId: string): Promise<string>;
  revenue(partnerId: string): Promise<readonly RevenueMonth[]>;
}

export interface CourseAdminManager extends CourseAdmin {
  reload(): void;
  reset(): void;
}

type AdminClient = Pick<Client, 'courses' | 'courseOrders' | 'coursePartners'>;

export function createCourseAdmin({ courses, courseOrders, coursePartners }: AdminClient): CourseAdminManager {
  const view = new Loaded<CourseAdminView>(async () => {
    const [listed, all, attention, { partners }] = await Promise.all([
      courses.list({}),
      courseOrders.list({}),
      courseOrders.list({ show: 'attention' }),
      coursePartners.list({}),
    ]);
    return { courses: listed.courses, orders: all.orders, attention: attention.orders, partners };
  });
  const done = async <T>(change: Promise<T>): Promise<T> => {
    const answer = await change;
    view.reload();
    return answer;
  };
  return {
    view: view.state,
    open: () => view.open(),
    reload: () => view.reload(),
    reset: () => view.reset(),
    create: (draft) => done(courses.create(draft)),
    update: (courseId, draft) => done(courses.update({ courseId, ...draft })),
    publish: (courseId) => done(courses.publish({ courseId })),
    withdraw: (courseId) => done(courses.withdraw({ courseId })),
    setLicence: (orderId, licenceId) => done(courseOrders.setLicence({ orderId, licenceId })),
    makeAgain: (orderId) => done(courseOrders.makeAgain({ orderId })),
    createPartner: (partner) => done(coursePartners.create(partner)),
    updatePartner: (partner) => done(coursePartners.update(partner)),
    issueKey: async (partnerId, scopes) => (await done(coursePartners.issueKey({ partnerId, scopes }))).key,
    revokeKey: (partnerId, keyId) => done(coursePartners.revokeKey({ partnerId, keyId })),
    issueWebhookSecret: async (partnerId) => (await done(coursePartners.issueWebhookSecret({ partnerId }))).secret,
    revenue: async (partnerId) => (await coursePartners.revenue({ partnerId })).months,
  };
}

/** Courses, their orders and partners, as managers keep them. */
export const courseAdmin: Feature<CourseAdmin> = {
  name: 'courseAdmin',
  create({ clientFor, on, keep }) {
    const made = createCourseAdmin(
      clientFor({ courses: coursesRoutes, courseOrders: courseOrdersRoutes, coursePartners: coursePartnersRoutes }),
    );
    on('course-order', () => made.reload());
    keep(made);
    return made;
  },
};
