export type { CourseBuyer, CoursesOptions } from './courses-context.ts';
export { type Courses, type CreateCoursesParts, createCourses } from './create-courses.ts';
