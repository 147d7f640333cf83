import '../../define/course-shop.ts';
import type { CourseOrder } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { type CourseDesk, catalogueCourse, courseDesk, ownOrder } from '../../testing/course-fixtures.ts';
import type { CwCourseShop } from './course-shop.ts';

const meta: Meta<CwCourseShop> = { title: 'Course shop', component: 'cw-course-shop' };
export default meta;

type Story = StoryObj<CwCourseShop>;

const story = (prepare: (desk: CourseDesk) => void): Story => ({
  render: () => {
    const desk = courseDesk();
    prepare(desk);
    return html`<cw-course-shop .desk=${desk}></cw-course-shop>`;
  },
});

const CATALOGUE = [
  catalogueCourse(),
  catalogueCourse({ id: 'cou_zig', offeredBy: 'Zig', price: { amount: 99_000, currency: 'CZK' }, devices: 1 }),
];
const withOrder = (state: CourseOrder['state']) =>
  story((desk) => desk.shop.set({ status: 'ready', value: { catalogue: CATALOGUE, orders: [ownOrder(state)] } }));

export const Catalogue: Story = story((desk) =>
  desk.shop.set({ status: 'ready', value: { catalogue: CATALOGUE, orders: [] } }),
);
export const WaitingForPayment: Story = withOrder('awaiting-payment');
export const LicenceBeingMade: Story = withOrder('making');
export const Ready: Story = withOrder('ready');
export const InDoubt: Story = withOrder('in-doubt');
export const NoLicence: Story = withOrder('failed');
export const Refunded: Story = withOrder('refunded');
export const Empty: Story = story(() => {});
export const Loading: Story = story((desk) => desk.shop.set({ status: 'loading' }));
export const Failed: Story = story((desk) => desk.shop.set({ status: 'failed', error: new Error('offline') }));
