export { ownLiveCall, visibleCall } from './access.ts';
export { type AgentsCall, callsOfAgents, extendWrapUp, lastConversations } from './agents-calls.ts';
export { withdrawFrom } from './audience.ts';
export {
  addLegs,
  addSteps,
  agentsOf,
  closeSteps,
  forgetSteps,
  type IncomingCall,
  legAnswered,
  legBecomesAgents,
  legsEnded,
  legsOf,
  moveCall,
  type NewLeg,
  openCall,
  type RoutingEntry,
  touchCall,
  updateCall,
} from './book.ts';
export { callReader } from './call-reader.ts';
export { callsById, callsFrom } from './calls-by-id.ts';
export type { CallControl, DialRequest } from './control.ts';
export type { ClaimMissedCall } from './control-operations.ts';
export { maySeeCustomer } from './customer-access.ts';
export { type CallOperationsOptions, createCalls } from './operations.ts';
export { setParties } from './parties.ts';
export { requireCall } from './require-call.ts';
export {
  type CallRow,
  callsEndedSince,
  customersOf,
  findCall,
  type KnownCustomer,
  type LegRow,
  openCalls,
  partiesOf,
  stepsOf,
} from './rows.ts';
export {
  addVirtualLegs,
  type NewVirtualCall,
  openVirtualCall,
  openVirtualCalls,
  virtualCallAnswered,
  virtualCallEnded,
} from './virtual-calls.ts';
export { agentsWithCustomer, customerInCall } from './with-customer.ts';
