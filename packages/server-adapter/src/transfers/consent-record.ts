import { createHash, randomBytes } from 'node:crypto';
import type { Locale } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import type { RedeemedCode } from '../one-time-codes/index.ts';

const MAX_USER_AGENT = 300;

/**
 * What one of the owners consented to, and who, when and from where. It is kept with the transfer; the chain has its digest
 * alone, because names, codes and numbers of people do not belong in a chain that nothing can be taken out of.
 */
export interface ConsentRecord {
  readonly transferId: string;
  readonly deviceId: string;
  readonly party: 'owner' | 'new-owner';
  /** Of the present owner; the new one may have none yet. */
  readonly customerId: string | null;
  readonly accountId: string | null;
  readonly name: string;
  readonly nationalCode: string;
  /** Where the code went. */
  readonly telephone: string;
  readonly codeId: string;
  readonly codeSentAt: string;
  readonly at: string;
  /** As the server saw them; empty where it could not. */
  readonly address: string;
  readonly userAgent: string;
  readonly locale: Locale;
  readonly text: string;
  /** Random, so that nobody can try out from the digest what stands here. */
  readonly salt: string;
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The record as it is kept, and what the chain says of it. */
export function sealConsent(
  facts: Omit<ConsentRecord, 'codeId' | 'codeSentAt' | 'userAgent' | 'salt'>,
  { code, request }: { readonly code: RedeemedCode; readonly request: Request },
): { readonly record: string; readonly recordHash: string } {
  const record: ConsentRecord = {
    ...facts,
    codeId: code.id,
    codeSentAt: code.sentAt,
    userAgent: (request.headers.get('user-agent') ?? '').slice(0, MAX_USER_AGENT),
    salt: randomBytes(16).toString('hex'),
  };
  const text = canonicalJson(record);
  return { record: text, recordHash: digestOf(text) };
}

/** Undefined for what is not there, or somebody made unreadable. */
export function readConsent(text: string | null): ConsentRecord | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as ConsentRecord) : undefined;
  } catch {
    return undefined;
  }
}
