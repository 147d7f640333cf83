import type { AdapterOptions } from '@callweave/server-adapter';
import type { PortalDatabase } from './portal/database.ts';
import { portalDirectory } from './portal-directory.ts';

/**
 * What the demonstration can be started with besides: `DIRECTORY=portal` reads customers from the portal's own table
 * instead of keeping them in the desk; `RULES` holds house rules (`flow`, `verification`, `queues`, …)
 * as JSON.
 */
export function switches(portal: PortalDatabase): Partial<AdapterOptions> {
  return {
    ...(process.env['DIRECTORY'] === 'portal' ? { directory: portalDirectory(portal) } : {}),
    ...(JSON.parse(process.env['RULES'] ?? '{}') as Partial<AdapterOptions>),
  };
}
