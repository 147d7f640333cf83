import type { Migration } from '../migrate.ts';

/** What the agent sees at ring of a caller who has bought devices (G6). */
export const callPortal: Migration = {
  name: '025-call-portal',
  statements: ['alter table calls add column portal TEXT'],
};
