import type { HostIdentity } from '@callweave/server-adapter';
import type { PortalUser } from './portal/database.ts';

const ROLES = { agent: ['agent'], dealer: ['dealer'], manager: ['manager', 'supervisor'] } as const;

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
