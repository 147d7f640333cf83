import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Places a native popover at its button: below, or above where there is no room, along the line from the button's
 * start. The browser closes it on Escape and outside clicks, and gives the focus back.
 */
export class PopoverController implements ReactiveController {
  readonly #root: () => ParentNode;
  #open: { readonly popover: HTMLElement; readonly button: HTMLElement } | undefined;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }) {
    this.#root = () => host.renderRoot;
    host.addController(this);
  }

  /** For `@beforetoggle` of the popover; its button carries `popovertarget`. */
  readonly handleToggle = (event: ToggleEvent) => {
    const popover = event.target as HTMLElement;
    if (event.newState !== 'open') {
      this.#open = undefined;
      return;
    }
    const button = this.#root().querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
    if (!button) return;
    this.#open = { popover, button };
    // It has no size before it is shown.
    requestAnimationFrame(this.#place);
  };

  hostConnected(): void {
    addEventListener('resize', this.#place);
    addEventListener('scroll', this.#place, { capture: true, passive: true });
  }

  hostDisconnected(): void {
    removeEventListener('resize', this.#place);
    removeEventListener('scroll', this.#place, { capture: true });
  }

  readonly #place = () => {
    if (!this.#open) return;
    const { popover, button } = this.#open;
    const gap = 6;
    const at = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = popover;
    const rightToLeft = getComputedStyle(button).direction === 'rtl';
    const wanted = rightToLeft ? at.right - width : at.left;
    const x = Math.max(gap, Math.min(wanted, innerWidth - width - gap));
    const below = at.bottom + gap;
    const y = below + height > innerHeight && at.top - gap - height >= 0 ? at.top - gap - height : below;
    popover.style.setProperty('left', `${x}px`);
    popover.style.setProperty('top', `${y}px`);
  };
}
