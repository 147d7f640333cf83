import type { ServicePlanChoice } from '@callweave/sdk/protocol';

/** What a CRM is told: a choice of service, as it stands. Told again, it takes the place of what was told before. */
export interface CrmEntry {
  /** The same for every attempt of one change. */
  readonly id: string;
  /** Names the choice for ever. A CRM without keys of its own against doubles is searched for it before anything is made. */
  readonly reference: string;
  /** How the CRM calls it, when it has said so before. */
  readonly remoteId: string | null;
  readonly choice: ServicePlanChoice;
  readonly device: {
    readonly id: string;
    readonly brand: string;
    readonly model: string;
    readonly serial: string | null;
  };
  readonly customer: {
    readonly id: string;
    readonly name: string;
    /** E.164. */
    readonly telephone: string | null;
  };
}

/** Towards the CRM of the house. */
export interface CrmConnector {
  readonly name: string;
  /** Resolves when the CRM has it for good. Rejects with a `DeliveryError`, or anything; then it comes again. */
  record(entry: CrmEntry, signal: AbortSignal): Promise<{ readonly remoteId: string | null }>;
}
