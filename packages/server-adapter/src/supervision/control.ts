import type { SupervisionMode } from '@callweave/sdk/protocol';
import type { Caller } from '../http/operation.ts';

export interface SupervisionRequest {
  readonly callId: string;
  readonly supervisor: Pick<Caller, 'accountId' | 'roles'>;
  readonly mode: SupervisionMode;
  readonly reason: string | undefined;
  readonly escalationId?: string;
}

/** What the telephone flow does for supervision; every refusal is a Problem. */
export interface SupervisionControl {
  /** Rings the supervisor's phone and lets them in, or changes the mode of who is in. @returns the supervision's id */
  enter(request: SupervisionRequest): Promise<string>;
  /** Makes them the agent of the call; lets them in first where they are not. @returns the supervision's id */
  takeOver(request: Omit<SupervisionRequest, 'mode'>): Promise<string>;
  leave(callId: string, accountId: string): Promise<void>;
  /** An escalation was raised, taken back, or accepted by somebody who then could not come. */
  escalationsChanged(): void;
}
