import '../../define/call-history.ts';
import type { Call } from '@callweave/sdk/protocol';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { answeredCall, hamid, manager, mina, sara, session } from '../../testing/fixtures.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwCallHistory } from './call-history.ts';

const meta: Meta<CwCallHistory> = { title: 'Call history', component: 'cw-call-history' };
export default meta;

type Story = StoryObj<CwCallHistory>;

const OUTCOMES = ['answered', 'answered', 'missed', 'answered', 'abandoned', 'callback'] as const;

function call(index: number): Call {
  const outcome = OUTCOMES[index % OUTCOMES.length] ?? 'answered';
  const at = Date.now() - index * 420_000;
  const isOut = index % 5 === 4;
  return answeredCall({
    id: `call_${index}`,
    direction: isOut ? 'outbound' : 'inbound',
    state: 'ended',
    outcome,
    callerNumber: index % 9 === 8 ? '' : `+98912${String(1_000_000 + index * 7919).slice(0, 7)}`,
    calledNumber: isOut ? '+420601123456' : '+982181021380',
    customer: index % 3 === 0 ? sara : null,
    agent: outcome === 'answered' ? { id: mina.id, name: index % 2 === 0 ? mina.name : hamid.name } : null,
    startedAt: new Date(at).toISOString(),
    answeredAt: outcome === 'answered' ? new Date(at + 9_000).toISOString() : null,
    endedAt: new Date(at + 150_000).toISOString(),
    recording: {
      id: outcome === 'answered' ? 'rec_1' : null,
      state: outcome === 'answered' ? 'stored' : 'none',
      startedAt: null,
      pauseReason: null,
    },
  });
}

const history = (count: number, prepare: (desk: FakeDesk) => void = () => {}): Story => ({
  render: () =>
    onDesk(
      (desk) => {
        desk.answer('callHistory.queues', () => []);
        desk.answer('accounts.list', () => [mina, hamid]);
        desk.answer('callHistory.count', () => count);
        desk.answer('callHistory.search', ((_filter: unknown, after: string | null, limit: number) => {
          const from = Number(after ?? 0);
          const calls = Array.from({ length: Math.min(limit, count - from) }, (_, index) => call(from + index));
          return { calls, next: from + limit < count ? String(from + limit) : null };
        }) as never);
        prepare(desk);
      },
      (desk) => html`<cw-call-history .desk=${desk}></cw-call-history>`,
    ),
});

export const Agent: Story = history(40);
export const Supervisor: Story = history(100_000, (desk) =>
  desk.values.session.set({ status: 'signed-in', session: session(manager) }),
);
export const NothingYet: Story = history(0);
export const Failed: Story = history(0, (desk) => desk.fail('callHistory.search', 'unavailable'));
export const Loading: Story = history(0, (desk) => desk.answer('callHistory.search', () => new Promise(() => {})));
