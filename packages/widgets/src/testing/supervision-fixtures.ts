import type { SupervisionState } from '@callweave/sdk';
import type { Account, Call, Escalation, ListeningEntry, Supervision } from '@callweave/sdk/protocol';
import { answeredCall, hamid, mina, reza } from './fixtures.ts';

/** A supervisor's view of the desk, for tests and stories. */

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

export const boss: Account = {
  ...mina,
  id: 'acc_boss',
  username: 'boss',
  name: 'شیرین کاظمی',
  roles: ['supervisor'],
};

export const supervision = (changes: Partial<Supervision> = {}): Supervision => ({
  id: 'sup_1',
  callId: 'call_1',
  supervisor: { id: boss.id, name: boss.name },
  mode: 'listen',
  state: 'on',
  reason: 'همکار تازه',
  visible: true,
  escalationId: null,
  since: ago(40),
  ...changes,
});

export const escalation = (changes: Partial<Escalation> = {}): Escalation => ({
  id: 'esc_1',
  callId: 'call_1',
  agent: { id: mina.id, name: mina.name },
  note: 'مشتری می‌خواهد شکایت کند',
  state: 'open',
  unanswered: false,
  supervisor: null,
  createdAt: ago(12),
  acceptedAt: null,
  ...changes,
});

export const supervised = (changes: Partial<SupervisionState> = {}): SupervisionState => ({
  supervisions: [],
  escalations: [],
  rules: { agentSees: true, managersListen: false },
  ...changes,
});

/** Two calls: one talks, one is held and has a caller whom nobody knows. */
export const liveCalls = (): readonly Call[] => [
  answeredCall(),
  answeredCall({
    id: 'call_2',
    agent: { id: hamid.id, name: hamid.name },
    customer: reza,
    answeredAt: ago(65),
    hold: { since: ago(20), totalMs: 0, alertAfterMs: 60_000 },
    verification: { ...answeredCall().verification, state: 'none' },
    recording: { id: 'rec_2', state: 'paused', startedAt: ago(65), pauseReason: 'payment-card' },
  }),
];

export const listening = (changes: Partial<ListeningEntry> = {}): ListeningEntry => ({
  id: 'lis_1',
  kind: 'listen',
  listener: { id: boss.id, name: boss.name },
  callId: 'call_1',
  recordingId: null,
  voicemailId: null,
  agent: { id: mina.id, name: mina.name },
  reason: 'همکار تازه',
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: '2026-11-22T10:02:05.000Z',
  ...changes,
});
