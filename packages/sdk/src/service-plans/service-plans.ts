import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { crmRoutes } from '../http/routes/crm.ts';
import { servicePlansRoutes } from '../http/routes/service-plans.ts';
import type { contract } from '../protocol/contract.ts';
import type { CrmRecord } from '../protocol/crm.ts';
import type { OutputOf } from '../protocol/endpoint.ts';
import type { Amount } from '../protocol/money.ts';
import type { RenewalYears } from '../protocol/price-list.ts';
import type { ServicePlanChoice } from '../protocol/service-plan.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** Devices in the order in which they need a choice, with what was chosen and what can be. */
export type ServicePlansView = OutputOf<typeof contract.servicePlans.own>;
/** How far the CRM knows. */
export type CrmView = OutputOf<typeof contract.crm.list>;

export interface FollowedServicePlans {
  readonly state: Readable<Loadable<ServicePlansView>>;
  /** Prices tell no one when they change: what a choice was refused for is loaded anew. */
  reload(): void;
  close(): void;
}

export interface FollowedCrm {
  readonly state: Readable<Loadable<CrmView>>;
  close(): void;
}

/** What a buyer chooses for the time after the paid service of a device (D4). */
export interface ServicePlans {
  /** My own devices, or for staff those of a customer; kept true by events. `close()` ends it. */
  follow(customerId?: string): FollowedServicePlans;
  /** At the price that was shown. Its payment is then started with `payments.start`. */
  renew(deviceId: string, years: RenewalYears, amount: Amount): Promise<ServicePlanChoice>;
  choosePerCase(deviceId: string): Promise<ServicePlanChoice>;
  /** The buyer has said so twice, and why. */
  decline(deviceId: string, reason: string): Promise<ServicePlanChoice>;
  /** How far the CRM knows of a customer's choices, or of all that it does not know yet. Staff only. */
  followCrm(customerId?: string): FollowedCrm;
  /** Tells the CRM again now. Managers only. */
  retryCrm(choiceId: string): Promise<CrmRecord>;
}

export interface ServicePlansManager extends ServicePlans {
  reload(): void;
  reset(): void;
  /** Something of this customer's devices has changed; undefined: perhaps of anybody's. */
  handleChange(customerId?: string): void;
  handleCrm(record: CrmRecord): void;
}

const LIMIT = 200;

export function createServicePlans(client: Pick<Client, 'servicePlans' | 'crm'>): ServicePlansManager {
  const plans = new Map<Loaded<ServicePlansView>, string | undefined>();
  const records = new Map<Loaded<CrmView>, string | undefined>();

  const follow = <T>(
    all: Map<Loaded<T>, string | undefined>,
    customerId: string | undefined,
    fetch: () => Promise<T>,
  ) => {
    const loaded = new Loaded<T>(fetch);
    all.set(loaded, customerId);
    const end = loaded.open();
    return {
      state: loaded.state,
      reload: () => loaded.reload(),
      close: () => {
        end();
        all.delete(loaded);
      },
    };
  };
  /** My own have no customer's id here: only their events reach me. */
  const concerns = (of: string | undefined, customerId: string | undefined) =>
    of === undefined || customerId === undefined || of === customerId;
  const reloadOf = <T>(all: Map<Loaded<T>, string | undefined>, customerId: string | undefined) => {
    for (const [loaded, of] of all) if (concerns(of, customerId)) loaded.reload();
  };

  return {
    follow: (customerId) =>
      follow(plans, customerId, () =>
        customerId === undefined ? client.servicePlans.own({}) : client.servicePlans.ofCustomer({ customerId }),
      ),
    followCrm: (customerId) =>
      follow(records, customerId, () =>
        client.crm.list({ limit: LIMIT, ...(customerId === undefined ? {} : { customerId }) }),
      ),
    renew: (deviceId, years, amount) => client.servicePlans.renew({ deviceId, years, amount }),
    choosePerCase: (deviceId) => client.servicePlans.choosePerCase({ deviceId }),
    decline: (deviceId, reason) => client.servicePlans.decline({ deviceId, reason, confirmed: true }),
    retryCrm: (choiceId) => client.crm.retry({ choiceId }),
    handleChange: (customerId) => reloadOf(plans, customerId),
    handleCrm: ({ customerId }) => reloadOf(records, customerId),
    reload() {
      for (const each of [...plans.keys(), ...records.keys()]) each.reload();
    },
    reset() {
      for (const each of [...plans.keys(), ...records.keys()]) each.reset();
    },
  };
}

/** What a buyer chooses for the time after the paid service. */
export const servicePlans: Feature<ServicePlans> = {
  name: 'servicePlans',
  create({ clientFor, on, keep }) {
    const made = createServicePlans(clientFor({ servicePlans: servicePlansRoutes, crm: crmRoutes }));
    on('service-choice', ({ data }) => made.handleChange(data.customerId));
    on('device', ({ data }) => made.handleChange(data.customerId));
    on('devices-changed', () => made.handleChange());
    on('crm-record', ({ data }) => made.handleCrm(data));
    keep(made);
    return made;
  },
};
