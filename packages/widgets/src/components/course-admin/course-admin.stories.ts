import '../../define/course-admin.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import {
  type CourseDesk,
  course,
  courseDesk,
  courseOrder,
  MONTHS,
  NOTHING,
  partner,
} from '../../testing/course-fixtures.ts';
import { inside, settled } from '../../testing/mount.ts';
import type { CwCourseAdmin } from './course-admin.ts';

const meta: Meta<CwCourseAdmin> = { title: 'Course admin', component: 'cw-course-admin' };
export default meta;

type Story = StoryObj<CwCourseAdmin>;

const story = (prepare: (desk: CourseDesk) => void, press?: string): Story => ({
  render: () => {
    const desk = courseDesk();
    desk.answer('courseAdmin.issueKey', () => 'cwp_partnerkey_3.never-shown-again');
    desk.answer('courseAdmin.revenue', () => MONTHS);
    prepare(desk);
    return html`<cw-course-admin .desk=${desk}></cw-course-admin>`;
  },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-course-admin');
    if (!element || press === undefined) return;
    await settled(element);
    inside(element, press).click();
    await settled(element);
  },
});

const full = (desk: CourseDesk) =>
  desk.admin.set({
    status: 'ready',
    value: {
      ...NOTHING,
      courses: [course(), course({ id: 'cou_zig', state: 'offered', partnerId: 'par_zig', reference: 'zig-1' })],
      attention: [courseOrder({ state: 'in-doubt', reason: 'timeout' })],
      partners: [partner(), partner({ id: 'par_off', name: 'Mehr', active: false, keys: [], webhookWaiting: 2 })],
    },
  });

export const Everything: Story = story(full);
export const NewCourse: Story = story(full, '[data-action=add]');
export const NewPartner: Story = story(full, '[data-action=add-partner]');
export const KeyShownOnce: Story = story(full, '[data-action=issue-key]');
export const Revenue: Story = story(full, '[data-action=revenue]');
export const MakeAnew: Story = story(full, '[data-action=make]');
export const Empty: Story = story(() => {});
export const Loading: Story = story((desk) => desk.admin.set({ status: 'loading' }));
export const Failed: Story = story((desk) => desk.admin.set({ status: 'failed', error: new Error('offline') }));
