import * as z from 'zod/mini';
import { Device } from './device.ts';
import { endpoint } from './endpoint.ts';
import { Amount, Currency } from './money.ts';
import { RenewalYears } from './price-list.ts';
import { Day, Id, Instant, line } from './primitives.ts';

/** Plain values and no schema: widgets take these lists along, and must not take zod along with them. */
export const SERVICE_CHOICE_KINDS = ['renewal', 'per-case', 'declined'] as const;
export const SERVICE_CHOICE_STATES = ['waiting', 'lapsed', 'done', 'replaced', 'refunded'] as const;

/** What a buyer has chosen for the time after the paid service of a device (D4). */
export const ServicePlanChoice = z.object({
  id: Id,
  deviceId: Id,
  customerId: Id,
  kind: z.enum(SERVICE_CHOICE_KINDS),
  /**
   * `waiting`: a renewal that is not paid yet. `lapsed`: it was not paid while its price held. `done`: in force, or paid.
   * `replaced`: another choice came after it. `refunded`: the money went back, and the years with it.
   * What was lapsed or replaced and turns out to be paid is done all the same: no money is taken for nothing.
   */
  state: z.enum(SERVICE_CHOICE_STATES),
  years: z.nullable(RenewalYears),
  /** As it was when it was chosen. */
  amount: z.nullable(Amount),
  /** Until when a renewal can be paid at this price. */
  priceHoldsUntil: z.nullable(Instant),
  /** To be started at a gateway: `payments.start`. */
  paymentId: z.nullable(Id),
  /** Why the buyer has declined. */
  reason: z.nullable(z.string()),
  /** The last day of service after a paid renewal. */
  serviceEndsOn: z.nullable(Day),
  chosenAt: Instant,
  settledAt: z.nullable(Instant),
});
export type ServicePlanChoice = z.infer<typeof ServicePlanChoice>;

export const RenewalOffer = z.object({ years: RenewalYears, amount: Amount });
export type RenewalOffer = z.infer<typeof RenewalOffer>;

/** A device, what was chosen for it last, and what can be chosen now. */
export const ServicePlan = z.object({
  device: Device,
  choice: z.nullable(ServicePlanChoice),
  /** Empty: no renewal of this type is sold now. */
  renewals: z.array(RenewalOffer),
});
export type ServicePlan = z.infer<typeof ServicePlan>;

/** What a case costs where each is paid for: from the simplest to the hardest, for one unit of work. */
export const PerCaseOffer = z.object({
  unitMinutes: z.int(),
  currency: Currency,
  from: z.int(),
  to: z.int(),
});
export type PerCaseOffer = z.infer<typeof PerCaseOffer>;

const plans = z.object({
  /** In the order in which they need a choice: ended, ending soon, then the rest. */
  plans: z.array(ServicePlan),
  /** Null: there are no prices yet. */
  perCase: z.nullable(PerCaseOffer),
  /** Renewals can be paid here. */
  payable: z.boolean(),
});

const ofDevice = { deviceId: Id };

export const servicePlans = {
  own: endpoint({
    method: 'GET',
    path: '/own-service-plans',
    summary: 'The devices of the buyer who asks, with what was chosen for the time after service and what can be',
    access: ['buyer'],
    input: z.object({}),
    output: plans,
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/service-plans',
    summary: 'The same of a customer',
    access: ['agent', 'supervisor', 'manager', 'technician'],
    input: z.object({ customerId: Id }),
    output: plans,
  }),
  renew: endpoint({
    method: 'POST',
    path: '/own-devices/{deviceId}/renewal',
    summary: 'Choose a renewal at the price that was shown; its payment is then started at a gateway',
    access: ['buyer'],
    input: z.object({ ...ofDevice, years: RenewalYears, amount: Amount }),
    output: ServicePlanChoice,
    problems: ['service-not-activated', 'renewal-not-sold', 'renewal-price-changed', 'no-gateway'],
  }),
  choosePerCase: endpoint({
    method: 'POST',
    path: '/own-devices/{deviceId}/per-case',
    summary: 'Pay for each case after the paid service',
    access: ['buyer'],
    input: z.object(ofDevice),
    output: ServicePlanChoice,
    problems: ['service-not-activated', 'no-price'],
  }),
  decline: endpoint({
    method: 'POST',
    path: '/own-devices/{deviceId}/decline',
    summary: 'Want no service after the paid one',
    access: ['buyer'],
    input: z.object({ ...ofDevice, confirmed: z.literal(true), reason: line(300) }),
    output: ServicePlanChoice,
    problems: ['service-not-activated'],
  }),
} as const;
