import '../../define/escalation.ts';
import type { CallParty } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import { boss, escalation } from '../../testing/supervision-fixtures.ts';
import type { CwEscalation } from './escalation.ts';

const meta: Meta<CwEscalation> = { title: 'Escalation', component: 'cw-escalation' };
export default meta;

const inCall = (prepare: (desk: FakeDesk) => void = () => {}): StoryObj<CwEscalation> => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.values.current.set(answeredCall());
        prepare(desk);
      },
      (desk) => html`<cw-escalation .desk=${desk}></cw-escalation>`,
    ),
});
const supervisor = (state: CallParty['state']): StoryObj<CwEscalation> =>
  inCall((desk) =>
    desk.values.current.set(
      answeredCall({
        parties: [
          {
            id: 'leg_1',
            role: 'supervisor',
            accountId: boss.id,
            name: boss.name,
            number: null,
            state,
            reason: null,
            since: new Date().toISOString(),
          },
        ],
      }),
    ),
  );

export const InCall = inCall();
export const Calling = inCall((desk) => desk.values.ownEscalation.set(escalation()));
export const Unanswered = inCall((desk) => desk.values.ownEscalation.set(escalation({ unanswered: true })));
export const SomebodyComes = inCall((desk) =>
  desk.values.ownEscalation.set(escalation({ state: 'accepted', supervisor: { id: boss.id, name: boss.name } })),
);
export const SupervisorListens = supervisor('listening');
export const SupervisorWhispers = supervisor('whispering');
export const SupervisorInCall = supervisor('talking');
export const Refused = inCall((desk) => desk.fail('supervision.escalate', 'call-not-live'));
export const WithoutCall = inCall((desk) => desk.values.current.set(undefined));
