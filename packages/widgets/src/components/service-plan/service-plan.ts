import { type CrmView, type Loadable, payments, type ServicePlansView, servicePlans } from '@callweave/sdk';
import type { Amount, CrmRecord, Device, ServicePlan } from '@callweave/sdk/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CommandController } from '../../controllers/command-controller.ts';
import { FollowController } from '../../controllers/follow-controller.ts';
import { LocaleController } from '../../controllers/locale-controller.ts';
import { PayController } from '../../controllers/pay-controller.ts';
import { DeskElement } from '../../elements/desk-element.ts';
import { moneyWords } from '../../formats/money-words.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { baseStyles } from '../../styles/base.styles.ts';
import { buttonStyles } from '../../styles/button.styles.ts';
import { chipStyles } from '../../styles/chip.styles.ts';
import { fieldStyles } from '../../styles/field.styles.ts';
import { surfaceStyles } from '../../styles/surface.styles.ts';
import { describeProblem } from '../../translations/describe-problem.ts';
import { deviceTerms } from '../../translations/device-terms.ts';
import { problemTerms } from '../../translations/problem-terms.ts';
import { servicePlanTerms } from '../../translations/service-plan-terms.ts';
import { identityOf, serviceChip } from '../device-list/device-words.ts';
import { type PlanOption, planOptions } from './plan-options.ts';
import { planStanding } from './plan-standing.ts';
import { needsChoice, waitingRenewal } from './plan-state.ts';
import { CwPayRenewalEvent } from './service-plan.events.ts';
import { servicePlanStyles } from './service-plan.styles.ts';

/** The form of the one device that is being chosen for. */
interface Choosing {
  readonly deviceId: string;
  readonly option: PlanOption | undefined;
  readonly reason: string;
  /** The buyer is asked once more. */
  readonly declining: boolean;
  readonly reasonMissing: boolean;
}

/**
 * @summary What comes after the paid service of each device: renew for one to three years at the price of today, pay for each
 * case, or have no more service. A buyer chooses and pays; staff name a customer, and see also how far the CRM knows.
 *
 * @event {CwPayRenewalEvent} cw-pay-renewal - A renewal is to be paid; the browser goes to the gateway now, unless the page
 * prevents it and starts the payment itself.
 *
 * @csspart plan - One device with its choice.
 */
export class CwServicePlan extends DeskElement {
  static override styles = [baseStyles, surfaceStyles, buttonStyles, chipStyles, fieldStyles, servicePlanStyles];

