import { balanceLevelOf, type CallPortal, type Device, type ServiceStateName } from '@callweave/sdk/protocol';
import type { Debt } from './billing/index.ts';
import type { Store } from './store/store.ts';

type Db = Store['db'];

export interface CallerPortalParts {
  devicesOf(db: Db, customerId: string): Promise<readonly Device[]>;
  debtOf(db: Db, customerId: string): Promise<Debt>;
  openTicketsOf(db: Db, customerId: string): Promise<number>;
  isBuyer(db: Db, customerId: string): Promise<boolean>;
}

/** Days before the end of service from which the agent is told. */
const SOON = 30;

/** What to ask a caller about first. A device that runs is asked about only shortly before its end. */
const URGENCY: readonly ServiceStateName[] = ['expired', 'declined', 'not-activated', 'active', 'renewed'];

/** The figures of a customer at ring; undefined of one who has bought nothing and is no buyer. */
export function createCallerPortal({ devicesOf, debtOf, openTicketsOf, isBuyer }: CallerPortalParts) {
  return async (db: Db, customerId: string): Promise<CallPortal | undefined> => {
    const devices = await devicesOf(db, customerId);
    if (devices.length === 0 && !(await isBuyer(db, customerId))) return undefined;
    const service: Partial<Record<ServiceStateName, number>> = {};
    for (const {
      service: { state },
    } of devices)
      service[state] = (service[state] ?? 0) + 1;
    const { balance, ceiling, threshold, override } = await debtOf(db, customerId);
    return {
      devices: devices.length,
      inWarranty: devices.filter(({ warrantyEndsOn, asOf }) => warrantyEndsOn !== null && warrantyEndsOn >= asOf)
        .length,
      service,
      attention: attentionOf(devices),
      openTickets: await openTicketsOf(db, customerId),
      debt: { balance, ceiling, level: balanceLevelOf(balance, { threshold, ceiling }), override },
    };
  };
}

function attentionOf(devices: readonly Device[]): CallPortal['attention'] {
  const urgent = devices.filter(
    ({ service: { state, daysLeft } }) => URGENCY.includes(state) && (daysLeft === null || daysLeft <= SOON),
  );
  const [first] = urgent.sort(
    (a, b) =>
      URGENCY.indexOf(a.service.state) - URGENCY.indexOf(b.service.state) ||
      (a.service.daysLeft ?? 0) - (b.service.daysLeft ?? 0),
  );
  if (first === undefined) return null;
  const { brand, model, service } = first;
  return { brand, model, state: service.state, daysLeft: service.daysLeft };
}
