export { type VirtualNumbersOptions, type VirtualPolicy, virtualPolicy } from './options.ts';
export { VirtualFlow } from './virtual-flow.ts';
export type { VirtualServices } from './virtual-services.ts';
