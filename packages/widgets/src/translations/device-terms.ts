import type { ImportFaultCode, ImportState, ServiceStateName } from '@callweave/sdk/protocol';
import type { TermsSection } from './section.ts';

/** Devices that customers have bought, and the tables they are brought in by. */
export interface DeviceTerms {
  readonly title: string;
  readonly empty: string;
  readonly columns: Readonly<
    Record<'device' | 'identity' | 'installed' | 'warranty' | 'serviceEnd' | 'state' | 'actions', string>
  >;
  readonly serial: string;
  readonly dongle: string;
  readonly userId: string;
  readonly notYet: string;
  readonly none: string;
  readonly warrantyOver: string;
  readonly state: Readonly<Record<ServiceStateName, string>>;
  readonly daysLeft: (days: number, shown: string) => string;
  readonly open: string;
  readonly openNamed: (device: string) => string;
  readonly count: (shown: string) => string;
  readonly admin: {
    readonly title: string;
    readonly search: string;
    readonly searchHint: string;
    readonly find: string;
    readonly noMatch: string;
    readonly more: string;
    readonly edit: string;
    readonly save: string;
    readonly saved: string;
    readonly keep: string;
    readonly reason: string;
    readonly sealed: string;
    readonly types: string;
    readonly noTypes: string;
    readonly addType: string;
    readonly typeAdded: (name: string) => string;
    readonly brand: string;
    readonly model: string;
    readonly name: Readonly<Record<'en' | 'fa' | 'cs', string>>;
    readonly spans: (service: string, warranty: string) => string;
    readonly editType: (name: string) => string;
    readonly serviceMonths: string;
    readonly warrantyMonths: string;
    readonly monthsHint: string;
    readonly typeSaved: (name: string) => string;
    /** One new device, entered by hand. */
    readonly entry: {
      readonly title: string;
      readonly customer: string;
      readonly customerHint: string;
      readonly noCustomer: string;
      readonly found: (shown: string) => string;
      readonly other: string;
      readonly type: string;
      readonly chooseType: string;
      readonly identityHint: string;
      readonly daysHint: string;
      readonly enter: string;
      readonly entered: (device: string, customer: string) => string;
    };
  };
  readonly import: {
    readonly title: string;
    readonly about: string;
    readonly file: string;
    readonly unreadable: string;
    readonly state: Readonly<Record<ImportState, string>>;
    readonly progress: (checked: string, rows: string) => string;
    readonly ready: (rows: string) => string;
    readonly faulty: (faults: string) => string;
    readonly applied: (rows: string) => string;
    readonly preview: string;
    readonly confirm: (rows: string) => string;
    readonly abort: string;
    readonly again: string;
    readonly line: string;
    readonly column: string;
    readonly what: string;
    readonly wholeLine: string;
    readonly fault: Readonly<Record<ImportFaultCode, string>>;
  };
}

export const deviceTerms: TermsSection<'devices'> = {
  name: 'devices',
  en: () => import('./en/devices.ts'),
  fa: () => import('./fa/devices.ts'),
  cs: () => import('./cs/devices.ts'),
};