  protected override readonly locale = new LocaleController(this, servicePlanTerms, deviceTerms, problemTerms);
  readonly #plans = new FollowController<Loadable<ServicePlansView>>(this, {
    key: () => this.activeDesk && (this.customerId ?? this.activeDesk),
    open: () => {
      const followed = this.feature(servicePlans)?.follow(this.customerId);
      this.#reload = followed?.reload;
      return followed;
    },
  });
  readonly #crm = new FollowController<Loadable<CrmView>>(this, {
    key: () => this.activeDesk && this.customerId,
    open: () => this.feature(servicePlans)?.followCrm(this.customerId),
  });
  readonly #commands = new CommandController(this);
  readonly #pay = new PayController(this, {
    payments: () => this.feature(payments),
    returnTo: () => this.returnTo,
  });

  /** Undefined: the first device that needs a choice shows its own; null: none does. */
  @state() private choosing: Choosing | null | undefined;
  @state() private said = '';

  /** Whose devices, for staff; without it those of the buyer who is signed in. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;
  /** One device alone; without it all. */
  @property({ attribute: 'device-id' }) deviceId: string | undefined;
  /** The page with `<cw-payment-result>`, to which the gateway leads back; without it the page that this is on. */
  @property({ attribute: 'return-to' }) returnTo: string | undefined;

  #reload: (() => void) | undefined;

  #open(device: Device): void {
    this.#commands.clear();
    this.said = '';
    this.choosing = { deviceId: device.id, option: undefined, reason: '', declining: false, reasonMissing: false };
  }

  async #send(plan: ServicePlan, { option, reason }: Choosing): Promise<void> {
    const { device, renewals } = plan;
    const feature = this.feature(servicePlans);
    if (option === undefined || feature === undefined) return;
    this.said = '';
    const done = await this.#commands.run(`choose ${device.id}`, async () => {
      if (option === 'per-case') await feature.choosePerCase(device.id);
      else if (option === 'declined') await feature.decline(device.id, reason);
      else {
        const offer = renewals.find(({ years }) => years === option);
        if (offer === undefined) return;
        const { paymentId } = await feature.renew(device.id, option, offer.amount);
        if (paymentId !== null) await this.#goAndPay(device, paymentId, offer.amount);
      }
    });
    // A price that has changed is shown as it is now.
    this.#reload?.();
    if (!done) return;
    this.choosing = null;
    if (typeof option === 'string') this.said = this.locale.terms.servicePlan.done;
  }

  async #goAndPay(device: Device, paymentId: string, amount: Amount): Promise<void> {
    if (this.dispatchEvent(new CwPayRenewalEvent(device.id, paymentId, amount))) await this.#pay.go(paymentId);
  }

  #submit(event: Event, plan: ServicePlan, choosing: Choosing): void {
    event.preventDefault();
    if (choosing.option !== 'declined') void this.#send(plan, choosing);
    else if (choosing.reason.trim() === '') this.choosing = { ...choosing, reasonMissing: true };
    else this.choosing = { ...choosing, declining: true, reasonMissing: false };
  }

  get #mayRetry(): boolean {
    const session = this.activeDesk?.session.state.get();
    return session?.status === 'signed-in' && session.session.account.roles.includes('manager');
  }

  protected override render(): TemplateResult {
    if (!this.activeDesk) return this.renderNoDesk();
    const t = this.locale.terms.servicePlan;
    const plans = this.#plans.value;
    return html`<section class="stack" aria-labelledby="title">
      <h2 id="title">${t.title}</h2>
      <div role="status">${
        this.#pay.leaving
          ? html`<p class="message">${t.leaving}</p>`
          : this.said === ''
            ? nothing
            : html`<p class="message success">${checkIcon}<span>${this.said}</span></p>`
      }</div>
      ${
        plans?.status === 'failed'
          ? this.#renderFailure(plans.error)
          : plans?.status !== 'ready'
            ? html`<div class="surface stack"><span class="skeleton"></span><span class="skeleton"></span></div>`
            : this.#renderPlans(plans.value)
      }
    </section>`;
  }

  #renderFailure(error: unknown): TemplateResult {
    return html`<p class="message danger" role="alert">${warningIcon}<span>${describeProblem(error, this.locale.terms)}</span></p>`;
  }

  #renderPlans(view: ServicePlansView): TemplateResult {
    const shown = view.plans.filter(({ device }) => this.deviceId === undefined || device.id === this.deviceId);
    if (shown.length === 0) return html`<p class="empty">${this.locale.terms.servicePlan.empty}</p>`;
    const now = Date.now();
    const first = this.choosing === undefined ? shown.find((plan) => needsChoice(plan, now)) : undefined;
    return html`${repeat(
      shown,
      ({ device }) => device.id,
      (plan) => this.#renderPlan(plan, view, now, plan === first),
    )}`;
  }

  #renderPlan(plan: ServicePlan, view: ServicePlansView, now: number, isFirst: boolean): TemplateResult {
    const { servicePlan: t, devices: d } = this.locale.terms;
    const { formats } = this.locale;
    const { device } = plan;
    const identity = identityOf(device);
    const blank: Choosing = {
      deviceId: device.id,
      option: undefined,
      reason: '',
      declining: false,
      reasonMissing: false,
    };
    const choosing = isFirst ? blank : this.choosing?.deviceId === device.id ? this.choosing : undefined;
    const mine = this.customerId === undefined;
    return html`<article class="surface stack" part="plan" data-device=${device.id} aria-labelledby="name-${device.id}">
      <div class="row spread"><h3 id="name-${device.id}"><bdi>${device.brand} ${device.model}</bdi>
        ${identity === '' ? nothing : html`<bdi dir="ltr" class="small muted tabular">${identity}</bdi>`}</h3>
        <span class="row">${serviceChip(device, d, formats.number)}</span></div>
      ${device.serviceEndsOn === null ? nothing : html`<p class="small muted">${t.until} ${formats.day(device.serviceEndsOn)}</p>`}
      ${planStanding(plan, t, formats, now)}
      ${
        !mine
          ? this.#renderSync(plan)
          : device.service.state === 'not-activated'
            ? nothing
            : choosing === undefined
              ? this.#renderWays(plan, now)
              : this.#renderForm(plan, view, choosing)
      }
      ${this.#commands.failed?.endsWith(` ${device.id}`) ? this.#renderFailure(this.#commands.error) : nothing}
    </article>`;
  }

  #renderWays(plan: ServicePlan, now: number): TemplateResult {
    const t = this.locale.terms.servicePlan;
    const { device, choice } = plan;
    const waiting = waitingRenewal(plan, now);
    const busy = this.#commands.pending !== undefined || this.#pay.leaving;
    const pay = async () => {
      if (waiting !== undefined)
        await this.#commands.run(`pay ${device.id}`, () => this.#goAndPay(device, waiting.paymentId, waiting.amount));
    };
    return html`<div class="row">
      ${
        waiting === undefined
          ? nothing
          : html`<button class="primary" data-action="pay" ?disabled=${busy} @click=${pay}>${t.pay(moneyWords(waiting.amount, this.locale.formats.locale))}</button>`
      }
      <button class=${needsChoice(plan, now) ? 'primary' : ''} data-action="choose" ?disabled=${busy}
        @click=${() => this.#open(device)}>${choice === null ? t.choose : t.change}</button></div>`;
  }

  #renderForm(plan: ServicePlan, view: ServicePlansView, choosing: Choosing): TemplateResult {
    const t = this.locale.terms.servicePlan;
    const { device } = plan;
    const { option, reason, declining, reasonMissing } = choosing;
    const busy = this.#commands.pending !== undefined || this.#pay.leaving;
    const set = (change: Partial<Choosing>) => {
      this.choosing = { ...choosing, ...change };
    };
    if (declining)
      return html`<div class="stack" role="group" aria-label=${t.decline}>
        <p class="message warning">${warningIcon}<span>${t.really(`${device.brand} ${device.model}`)} <bdi>${t.saidReason(reason)}</bdi></span></p>
        <div class="row"><button class="danger" data-action="decline" ?disabled=${busy} @click=${() => this.#send(plan, choosing)}>${t.reallyDecline}</button>
          <button data-action="back" ?disabled=${busy} @click=${() => set({ declining: false })}>${t.back}</button></div></div>`;
    return html`<form class="stack" novalidate @submit=${(event: Event) => this.#submit(event, plan, choosing)}>
      ${planOptions(plan, view, option, t, this.locale.formats, (chosen) => set({ option: chosen, reasonMissing: false }))}
      ${
        option !== 'declined'
          ? nothing
          : html`<div class="field"><label for="reason-${device.id}">${t.reason}</label>
            <textarea id="reason-${device.id}" rows="2" maxlength="300" aria-describedby="hint-${device.id}" aria-invalid=${reasonMissing}
              .value=${reason} @input=${(event: Event) => set({ reason: (event.target as HTMLTextAreaElement).value, reasonMissing: false })}></textarea>
            <span class="hint" id="hint-${device.id}">${t.reasonHint}</span>
            ${reasonMissing ? html`<span class="field-error" role="alert">${t.reasonMissing}</span>` : nothing}</div>`
      }
      <div class="row"><button class="primary" type="submit" data-action="send" ?disabled=${busy || option === undefined}>${typeof option === 'number' ? t.toGateway : t.confirm}</button>
        <button type="button" data-action="cancel" ?disabled=${busy} @click=${() => {
          this.choosing = null;
        }}>${t.cancel}</button></div>
    </form>`;
  }

  /** For staff alone: what was chosen, and whether the CRM knows. */
  #renderSync({ choice, device }: ServicePlan): TemplateResult {
    const t = this.locale.terms.servicePlan;
    if (choice === null) return html`<p class="small muted">${t.none}</p>`;
    const crm = this.#crm.value;
    const record = crm?.status === 'ready' ? crm.value.records.find(({ id }) => id === choice.id) : undefined;
    if (record === undefined) return html``;
    const shape: Record<CrmRecord['state'], string> = { waiting: '', synced: 'success', failed: 'danger' };
    const icon = { waiting: nothing, synced: checkIcon, failed: warningIcon }[record.state];
    return html`<div class="row"><span class="chip ${shape[record.state]}" data-sync=${record.state}>${icon}${t.sync[record.state]}</span>
      ${record.problem === null ? nothing : html`<bdi class="small">${record.problem}</bdi>`}
      ${
        record.state === 'synced' || !this.#mayRetry
          ? nothing
          : html`<button data-action="retry" ?disabled=${this.#commands.pending !== undefined} @click=${() =>
              this.#commands.run(`retry ${device.id}`, async () =>
                this.feature(servicePlans)?.retryCrm(choice.id),
              )}>${t.retry}</button>`
      }</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-service-plan': CwServicePlan;
  }
}
