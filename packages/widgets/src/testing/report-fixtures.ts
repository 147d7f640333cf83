import type { CallFigures, Wallboard } from '@callweave/sdk/protocol';

const figures = (changes: Partial<CallFigures> = {}): CallFigures => ({
  waiting: 0,
  longestSince: null,
  talking: 2,
  offered: 48,
  answered: 40,
  answeredInTime: 37,
  abandoned: 5,
  abandonedEarly: 2,
  missed: 3,
  callbacks: 0,
  serviceLevel: 37 / 46,
  averageWait: 11.5,
  outbound: 12,
  outboundAnswered: 9,
  ...changes,
});

const noAgents = { ready: 0, busy: 0, 'wrap-up': 0, 'do-not-disturb': 0, 'not-ready': 0, 'on-leave': 0, offline: 0 };

/** A quiet hour of a good day. */
export const wallboard = (total: Partial<CallFigures> = {}, changes: Partial<Wallboard> = {}): Wallboard => ({
  day: '2026-11-22',
  timeZone: 'Asia/Tehran',
  goal: { seconds: 20, share: 0.8 },
  total: figures(total),
  agents: { ...noAgents, ready: 6, busy: 2, 'wrap-up': 1, offline: 3 },
  queues: [
    {
      queueId: 'sales',
      names: { en: 'Sales', fa: 'فروش', cs: 'Prodej' },
      figures: figures({ offered: 20, answered: 18 }),
    },
    {
      queueId: 'service',
      names: { en: 'Service', fa: 'خدمات', cs: 'Servis' },
      figures: figures({ serviceLevel: 0.55 }),
    },
  ],
  branches: [
    { branch: 'تهران', figures: figures(), agents: { ...noAgents, ready: 4, busy: 2 } },
    {
      branch: 'Praha',
      figures: figures({ offered: 0, answered: 0, serviceLevel: null }),
      agents: { ...noAgents, ready: 2 },
    },
  ],
  recordingsWaiting: 0,
  ...changes,
});
