import { type CourseShop, courses, type Loadable, payments } from '@callweave/sdk';
import type { Amount, CatalogueCourse, CourseOrder, OwnCourseOrder } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { PayController } from '../../controllers/pay-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { courseTerms } from '../../translations/course-terms.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { CwBuyCourseEvent } from './course-shop.events.ts';
import { courseShopStyles } from './course-shop.styles.ts';

const CHIP: Readonly<Record<CourseOrder['state'], string>> = {
  'awaiting-payment': 'warning',
  making: '',
  ready: 'success',
  'in-doubt': 'warning',
  failed: 'danger',
  refunded: '',
};

/**
 * @summary The courses that a buyer can buy, and those they have bought with licence key and link. Buying opens the payment
 * and goes to the gateway.
 *
 * @event {CwBuyCourseEvent} cw-buy-course - A course was ordered; the browser goes to the gateway now, unless the page calls
 * `preventDefault`.
 *
 * @csspart order - One course that was bought.
 * @csspart course - One course on offer.
 */
export class CwCourseShop extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, fieldStyles, courseShopStyles];

  protected override readonly locale = new LocaleController(this, courseTerms, problemTerms);
  readonly #shop = new FollowController<Loadable<CourseShop>>(this, {
    key: () => this.activeDesk,
    open: () => {
      const feature = this.feature(courses);
      return feature && { state: feature.shop, close: feature.open() };
    },
  });
  readonly #commands = new CommandController(this);
  readonly #pay = new PayController(this, {
    payments: () => this.feature(payments),
    returnTo: () => this.returnTo,
  });

  @state() private said = '';

  /** The page that shows how a payment ended. @default this one */
  @property({ attribute: 'return-to' }) returnTo: string | undefined;

  async #handleBuy(courseId: string, price: Amount): Promise<void> {
    this.said = '';
    await this.#commands.run(`buy ${courseId}`, async () => {
      const order = await this.feature(courses)?.buy(courseId, price);
      if (!order || !this.dispatchEvent(new CwBuyCourseEvent(order))) return;
      this.said = this.locale.terms.courses.leaving;
      await this.#pay.go(order.paymentId);
    });
  }

  async #handleCopy({ id }: CourseOrder): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLInputElement>(`#key-${id}`);
    field?.select();
    // Not every page may write to the clipboard; the key is selected, so that a person can.
    const copied = await navigator.clipboard.writeText(field?.value ?? '').then(
      () => true,
      () => false,
    );
    const t = this.locale.terms.courses;
    this.said = copied ? t.copied : t.copyByHand;
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.courses;
    const shop = this.#shop.value;
    return html`
      <section class="surface stack" aria-labelledby="title">
        <h2 id="title">${t.title}</h2>
        <p class="small" role="status">${this.said}</p>
        ${this.#commands.error === undefined ? nothing : this.#renderFailure(this.#commands.error)}
        ${
          shop?.status === 'failed'
            ? this.#renderFailure(shop.error)
            : shop?.status !== 'ready'
              ? html`<span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>`
              : this.#renderShop(shop.value)
        }
      </section>`;
  }

  #renderShop({ catalogue, orders }: CourseShop): TemplateResult {
    const t = this.locale.terms.courses;
    const live = new Map(
      orders.filter(({ order }) => order.state !== 'refunded').map(({ order }) => [order.courseId, order]),
    );
    return html`
      <h3 id="own">${t.own}</h3>
      ${
        orders.length === 0
          ? html`<p class="empty">${t.noneOwn}</p>`
          : html`<ul class="courses" aria-labelledby="own">${repeat(
              orders,
              ({ order }) => order.id,
              (own) => this.#renderOrder(own),
            )}</ul>`
      }
      <h3 id="catalogue">${t.catalogue}</h3>
      ${
        catalogue.length === 0
          ? html`<p class="empty">${t.noneSold}</p>`
          : html`<ul class="courses" aria-labelledby="catalogue">${repeat(
              catalogue,
              ({ id }) => id,
              (course) => this.#renderCourse(course, live.get(course.id)),
            )}</ul>`
      }`;
  }

  #renderOrder({ order, licence }: OwnCourseOrder): TemplateResult {
    const t = this.locale.terms.courses;
    const { formats, locale } = this.locale;
    const title = order.title[locale];
    return html`
      <li part="order" class="stack" data-order=${order.id}>
        <div class="row spread"><strong><bdi>${title}</bdi></strong> <span class="chip ${CHIP[order.state]}">${t.state[order.state]}</span></div>
        <p class="small muted">${t.bought(formats.dateTime(order.createdAt))} · <bdi class="tabular">${moneyWords(order.amount, locale)}</bdi></p>
        <p class="small">${t.explain[order.state]}</p>
        ${
          licence === null
            ? nothing
            : html`<div class="field"><label for="key-${order.id}">${t.licence}</label>
                <input id="key-${order.id}" class="tabular" dir="ltr" readonly .value=${licence.key}></div>
              <div class="row"><button data-action="copy" aria-label="${t.copy} — ${title}" @click=${() => this.#handleCopy(order)}>${t.copy}</button>
                <a data-action="open" href=${licence.url} target="_blank" rel="noopener noreferrer" aria-label="${t.open} — ${title}">${t.open}</a></div>`
        }
        ${
          order.state === 'awaiting-payment'
            ? html`<div class="row">${this.#renderBuy(order.courseId, order.amount, `${t.pay} — ${title}`, t.pay)}</div>`
            : nothing
        }
      </li>`;
  }

  #renderCourse(course: CatalogueCourse, order: CourseOrder | undefined): TemplateResult {
    const t = this.locale.terms.courses;
    const { locale } = this.locale;
    const title = course.title[locale];
    return html`
      <li part="course" class="stack" data-course=${course.id}>
        <div class="row spread"><strong><bdi>${title}</bdi></strong> <bdi class="tabular">${moneyWords(course.price, locale)}</bdi></div>
        <p class="about"><bdi>${course.description[locale]}</bdi></p>
        <p class="small muted">${t.devices(course.devices)}${course.offeredBy === null ? nothing : html` · ${t.offeredBy(course.offeredBy)}`}</p>
        <div class="row">${
          order === undefined
            ? this.#renderBuy(course.id, course.price, `${t.buy} — ${title}`, t.buy)
            : html`<span class="chip ${CHIP[order.state]}">${order.state === 'awaiting-payment' ? t.state['awaiting-payment'] : t.owned}</span>`
        }</div>
      </li>`;
  }

  #renderBuy(courseId: string, price: Amount, label: string, text: string): TemplateResult {
    const { pending } = this.#commands;
    return html`<button class="primary" data-action="buy" aria-label=${label} ?disabled=${pending !== undefined || this.#pay.leaving}
      @click=${() => this.#handleBuy(courseId, price)}>${pending === `buy ${courseId}` ? this.locale.terms.courses.buying : text}</button>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-course-shop': CwCourseShop;
  }
}
