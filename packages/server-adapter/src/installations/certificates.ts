import type { CertificateCheck, contract } from '@callweave/sdk/protocol';
import type { Clock } from '../clock.ts';
import type { Implementation } from '../http/operation.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { maskSerial, readCode } from './certificate-code.ts';
import { certificatePage } from './certificate-page.ts';
import type { DeviceFacts } from './wording.ts';

export interface CertificateParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly clientAddress: (request: Request) => string;
}

/** A person with a pile of papers, and all people together. Guessing is hopeless by the code's length; this spares the database. */
const ONE = { burst: 30, perSecond: 0.5 } as const;
const ALL = { burst: 600, perSecond: 50 } as const;
const COMPLAINT = 'Too many certificates are looked up from here.';

/** The contract's `certificates`: public, and so without a word about people. */
export function createCertificateOperations(parts: CertificateParts): Implementation<typeof contract.certificates> {
  const { store, clock, clientAddress } = parts;
  const limitOne = createRateLimit(ONE, clock, COMPLAINT);
  const limitAll = createRateLimit(ALL, clock, COMPLAINT);

  function limit(request: Request): void {
    limitOne(clientAddress(request));
    limitAll('');
  }

  async function find(typed: string): Promise<{ check: CertificateCheck; installedOn: string } | undefined> {
    const code = readCode(typed);
    if (code === undefined) return undefined;
    const row = await store.db
      .selectFrom('installations')
      .select(['device', 'installed_on'])
      .where('code', '=', code)
      .where('state', '=', 'confirmed')
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { brand, model, serial } = JSON.parse(row.device) as DeviceFacts;
    const check = { brand, model, serial: maskSerial(serial), month: row.installed_on.slice(0, 7) };
    return { check, installedOn: row.installed_on };
  }

  return {
    async check({ code }, { request }) {
      limit(request);
      const found = await find(code);
      if (found === undefined) throw new Problem('not-found', 'There is no certificate with this code.');
      return found.check;
    },
    async page({ code = '', locale }, { request }) {
      const typed = code.trim();
      if (typed === '') return certificatePage({ locale, typed, found: undefined });
      try {
        limit(request);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return certificatePage({ locale, typed, found: undefined, limited: true });
      }
      return certificatePage({ locale, typed, found: await find(typed) });
    },
  };
}
