import type { HostIdentity } from '@callweave/server-adapter';
import type { PortalUser } from './portal/database.ts';

const ROLES = {
  agent: ['agent'],
  supervisor: ['supervisor', 'agent'],
  dealer: ['dealer'],
  manager: ['manager', 'supervisor'],
  'field-caller': ['field-caller'],
} as const;

/** A user of the portal as the desk knows them. */
export const asColleague = ({ id, username, name, job, branch }: PortalUser): HostIdentity => ({
  id,
  username,
  name,
  branch,
  roles: [...ROLES[job]],
  inGroup: job === 'agent',
  locale: 'fa',
});
