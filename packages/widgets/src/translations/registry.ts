import type { Locale } from '@callweave/sdk/protocol';
import { essential as english } from './en/essential.ts';
import type { TermsSection } from './section.ts';
import type { SectionName, Translation } from './translation.ts';

type Sections = { [S in SectionName]?: Translation[S] };

/**
 * Sections arrive when a widget first needs them in a language: a Persian page pays for Persian, and a badge for the
 * badge. Only the essential English is at hand from the start, as what can always be shown.
 */
const loaded: Record<Locale, Sections> = { en: { essential: english }, fa: {}, cs: {} };

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
export async function loadSections(locale: Locale, sections: readonly TermsSection[]): Promise<void> {
  await Promise.all(sections.map((section) => loadSection(locale, section)));
}

async function loadSection(locale: Locale, { name, ...languages }: TermsSection): Promise<void> {
  if (loaded[locale][name]) return;
  const module = await languages[locale]().catch((error: unknown) => {
    if (locale === 'en') throw error;
    return languages.en();
  });
  // What an integrator registered in the meantime is not overwritten.
  loaded[locale] = { [name]: module[name], ...loaded[locale] };
}
