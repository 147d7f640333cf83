import type { ServicePlan, ServicePlanChoice } from '@callweave/sdk/protocol';

/** Days before the end from which a choice is asked for. */
const SOON = 30;

/** A renewal that can be paid now, at the price that it was chosen for. */
export type WaitingRenewal = ServicePlanChoice & {
  readonly amount: NonNullable<ServicePlanChoice['amount']>;
  readonly paymentId: string;
  readonly priceHoldsUntil: string;
};

export function waitingRenewal({ choice }: ServicePlan, now: number): WaitingRenewal | undefined {
  const { state, amount, paymentId, priceHoldsUntil } = choice ?? {};
  const holds = state === 'waiting' && priceHoldsUntil != null && Date.parse(priceHoldsUntil) > now;
  return holds && amount && paymentId ? (choice as WaitingRenewal) : undefined;
}

/** Its time is over, said by the house or by the clock. */
export const hasLapsed = (plan: ServicePlan, now: number): boolean =>
  plan.choice?.state === 'lapsed' || (plan.choice?.state === 'waiting' && waitingRenewal(plan, now) === undefined);

/** Service has ended or ends soon, and nothing was chosen for the time after it. */
export function needsChoice(plan: ServicePlan, now: number): boolean {
  const { state, daysLeft, choice } = plan.device.service;
  if (state === 'not-activated' || choice !== 'none' || waitingRenewal(plan, now) !== undefined) return false;
  return state === 'expired' || (daysLeft !== null && daysLeft <= SOON);
}
