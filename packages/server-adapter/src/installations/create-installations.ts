import type { Clock } from '../clock.ts';
import type { Domain } from '../domain.ts';
import type { Store } from '../store/store.ts';
import { createCertificateOperations } from './certificates.ts';
import { createChecklistOperations } from './checklists.ts';
import { createInstallationOperations, type InstallationParts } from './operations.ts';

export interface InstallationOptions {
  /** Who stands above the title of a certificate: the house. @default nobody */
  readonly issuer?: string;
  /**
   * Public address of the page on which a certificate's code is checked, as people are to type it in.
   * @default the certificate shows its code alone
   * @example installations: { verifyUrl: 'https://portal.example.com/callweave/certificates' }
   */
  readonly verifyUrl?: string;
}

export interface CreateInstallationsOptions extends Omit<InstallationParts, 'issuer' | 'verifyUrl'> {
  readonly clock: Clock;
  readonly typeExists: (db: Store['db'], typeId: string) => Promise<boolean>;
  readonly options: InstallationOptions | undefined;
}

/** Installations: checklists with versions, forms that buyers confirm, certificates (D7). */
export function createInstallations({ options = {}, clock, typeExists, ...parts }: CreateInstallationsOptions): Domain {
  const { store, accountNames, clientAddress } = parts;
  return {
    operations: {
      checklists: createChecklistOperations({ store, accountNames, typeExists }),
      installations: createInstallationOperations({
        ...parts,
        issuer: options.issuer,
        verifyUrl: options.verifyUrl,
      }),
      certificates: createCertificateOperations({ store, clock, clientAddress }),
    },
  };
}
