import { expectAccessible } from './accessibility.ts';
import type { FakeDesk } from './fake-desk.ts';
import { hostileCss, withPageCss } from './hostile-css.ts';

interface Widget extends HTMLElement {
  desk: unknown;
  readonly updateComplete: Promise<boolean>;
}

const mounted = new Set<Element>();

/** Puts a widget on the page with its desk and waits until it is drawn. {@link unmountAll} in `afterEach`. */
export async function mount<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  desk: FakeDesk | undefined,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  { lang = 'en', width }: { lang?: string; width?: number } = {},
): Promise<HTMLElementTagNameMap[K]> {
  const place = document.createElement('div');
  place.lang = lang;
  if (width !== undefined) place.style.width = `${width}px`;
  const element = document.createElement(tag);
  Object.assign(element, properties, { desk });
  place.append(element);
  document.body.append(place);
  mounted.add(place);
  await settled(element);
  return element;
}

/** Waits for the updates that follow from one another. */
export async function settled(element: Element): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve));
    await (element as unknown as Widget).updateComplete;
  }
}

export function unmountAll(): void {
  for (const place of mounted) place.remove();
  mounted.clear();
}

/** All the text a person sees in a widget, spaces made single. */
export const textOf = (element: Element): string => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** The one element in a widget's shadow tree; fails when there is none. */
export function inside<E extends HTMLElement = HTMLElement>(element: Element, selector: string): E {
  const found = element.shadowRoot?.querySelector<E>(selector);
  if (!found)
    throw new Error(
      `Nothing matches ${selector} in <${element.localName}>: ${element.shadowRoot?.innerHTML.slice(0, 600)}`,
    );
  return found;
}

/** As {@link inside}, as soon as it is there and may be used: parts of a widget load after its first paint. */
export async function usable<E extends HTMLElement = HTMLElement>(element: Element, selector: string): Promise<E> {
  const deadline = Date.now() + 5_000;
  while (Date.now() < deadline && !element.shadowRoot?.querySelector(`${selector}:not(:disabled)`))
    await new Promise((resolve) => setTimeout(resolve, 20));
  return inside<E>(element, selector);
}

/** A button by its words. */
export function button(element: Element, name: string | RegExp): HTMLButtonElement {
  const all = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const matches = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
  const found = all.find((each) => matches((each.ariaLabel ?? each.textContent ?? '').replace(/\s+/g, ' ').trim()));
  if (!found)
    throw new Error(
      `No button ${String(name)} among: ${all.map((each) => each.ariaLabel ?? each.textContent?.trim()).join(' | ')}`,
    );
  return found;
}

/** axe in both directions, in light and dark. */
export async function expectAccessibleEverywhere(
  element: Element,
  options?: Parameters<typeof expectAccessible>[1],
): Promise<void> {
  const page = document.documentElement;
  const before = page.style.colorScheme;
  // Colours fade; the check must see where they end.
  page.style.setProperty('--cw-duration', '0s');
  try {
    for (const scheme of ['light', 'dark']) {
      page.style.colorScheme = scheme;
      page.style.backgroundColor = 'Canvas';
      for (const lang of ['fa', 'en']) {
        (element.parentElement as HTMLElement).lang = lang;
        (element as unknown as { requestUpdate(): void }).requestUpdate();
        await settled(element);
        await expectAccessible(element, options);
      }
    }
  } finally {
    page.style.colorScheme = before;
    page.style.backgroundColor = '';
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    page.style.removeProperty('--cw-duration');
  }
}

/** The sizes and looks of everything inside must not change under a page's worst rules. */
export async function expectUnharmedByPageCss(element: Element): Promise<void> {
  const width = element.getBoundingClientRect().width;
  await fadesOver(element);
  const before = looks(element);
  const remove = withPageCss(hostileCss);
  try {
    // The box of the host belongs to the page: only its inside is compared.
    (element as HTMLElement).style.margin = '0';
    const place = element.parentElement as HTMLElement;
    place.style.cssText = `all: initial; display: block; width: ${width}px`;
    await settled(element);
    await fadesOver(element);
    const after = looks(element);
    const changed = before.filter((line, index) => line !== after[index]);
    if (changed.length > 0 || before.length !== after.length) {
      const pairs = before
        .map((line, index) => (line === after[index] ? '' : `- ${line}\n+ ${after[index]}`))
        .filter(Boolean);
      throw new Error(`The page's CSS changed the widget inside:\n${pairs.slice(0, 8).join('\n')}`);
    }
  } finally {
    remove();
  }
}

function looks(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('*') ?? [])]
    .filter((each) => each.localName !== 'style')
    .map((each) => {
      const {
        inlineSize,
        blockSize,
        color,
        backgroundColor,
        fontSize,
        fontStyle,
        letterSpacing,
        textTransform,
        lineHeight,
        textAlign,
      } = getComputedStyle(each);
      return [
        each.localName,
        each.className,
        inlineSize,
        blockSize,
        color,
        backgroundColor,
        fontSize,
        fontStyle,
        letterSpacing,
        textTransform,
        lineHeight,
        textAlign,
      ].join(' ');
    });
}

/** Nothing in the tree carries a `style` attribute, which a strict content policy would drop. */
export function expectNoInlineStyles(element: Element): void {
  const styled = [...(element.shadowRoot?.querySelectorAll('[style]') ?? [])];
  if (styled.length > 0)
    throw new Error(`Inline styles on: ${styled.map((each) => each.outerHTML.slice(0, 120)).join('\n')}`);
}

/** Colours fade; a check must see where they end. */
async function fadesOver(element: Element): Promise<void> {
  // A style that was set just now starts its transitions with the next frame.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const fades = (element.shadowRoot ?? document)
    .getAnimations()
    .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(fades.map((animation) => animation.finished));
}
