import type { Payments } from '@callweave/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What `<cw-payment-result>` reads and the adapter adds: which payment a page was come back for. */
export const PAYMENT_PARAMETER = 'payment';

export interface PayOptions {
  readonly payments: () => Payments | undefined;
  /** The page that shows how it ended; undefined: this one. */
  readonly returnTo: () => string | undefined;
}

/**
 * The way to the gateway: what was opened is started, and the page goes there. A page needs no script for it; one that
 * wants to go its own way calls `preventDefault` on the widget's event.
 *
 * @example
 * ```ts
 * readonly #pay = new PayController(this, { payments: () => this.feature(payments), returnTo: () => this.returnTo });
 * // in a command:
 * if (this.dispatchEvent(new CwPayBalanceEvent(paymentId, amount))) await this.#pay.go(paymentId);
 * ```
 */
export class PayController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: PayOptions;
  #leaving = false;

  constructor(host: ReactiveControllerHost, options: PayOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The browser is on its way to the gateway: nothing is to be pressed any more. */
  get leaving(): boolean {
    return this.#leaving;
  }

  /** Rejects with the coded error when the gateway cannot be opened. */
  async go(paymentId: string, gateway?: string): Promise<void> {
    const started = await this.#options.payments()?.start({
      paymentId,
      returnTo: returnAddress(this.#options.returnTo()),
      ...(gateway === undefined ? {} : { gateway }),
    });
    if (!started) return;
    const address = new URL(started.redirectTo, document.baseURI);
    if (address.protocol !== 'https:' && address.protocol !== 'http:')
      throw new Error('A gateway is reached by an https address.');
    this.#leaving = true;
    this.#host.requestUpdate();
    location.assign(address);
  }

  hostConnected(): void {
    addEventListener('pageshow', this.#handleShow);
  }

  hostDisconnected(): void {
    removeEventListener('pageshow', this.#handleShow);
  }

  /** Back by the browser's button: the page is as it was left. */
  readonly #handleShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    this.#leaving = false;
    this.#host.requestUpdate();
  };
}

/** A whole address, without the payment that this page itself was come back for. */
function returnAddress(returnTo: string | undefined): string {
  const url = new URL(returnTo ?? location.href, document.baseURI);
  url.searchParams.delete(PAYMENT_PARAMETER);
  return url.href;
}
