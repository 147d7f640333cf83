import type { CourseOrder } from '@callweave/sdk/protocol';

/** A course was ordered, and its payment opened. `preventDefault` keeps the browser here: the page starts it itself. */
export class CwBuyCourseEvent extends Event {
  readonly order: CourseOrder;

  constructor(order: CourseOrder) {
    super('cw-buy-course', { bubbles: true, composed: true, cancelable: true });
    this.order = order;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cw-buy-course': CwBuyCourseEvent;
  }
}
