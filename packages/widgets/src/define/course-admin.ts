import { CwCourseAdmin } from '../components/course-admin/course-admin.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-course-admin', CwCourseAdmin);
