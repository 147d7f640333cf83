export { type ChoiceListener, readChoice } from './choice-rows.ts';
export { createServicePlans, type ServicePlans } from './create-service-plans.ts';
export type { ServiceContext } from './service-context.ts';
