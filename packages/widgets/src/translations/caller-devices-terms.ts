import type { ServiceStateName } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** What a caller has who has bought devices, in one line that is read while it rings. */
export interface CallerDevicesTerms {
  readonly devices: (count: number, shown: string) => string;
  /** So many devices in this state: “1 expired”. */
  readonly service: Readonly<Record<ServiceStateName, (shown: string) => string>>;
  readonly daysLeft: (days: number, shown: string) => string;
  readonly inWarranty: (shown: string) => string;
  readonly tickets: (count: number, shown: string) => string;
  readonly owesNothing: string;
  readonly owes: (sum: string) => string;
  readonly owesOf: (sum: string, ceiling: string) => string;
  readonly ceilingReached: string;
  readonly permitted: string;
}

export const callerDevicesTerms: TermsSection<'callerDevices'> = {
  name: 'callerDevices',
  en: () => import('./en/caller-devices.ts'),
  fa: () => import('./fa/caller-devices.ts'),
  cs: () => import('./cs/caller-devices.ts'),
};
