import { type CourseAdminView, type CourseShop, courseAdmin, courses, type Loadable, Value } from '@callweave/sdk';
import type { CatalogueCourse, Course, CourseOrder, CoursePartner, OwnCourseOrder } from '@callweave/sdk/protocol';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const price = { amount: 25_000_000, currency: 'IRR' as const };
const TITLE = { en: 'Lasers for beginners', fa: 'لیزر برای تازه‌کاران', cs: 'Lasery pro začátečníky' };
const DESCRIPTION = {
  en: 'Ten hours of video with exercises.',
  fa: 'ده ساعت ویدیو همراه با تمرین.',
  cs: 'Deset hodin videa se cvičeními.',
};

export function catalogueCourse(changes: Partial<CatalogueCourse> = {}): CatalogueCourse {
  return { id: 'cou_laser', title: TITLE, description: DESCRIPTION, price, devices: 2, offeredBy: null, ...changes };
}

export function courseOrder(changes: Partial<CourseOrder> = {}): CourseOrder {
  return {
    id: 'ord_1',
    courseId: 'cou_laser',
    partnerId: null,
    customerId: 'cus_clinic',
    title: TITLE,
    amount: price,
    state: 'ready',
    reason: null,
    paymentId: 'pay_1',
    createdAt: ago(2),
    paidAt: ago(2),
    refundedAt: null,
    ...changes,
  };
}

export const KEY = '00010de8c7a15b0d2f01b2d3a4';

/** An order in a state, with its licence where it has one. */
export function ownOrder(state: CourseOrder['state'], changes: Partial<CourseOrder> = {}): OwnCourseOrder {
  const licence = state === 'ready' ? { key: KEY, url: 'https://dl.spotplayer.ir/c/?l=1' } : null;
  return { order: courseOrder({ state, ...changes }), licence };
}

export function course(changes: Partial<Course> = {}): Course {
  return {
    id: 'cou_laser',
    title: TITLE,
    description: DESCRIPTION,
    price,
    playerCourses: ['5d2ee35bcddc092a304ae5eb'],
    devices: null,
    offlineDays: null,
    state: 'published',
    partnerId: null,
    reference: null,
    updatedAt: ago(9),
    ...changes,
  };
}

export function partner(changes: Partial<CoursePartner> = {}): CoursePartner {
  return {
    id: 'par_zig',
    name: 'Zig',
    active: true,
    webhookUrl: 'https://zig.example/callweave',
    webhookWaiting: 0,
    keys: [
      { id: 'partnerkey_2', scopes: ['courses:read'], createdAt: ago(1), endsAt: null, lastUsedAt: ago(0) },
      { id: 'partnerkey_1', scopes: ['orders:read'], createdAt: ago(90), endsAt: ago(1), lastUsedAt: ago(2) },
    ],
    ...changes,
  };
}

export const MONTHS = [
  {
    month: '1405-09',
    sold: 3,
    refunded: 1,
    paid: { amount: 75_000_000, currency: 'IRR' as const },
    givenBack: { amount: 25_000_000, currency: 'IRR' as const },
    revenue: { amount: 50_000_000, currency: 'IRR' as const },
  },
];

export const NOTHING: CourseAdminView = { courses: [], orders: [], attention: [], partners: [] };

export interface CourseDesk extends FakeDesk {
  readonly shop: Value<Loadable<CourseShop>>;
  readonly admin: Value<Loadable<CourseAdminView>>;
}

/** A desk with courses, which a test sets. */
export function courseDesk(): CourseDesk {
  const shop = new Value<Loadable<CourseShop>>({ status: 'ready', value: { catalogue: [], orders: [] } });
  const admin = new Value<Loadable<CourseAdminView>>({ status: 'ready', value: NOTHING });
  const desk = createFakeDesk();
  Object.assign(desk.use(courses), { shop, open: () => () => {} });
  Object.assign(desk.use(courseAdmin), { view: admin, open: () => () => {} });
  return Object.assign(desk, { shop, admin });
}

/** The same, with something in every place. */
export function withCourses(): CourseDesk {
  const desk = courseDesk();
  desk.shop.set({ status: 'ready', value: { catalogue: [catalogueCourse()], orders: [ownOrder('ready')] } });
  const attention = [courseOrder({ state: 'in-doubt', reason: 'timeout' })];
  desk.admin.set({
    status: 'ready',
    value: { courses: [course()], orders: attention, attention, partners: [partner()] },
  });
  return desk;
}
