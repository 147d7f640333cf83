import type { Locale } from '@callweave/sdk/protocol';
import type { SectionName } from './translation.ts';

/** A part of the strings, and how it arrives in each language. A page carries the sections that its widgets name. */
export type TermsSection<S extends SectionName = SectionName> = {
  readonly name: S;
} & Readonly<Record<Locale, () => Promise<{ readonly [K in S]?: unknown }>>>;
