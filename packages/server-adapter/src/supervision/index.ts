export type { SupervisionControl, SupervisionRequest } from './control.ts';
export { type EscalationRow, moveEscalation, presentEscalations } from './escalations.ts';
export { createSupervisionOperations } from './operations.ts';
export { DEFAULT_SUPERVISION_POLICY, type SupervisionPolicy } from './policy.ts';
export {
  closeSupervision,
  findSupervision,
  moveSupervision,
  noteSupervisionTrack,
  openSupervision,
  presentSupervisions,
  type SupervisionRow,
  supervisedBy,
} from './supervisions.ts';
