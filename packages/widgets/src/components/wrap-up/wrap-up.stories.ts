import '../../define/wrap-up.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { wrapUpCall } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwWrapUp } from './wrap-up.ts';

const meta: Meta<CwWrapUp> = { title: 'Wrap-up', component: 'cw-wrap-up' };
export default meta;

const wrapUp = (prepare: (desk: FakeDesk) => void): StoryObj<CwWrapUp> => ({
  render: ({ dispositions }) =>
    onDesk(prepare, (desk) => html`<cw-wrap-up .desk=${desk} .dispositions=${dispositions}></cw-wrap-up>`),
});

export const Open = wrapUp((desk) => desk.values.current.set(wrapUpCall()));
export const WithoutTimeLimit = wrapUp((desk) =>
  desk.values.current.set(wrapUpCall({ wrapUp: { until: null, disposition: null, note: '' } })),
);
export const OwnResults: StoryObj<CwWrapUp> = { ...Open, args: { dispositions: [{ value: 'vip', label: 'VIP' }] } };
