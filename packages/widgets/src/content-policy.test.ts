import './define/all.ts';
import { expect } from 'chai';
import { billingDesk } from './testing/billing-fixtures.ts';
import { withCourses } from './testing/course-fixtures.ts';
import { createFakeDesk, type FakeDesk } from './testing/fake-desk.ts';
import {
  activePhoneCall,
  answeredCall,
  asking,
  customer,
  missedCall,
  order,
  quietPhone,
  ringingCall,
  textMessage,
  wrapUpCall,
} from './testing/fixtures.ts';
import { settled, unmountAll } from './testing/mount.ts';
import { paidPayment, paymentDesk } from './testing/payment-fixtures.ts';
import { plan, planDeclined, servicePlanDesk } from './testing/service-plan-fixtures.ts';
import { withTickets } from './testing/ticket-fixtures.ts';
import { acceptedTransfer, transfer, transferDesk } from './testing/transfer-of-ownership-fixtures.ts';

/** Every widget, by the elements that define/all registers. */
const TAGS = [
  'cw-desk',
  'cw-incoming-call',
  'cw-call-bar',
  'cw-wrap-up',
  'cw-verification',
  'cw-customer-form',
  'cw-customer-security',
  'cw-day-field',
  'cw-sign-in',
  'cw-buyer-profile',
  'cw-buyer-admin',
  'cw-audit-trail',
  'cw-availability',
  'cw-request-sheet',
  'cw-instrument-picker',
  'cw-order-form',
  'cw-order-list',
  'cw-device-list',
  'cw-new-device',
  'cw-device-types',
  'cw-device-admin',
  'cw-table-import',
  'cw-fax-inbox',
  'cw-ticket-panel',
  'cw-ticket-form',
  'cw-ticket-thread',
  'cw-ticket-desk',
  'cw-ticket-case',
  'cw-ownership-transfer',
  'cw-transfer-acceptance',
  'cw-review-queue',
  'cw-installation-form',
  'cw-installation-preparation',
  'cw-checklist-admin',
  'cw-dealing-floor',
  'cw-missed-calls',
  'cw-notifications',
  'cw-knowledge-base',
  'cw-article-editor',
  'cw-course-shop',
  'cw-course-admin',
  'cw-announcements',
  'cw-message-log',
  'cw-invoices',
  'cw-payment-result',
  'cw-payments',
  'cw-service-plan',
  'cw-price-list',
  'cw-customer-balance',
  'cw-recording-player',
  'cw-dial-pad',
  'cw-number-pairings',
  'cw-number-stock',
  'cw-number-callers',
  'cw-number-pairing-list',
  'cw-number-attempts',
] as const;

/** Payments to draw, for the elements that show them. */
function withPayments() {
  const desk = paymentDesk();
  desk.one.set({ status: 'ready', value: paidPayment() });
  desk.all.set({ status: 'ready', value: [paidPayment()] });
  return desk;
}

function withPlans() {
  const desk = servicePlanDesk();
  desk.show([plan(), planDeclined()]);
  return desk;
}

function withTransfers() {
  return transferDesk((desk) => {
    desk.own.set({ status: 'ready', value: [transfer()] });
    desk.toReview.set({ status: 'ready', value: [acceptedTransfer()] });
    desk.overrides.set({ status: 'ready', value: [] });
  });
}

/** Elements that have something to show only where there is something of theirs; by the beginning of their names. */
const DESKS: readonly (readonly [string, () => FakeDesk])[] = [
  ['cw-ticket', withTickets],
  ['cw-service-plan', withPlans],
  ['cw-payment', withPayments],
  ['cw-course', withCourses],
  ['cw-ownership-transfer', withTransfers],
  ['cw-review-queue', withTransfers],
  ['cw-invoices', billingDesk],
  ['cw-price-list', billingDesk],
  ['cw-customer-balance', billingDesk],
];
const deskFor = (tag: string): FakeDesk =>
  (DESKS.find(([beginning]) => tag.startsWith(beginning))?.[1] ?? createFakeDesk)();

describe('a strict content policy with Trusted Types', () => {
  const violations: string[] = [];
  const note = (event: SecurityPolicyViolationEvent) =>
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);

  before(() => {
    document.addEventListener('securitypolicyviolation', note);
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "style-src 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
    document.head.append(policy);
  });
  after(() => document.removeEventListener('securitypolicyviolation', note));
  afterEach(unmountAll);

  it('is in force', async () => {
    const probe = document.createElement('p');
    probe.setAttribute('style', 'color: red');
    document.body.append(probe);
    await new Promise((resolve) => setTimeout(resolve, 50));
    probe.remove();
    expect(violations.splice(0).join()).to.include('style-src');
  });

  for (const tag of TAGS) {
    it(`is kept by ${tag}`, async () => {
      expect(customElements.get(tag) !== undefined).to.equal(true);
      for (const call of [answeredCall({ verification: asking() }), answeredCall(), wrapUpCall()]) {
        const desk = deskFor(tag);
        desk.values.ringing.set([ringingCall({ id: 'call_2' })]);
        desk.values.current.set(call);
        desk.values.phone.set({ ...quietPhone, calls: [activePhoneCall()] });
        desk.values.orders.set({ status: 'ready', value: [order('draft'), order('partly-filled'), order('rejected')] });
        desk.values.queue.set({ status: 'ready', value: [order('announced'), order('partly-filled')] });
        desk.values.missedCalls.set({ status: 'ready', value: [missedCall()] });
        desk.values.messages.set({ status: 'ready', value: [textMessage({ state: 'failed', reason: 'timeout' })] });
        desk.answer('customers.get', () => customer);
        const element = document.createElement(tag);
        Object.assign(element, { desk }, tag === 'cw-payment-result' ? { paymentId: 'pay_1' } : {});
        document.body.append(element);
        await settled(element);
        element.remove();
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(violations.splice(0)).to.deep.equal([]);
    });
  }
});
