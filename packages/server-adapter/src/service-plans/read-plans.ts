import {
  type Device,
  type PerCaseOffer,
  type PriceList,
  RENEWAL_YEARS,
  renewalPriceIn,
  type ServicePlan,
} from '@callweave/sdk/protocol';
import type { Store } from '../store/store.ts';
import { toChoice } from './choice-rows.ts';
import type { ServiceContext } from './service-context.ts';

interface Plans {
  plans: ServicePlan[];
  perCase: PerCaseOffer | null;
  payable: boolean;
}

/** All devices of a customer with what was chosen last for each, in the order in which they need a choice. */
export async function readPlans(db: Store['db'], context: ServiceContext, customerId: string): Promise<Plans> {
  const devices = await context.devices.devicesOf(db, customerId);
  const rows = await db
    .selectFrom('service_choices')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('seq')
    .execute();
  const last = new Map(rows.map((row) => [row.device_id, toChoice(row)]));
  const list = await context.priceListInForce(db, context.clock.now());
  return {
    plans: [...devices].sort(byNeed).map((device) => ({
      device,
      choice: last.get(device.id) ?? null,
      renewals: device.service.state === 'not-activated' ? [] : renewalsOf(list, device),
    })),
    perCase: list === undefined ? null : perCaseOffer(list),
    payable: context.payments !== undefined,
  };
}

/** Nothing is sold for nothing: a price of zero would be a renewal without end. */
function renewalsOf(list: PriceList | undefined, { typeId }: Device): ServicePlan['renewals'] {
  if (list === undefined) return [];
  return RENEWAL_YEARS.flatMap((years) => {
    const amount = renewalPriceIn(list, typeId, years);
    return amount === undefined || amount.amount === 0 ? [] : [{ years, amount }];
  });
}

function perCaseOffer({ unitMinutes, currency, work }: PriceList): PerCaseOffer {
  const prices = Object.values(work);
  return { unitMinutes, currency, from: Math.min(...prices), to: Math.max(...prices) };
}

const URGENCY = { expired: 0, active: 1, renewed: 1, 'per-case': 2, declined: 3, 'not-activated': 4 } as const;

function byNeed(a: Device, b: Device): number {
  const urgency = URGENCY[a.service.state] - URGENCY[b.service.state];
  if (urgency !== 0) return urgency;
  const [endA, endB] = [a.serviceEndsOn ?? '', b.serviceEndsOn ?? ''];
  if (endA !== endB) return endA < endB ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
