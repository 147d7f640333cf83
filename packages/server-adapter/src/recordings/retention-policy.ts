import type { RecordingPurpose } from '@callweave/sdk/protocol';

/** For how long something is kept: whole years, whole days, or without end. */
export type KeepFor = { readonly years: number } | { readonly days: number } | 'for-ever';

/** Of recordings, by what they are kept for. */
export type RetentionPolicy = Readonly<Record<RecordingPurpose, KeepFor>>;

/** Of everything that is kept for a while. */
export type RetentionPolicies = RetentionPolicy & {
  /** Pages that came by fax; whoever throws a fax away does not wait for it. */
  readonly fax: KeepFor;
  /** Messages that callers left; whoever throws one away does not wait for it. */
  readonly voicemail: KeepFor;
};

/**
 * Five years for whatever was said at the desk (MiFID II, article 16(7), which also covers talks that led to no order),
 * one year for calls between a field caller and a customer, which the house only carries. A fax, or a message,
 * may carry an instruction, and is kept like what was said.
 */
export const DEFAULT_RETENTION: RetentionPolicies = {
  order: { years: 5 },
  call: { years: 5 },
  virtual: { years: 1 },
  fax: { years: 5 },
  voicemail: { years: 5 },
};

export function checkRetention<P extends Readonly<Record<string, KeepFor>>>(policy: P): P {
  for (const [purpose, keep] of Object.entries(policy)) {
    if (keep === 'for-ever') continue;
    const amount = 'years' in keep ? keep.years : keep.days;
    // Nobody means "delete at once", and a mistyped figure cannot be taken back.
    if (!Number.isInteger(amount) || amount < 1)
      throw new Error(`The retention of "${purpose}" must be a whole number of years or days, 1 or more.`);
  }
  return policy;
}

/** The first instant at which something may be deleted; undefined: never. Counts from its end. */
export function endOfRetention(endedAt: Date, keep: KeepFor): Date | undefined {
  if (keep === 'for-ever') return undefined;
  if ('days' in keep) return new Date(endedAt.getTime() + keep.days * 86_400_000);
  const end = new Date(endedAt);
  end.setUTCFullYear(end.getUTCFullYear() + keep.years);
  return end;
}

/** What began after this instant is kept by any purpose. */
export function newestThatMayEnd(now: Date, policy: Readonly<Record<string, KeepFor>>): Date | undefined {
  const starts = Object.values(policy).flatMap((keep) => {
    if (keep === 'for-ever') return [];
    const start = new Date(now);
    if ('days' in keep) start.setTime(start.getTime() - keep.days * 86_400_000);
    // A day more than needed: 29 February moves the other way when one counts back.
    else start.setTime(start.setUTCFullYear(start.getUTCFullYear() - keep.years) + 86_400_000);
    return [start.getTime()];
  });
  return starts.length === 0 ? undefined : new Date(Math.max(...starts));
}
