import '../../define/buyer-admin.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { auditEntries, fiveBuyers, nimaBuyer } from '../../testing/buyer-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { inside, settled } from '../../testing/mount.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwBuyerAdmin } from './buyer-admin.ts';

const meta: Meta<CwBuyerAdmin> = { title: 'Buyer admin', component: 'cw-buyer-admin' };
export default meta;

type Story = StoryObj<CwBuyerAdmin>;

const withList = (desk: FakeDesk) => {
  desk.answer('buyers.list', () => ({ buyers: fiveBuyers, next: 'cus_jan' }));
  desk.answer('audit.list', () => ({ entries: auditEntries, more: false }));
};
const admin = (prepare: (desk: FakeDesk) => void, ...clicks: readonly string[]): Story => ({
  render: () => onDesk(prepare, (desk) => html`<cw-buyer-admin .desk=${desk}></cw-buyer-admin>`),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('cw-buyer-admin')!;
    await settled(element);
    for (const selector of clicks) {
      inside<HTMLElement>(element, selector).click();
      await settled(element);
    }
  },
});

export const List = admin(withList);
export const Empty = admin((desk) => desk.answer('buyers.list', () => ({ buyers: [], next: null })));
export const Loading = admin((desk) => desk.answer('buyers.list', () => new Promise(() => {})));
export const ServerNotReached = admin((desk) => desk.fail('buyers.list', 'network'));
export const NewBuyer = admin(withList, '[data-action=create]');
export const FieldsMissing = admin(withList, '[data-action=create]', '[part=save]');
export const OneBuyer = admin(withList, '.buyer');
export const Correcting = admin(withList, '.buyer', '[data-action=edit]');
export const ResetAsked = admin(withList, '.buyer', '[data-action=reset]');
export const SwitchOffAsked = admin(withList, '.buyer', '[data-action=off]');
export const SecretGiven = admin(
  (desk) => {
    withList(desk);
    desk.answer('buyers.invite', () => ({
      buyer: nimaBuyer,
      secret: 'k7wd-3mxp-9qrt-h2vn',
      expiresAt: '2026-11-25T10:00:00.000Z',
    }));
  },
  '.buyer',
  '[data-action=reset]',
  '[data-action=sure]',
);
export const HostSignsIn = admin((desk) => {
  withList(desk);
  desk.answer('buyers.list', () => ({
    buyers: [{ ...nimaBuyer, account: null, invitable: false, keptByHost: true }],
    next: null,
  }));
}, '.buyer');
