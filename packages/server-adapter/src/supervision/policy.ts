import type { SupervisionRules } from '@callweave/sdk/protocol';

/** The house rules of supervision, in plain figures. */
export interface SupervisionPolicy extends SupervisionRules {
  /** Whoever wants to hear a call must say why. */
  readonly reasonRequired: boolean;
  /** After so long without an answer the agent is told; the supervisors go on being called. */
  readonly escalationAlertSeconds: number;
}

export const DEFAULT_SUPERVISION_POLICY: SupervisionPolicy = {
  agentSees: true,
  managersListen: false,
  reasonRequired: true,
  escalationAlertSeconds: 30,
};
