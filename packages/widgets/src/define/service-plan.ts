import { CwServicePlan } from '../components/service-plan/service-plan.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-service-plan', CwServicePlan);
