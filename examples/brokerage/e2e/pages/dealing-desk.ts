import type { Order } from '@callweave/sdk/protocol';
import type { Locator, Page } from 'playwright-core';

/** The dealing floor as a dealer works on it. */
export class DealingDesk {
  readonly page: Page;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.locator('cw-dealing-floor tr[data-order]');
  }

  row(order: Pick<Order, 'id'>): Locator {
    return this.page.locator(`cw-dealing-floor tr[data-order="${order.id}"]`);
  }

  async claim(order: Pick<Order, 'id'>): Promise<void> {
    await this.row(order).locator('[data-action="claim"]').click();
    await this.row(order).locator('[data-action="accept"]').waitFor();
  }

  async accept(order: Pick<Order, 'id'>): Promise<void> {
    await this.row(order).locator('[data-action="accept"]').click();
    await this.row(order).locator('[data-action="fill"]').waitFor();
  }

  /** Gives the moment of the confirmation. */
  async fill(order: Pick<Order, 'id'>, quantity: string, price: string): Promise<number> {
    await this.row(order).locator('[data-action="fill"]').click();
    await this.page.locator('cw-dealing-floor #quantity').fill(quantity);
    await this.page.locator('cw-dealing-floor #price').fill(price);
    return this.#confirm();
  }

  async reject(order: Pick<Order, 'id'>, reason: string): Promise<number> {
    await this.row(order).locator('[data-action="reject"]').click();
    await this.page.locator('cw-dealing-floor #reason').fill(reason);
    return this.#confirm();
  }

  async #confirm(): Promise<number> {
    const at = Date.now();
    await this.page.locator('cw-dealing-floor [data-action="confirm"]').click();
    return at;
  }
}
