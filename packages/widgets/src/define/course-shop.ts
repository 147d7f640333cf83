import { CwCourseShop } from '../components/course-shop/course-shop.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-course-shop', CwCourseShop);
