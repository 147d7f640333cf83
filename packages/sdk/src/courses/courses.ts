import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { coursesRoutes } from '../http/routes/courses.ts';
import type { CatalogueCourse, CourseOrder, OwnCourseOrder } from '../protocol/course.ts';
import type { Amount } from '../protocol/money.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

export interface CourseShop {
  readonly catalogue: readonly CatalogueCourse[];
  /** What I bought, with the licences; the latest first. */
  readonly orders: readonly OwnCourseOrder[];
}

/** Courses as a buyer sees them (D11). */
export interface Courses {
  /** Loaded on the first {@link open}, then kept true by events. */
  readonly shop: Readable<Loadable<CourseShop>>;
  /** Begins to follow it; returns the function that ends it. */
  open(): () => void;
  /** Orders a course at the price that was shown, and opens the payment; it is then started at the gateway. */
  buy(courseId: string, price: Amount): Promise<CourseOrder>;
}

export interface CoursesManager extends Courses {
  reload(): void;
  reset(): void;
}

export function createCourses(client: Pick<Client, 'courses'>): CoursesManager {
  const shop = new Loaded<CourseShop>(async () => {
    const [{ courses }, { orders }] = await Promise.all([client.courses.catalogue({}), client.courses.own({})]);
    return { catalogue: courses, orders };
  });
  return {
    shop: shop.state,
    open: () => shop.open(),
    reload: () => shop.reload(),
    reset: () => shop.reset(),
    async buy(courseId, price) {
      const order = await client.courses.buy({ courseId, price });
      shop.reload();
      return order;
    },
  };
}

/** Courses with a licence, as a buyer sees them. */
export const courses: Feature<Courses> = {
  name: 'courses',
  create({ clientFor, on, keep }) {
    const made = createCourses(clientFor({ courses: coursesRoutes }));
    // An event never has the licence: what is there is asked for.
    on('course-order', () => made.reload());
    keep(made);
    return made;
  },
};
