import { expect } from 'chai';
import { settled } from './mount.ts';

const WIDTHS = [320, 560, 768, 1024] as const;

/** At every width, in both directions: nothing that can be pressed is scrolled or cut out of sight. */
export async function expectNothingCutOff(element: HTMLElement): Promise<void> {
  const place = element.parentElement;
  if (!place) throw new Error('Mount the widget first.');
  for (const lang of ['en', 'fa'])
    for (const width of WIDTHS) {
      place.lang = lang;
      place.dir = lang === 'fa' ? 'rtl' : 'ltr';
      place.style.width = `${width}px`;
      await settled(element);
      const host = element.getBoundingClientRect();
      for (const button of element.shadowRoot?.querySelectorAll('button') ?? []) {
        const { left, right } = button.getBoundingClientRect();
        expect(
          left >= host.left && right <= host.right,
          `${button.textContent?.trim()} at ${width}px, ${lang}: ${left}–${right} in ${host.left}–${host.right}`,
        ).to.equal(true);
      }
      for (const scroll of element.shadowRoot?.querySelectorAll('.scroll') ?? [])
        expect(scroll.scrollWidth - scroll.clientWidth, `scrolls at ${width}px, ${lang}`).to.equal(0);
    }
}
