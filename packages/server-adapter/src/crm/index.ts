export { type Crm, type CrmOptions, createCrm } from './create-crm.ts';
