import '../../define/supervision.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { manager, session } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { boss, escalation, liveCalls, supervised, supervision } from '../../testing/supervision-fixtures.ts';
import type { CwSupervision } from './supervision.ts';

const meta: Meta<CwSupervision> = { title: 'Supervision', component: 'cw-supervision' };
export default meta;

const desk = (prepare: (desk: FakeDesk) => void = () => {}): StoryObj<CwSupervision> => ({
  render: () =>
    onDesk(
      (fake) => {
        fake.values.session.set({ status: 'signed-in', session: session(boss) });
        fake.values.open.set({ status: 'ready', value: liveCalls() });
        prepare(fake);
      },
      (fake) => html`<cw-supervision .desk=${fake}></cw-supervision>`,
    ),
});
const state = (changes: Parameters<typeof supervised>[0]): StoryObj<CwSupervision> =>
  desk((fake) => fake.values.supervision.set({ status: 'ready', value: supervised(changes) }));

export const Live = desk();
export const PhoneRings = state({ supervisions: [supervision({ state: 'ringing' })] });
export const Listening = state({ supervisions: [supervision()] });
export const ListeningUnseen = state({ supervisions: [supervision({ visible: false })] });
export const Whispering = state({ supervisions: [supervision({ mode: 'whisper' })] });
export const BargedIn = state({ supervisions: [supervision({ mode: 'barge' })] });
export const AnotherSupervisor = state({
  supervisions: [supervision({ supervisor: { id: manager.id, name: manager.name } })],
});
export const AgentAsks = state({ escalations: [escalation()] });
export const AgentAsksInVain = state({ escalations: [escalation({ unanswered: true })] });
export const SomebodyAccepted = state({
  escalations: [escalation({ state: 'accepted', supervisor: { id: manager.id, name: manager.name } })],
});
export const ManagerListens = desk((fake) => {
  fake.values.session.set({ status: 'signed-in', session: session({ ...manager, roles: ['manager'] }) });
  fake.values.supervision.set({
    status: 'ready',
    value: supervised({ rules: { agentSees: false, managersListen: true } }),
  });
});
export const Refused = desk((fake) => fake.fail('supervision.listen', 'in-a-call'));
export const Empty = desk((fake) => fake.values.open.set({ status: 'ready', value: [] }));
export const Loading = desk((fake) => fake.values.supervision.set({ status: 'loading' }));
export const Failed = desk((fake) => fake.values.open.set({ status: 'failed', error: new Error('offline') }));
