import type { Locale } from '@callweave/sdk/protocol';
import { essential as english } from './en/essential.ts';
import type { SectionName, Translation } from './translation.ts';

type Sections = { [S in SectionName]?: Translation[S] };

const loaded: Record<Locale, Sections> = { en: { essential: english }, fa: {}, cs: {} };

/**
 * Sections arrive when a widget first needs them in a language: a Persian page pays for Persian, and a badge for the
 * badge. Only the essential English is at hand from the start, as what can always be shown.
 */
const loaders: Readonly<Record<Locale, { readonly [S in SectionName]: () => Promise<Pick<Translation, S>> }>> = {
  en: {
    essential: async () => ({ essential: english }),
    problems: () => import('./en/problems.ts'),
    desk: () => import('./en/desk.ts'),
    orders: () => import('./en/orders.ts'),
    supervision: () => import('./en/supervision.ts'),
    reports: () => import('./en/reports.ts'),
    callControl: () => import('./en/call-control.ts'),
    dialPad: () => import('./en/dial-pad.ts'),
    fax: () => import('./en/fax.ts'),
    voicemail: () => import('./en/voicemail.ts'),
    preflight: () => import('./en/preflight.ts'),
    missedCalls: () => import('./en/missed-calls.ts'),
    virtualNumbers: () => import('./en/virtual-numbers.ts'),
  },
  fa: {
    essential: () => import('./fa/essential.ts'),
    problems: () => import('./fa/problems.ts'),
    desk: () => import('./fa/desk.ts'),
    orders: () => import('./fa/orders.ts'),
    supervision: () => import('./fa/supervision.ts'),
    reports: () => import('./fa/reports.ts'),
    callControl: () => import('./fa/call-control.ts'),
    dialPad: () => import('./fa/dial-pad.ts'),
    fax: () => import('./fa/fax.ts'),
    voicemail: () => import('./fa/voicemail.ts'),
    preflight: () => import('./fa/preflight.ts'),
    missedCalls: () => import('./fa/missed-calls.ts'),
    virtualNumbers: () => import('./fa/virtual-numbers.ts'),
  },
  cs: {
    essential: () => import('./cs/essential.ts'),
    problems: () => import('./cs/problems.ts'),
    desk: () => import('./cs/desk.ts'),
    orders: () => import('./cs/orders.ts'),
    supervision: () => import('./cs/supervision.ts'),
    reports: () => import('./cs/reports.ts'),
    callControl: () => import('./cs/call-control.ts'),
    dialPad: () => import('./cs/dial-pad.ts'),
    fax: () => import('./cs/fax.ts'),
    voicemail: () => import('./cs/voicemail.ts'),
    preflight: () => import('./cs/preflight.ts'),
    missedCalls: () => import('./cs/missed-calls.ts'),
    virtualNumbers: () => import('./cs/virtual-numbers.ts'),
  },
};

const changes = new EventTarget();

/** Calls back whenever a translation was registered; returns the function that ends it. */
export function onTranslations(listener: () => void): () => void {
  changes.addEventListener('change', listener);
  return () => changes.removeEventListener('change', listener);
}

/**
 * Makes a translation available at once instead of on demand, or replaces strings of a shipped one.
 *
 * @example
 * ```ts
 * import { registerTranslation } from '@callweave/widgets';
 * import { fa } from '@callweave/widgets/translations/fa';
 * registerTranslation('fa', fa);
 * ```
 */
export function registerTranslation(locale: Locale, translation: Partial<Translation>): void {
  Object.assign(loaded[locale], translation);
  changes.dispatchEvent(new Event('change'));
}

export function loadedSection<S extends SectionName>(locale: Locale, section: S): Translation[S] | undefined {
  return loaded[locale][section];
}

/** Loads what is missing. English stands in for a section that cannot be loaded. */
export async function loadSections(locale: Locale, sections: readonly SectionName[]): Promise<void> {
  await Promise.all(sections.map((section) => loadSection(locale, section)));
}

async function loadSection<S extends SectionName>(locale: Locale, section: S): Promise<void> {
  if (loaded[locale][section]) return;
  const module = await loaders[locale][section]().catch((error: unknown) => {
    if (locale === 'en') throw error;
    return loaders.en[section]();
  });
  // What an integrator registered in the meantime is not overwritten.
  loaded[locale][section] ??= module[section];
}
