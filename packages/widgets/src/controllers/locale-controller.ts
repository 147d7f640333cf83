import type { Locale } from '@callweave/sdk/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Formats, formatsOf } from '../formats/formats.ts';
import { essentialTerms } from '../translations/essential-terms.ts';
import { loadedSection, loadSections, onTranslations } from '../translations/registry.ts';
import type { TermsSection } from '../translations/section.ts';
import type { SectionName, Translation } from '../translations/translation.ts';

export interface LocaleHost extends ReactiveControllerHost, HTMLElement {
  /** The language that the desk asks for, before that of the page. */
  readonly deskLocale: string | undefined;
}

/**
 * The language of a widget: its own `lang`, else that of `<cw-desk locale>`, else that of the page around it, else
 * English. Sets `lang` and `dir` on the host, unless the author did.
 */
export class LocaleController<S extends SectionName = never> implements ReactiveController {
  readonly #host: LocaleHost;
  readonly #sections: TermsSection[];
  readonly #ends: (() => void)[] = [];
  #locale: Locale = 'en';
  /** What we wrote into the host's attributes, to tell it from what the author wrote. */
  #wroteLang: string | undefined;
  #wroteDir: string | undefined;

  constructor(host: LocaleHost, ...sections: readonly TermsSection<S>[]) {
    this.#host = host;
    this.#sections = [essentialTerms, ...sections];
    host.addController(this);
  }

  get locale(): Locale {
    return this.#locale;
  }

  get formats(): Formats {
    return formatsOf(this.#locale);
  }

  /** The strings. Only the sections named in the constructor are there. */
  get terms(): Pick<Translation, S | 'essential'> {
    const locale = this.#locale;
    return Object.fromEntries(this.#sections.map(({ name }) => [name, loadedSection(locale, name)])) as unknown as Pick<
      Translation,
      S | 'essential'
    >;
  }

  /** Words that are needed only from now on. */
  add(section: TermsSection): void {
    this.#sections.push(section);
    this.#host.requestUpdate();
  }

  /** Finds the language; a promise when its strings are still to be loaded. */
  prepare(): Promise<void> | undefined {
    this.#locale = this.#resolve();
    const missing = this.#sections.filter(({ name }) => !loadedSection(this.#locale, name));
    return missing.length > 0 ? loadSections(this.#locale, missing) : undefined;
  }

  hostConnected(): void {
    const update = () => this.#host.requestUpdate();
    this.#ends.push(onTranslations(update), onPageLanguage(update));
  }

  hostDisconnected(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  hostUpdate(): void {
    const host = this.#host;
    if (!host.hasAttribute('lang') || host.lang === this.#wroteLang) {
      this.#wroteLang = this.#locale;
      if (host.lang !== this.#locale) host.lang = this.#locale;
    }
    if (!host.hasAttribute('dir') || host.dir === this.#wroteDir) {
      this.#wroteDir = this.formats.direction;
      if (host.dir !== this.#wroteDir) host.dir = this.#wroteDir;
    }
  }

  #resolve(): Locale {
    const host = this.#host;
    const own = host.lang !== this.#wroteLang ? host.lang : '';
    return supported(own) ?? supported(host.deskLocale) ?? supported(languageAround(host)) ?? 'en';
  }
}

function supported(tag: string | undefined | null): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return language === 'fa' || language === 'cs' || language === 'en' ? language : undefined;
}

/** The nearest `lang` above an element, through shadow trees. */
function languageAround(element: Element): string | undefined {
  let node: Node | null = element.parentNode ?? null;
  while (node) {
    if (node instanceof Element && node.hasAttribute('lang')) return node.getAttribute('lang') ?? undefined;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return undefined;
}

const pageListeners = new Set<() => void>();
let pageObserver: MutationObserver | undefined;

/** One observer for the whole page: pages switch their language at the root. */
function onPageLanguage(listener: () => void): () => void {
  pageListeners.add(listener);
  if (!pageObserver) {
    pageObserver = new MutationObserver(() => {
      for (const each of [...pageListeners]) each();
    });
    pageObserver.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
  }
  return () => {
    pageListeners.delete(listener);
    if (pageListeners.size > 0) return;
    pageObserver?.disconnect();
    pageObserver = undefined;
  };
}
