import type { contract } from '@callweave/sdk/protocol';
import type { Domain } from '../domain.ts';
import type { Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import { choosePerCase, chooseRenewal, declineService } from './choose.ts';
import { readPlans } from './read-plans.ts';
import type { ServiceContext } from './service-context.ts';
import { bookRenewal, lapseChoices, takeBackRenewal } from './settle.ts';

export interface ServicePlans extends Domain {
  readonly operations: { readonly servicePlans: Implementation<typeof contract.servicePlans> };
  /** Ends what was not paid while its price held; for tests, and every five minutes by itself. */
  lapse(): Promise<void>;
}

/** What a buyer chooses for the time after the paid service: renew, pay per case, or decline (D4). */
export function createServicePlans(context: ServiceContext): ServicePlans {
  const { store, payments } = context;
  payments?.onPaid('renewal', (tx, payment) => bookRenewal(tx, context, payment));
  payments?.onRefunded('renewal', (tx, payment) => takeBackRenewal(tx, context, payment));
  const lapse = () => lapseChoices(context);
  return {
    operations: {
      servicePlans: {
        async own(_input, { caller }) {
          if (caller.customerId === undefined) throw new Problem('not-found', 'This account stands for no customer.');
          return readPlans(store.db, context, caller.customerId);
        },
        ofCustomer: ({ customerId }) => readPlans(store.db, context, customerId),
        renew: { write: (tx, input, { caller }) => chooseRenewal(tx, context, input, caller) },
        choosePerCase: { write: (tx, input, { caller }) => choosePerCase(tx, context, input, caller) },
        decline: { write: (tx, input, { caller }) => declineService(tx, context, input, caller) },
      },
    },
    chores: [{ name: 'service choices', everyMs: 300_000, run: lapse }],
    lapse,
  };
}
