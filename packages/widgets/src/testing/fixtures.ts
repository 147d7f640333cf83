import type { CallState, OwnPresence, PhoneState } from '@callweave/sdk';
import {
  type Account,
  type Call,
  type Customer,
  type CustomerSummary,
  type Fax,
  type Instrument,
  type Message,
  type MissedCall,
  NO_VERIFICATION,
  type Order,
  type OrderState,
  type Presence,
  type Recording,
  type SessionView,
  type Verification,
} from '@callweave/sdk/protocol';

/** One cast of people and things for tests and stories, so that both tell the same story. */

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const ahead = (seconds: number) => ago(-seconds);

export const sara: CustomerSummary = { id: 'cus_sara', name: 'سارا احمدی', username: '10234', kind: 'securities' };
export const reza: CustomerSummary = { id: 'cus_reza', name: 'رضا احمدی', username: '10235', kind: 'both' };
export const kala: CustomerSummary = {
  id: 'cus_kala',
  name: 'شرکت فولاد گستر البرز',
  username: '20871',
  kind: 'commodity',
};

export const saraNumber = '+989123456789';

export const customer: Customer = {
  ...sara,
  nationalCode: '0084575948',
  numbers: [saraNumber, '+982181021380'],
  responders: ['acc_mina', 'acc_hamid'],
  contractSignedOn: '2026-03-21',
  questions: [
    { id: 'q_1', text: 'نام نخستین معلم شما چه بود؟' },
    { id: 'q_2', text: 'در کدام شهر به دنیا آمده‌اید؟' },
    { id: 'q_3', text: 'نام نخستین کارفرمای شما؟' },
  ],
  pin: 'initial',
  locked: false,
  locale: 'fa',
  branch: 'call centre',
};

export const mina: Account = {
  id: 'acc_mina',
  username: 'mina',
  name: 'مینا رضایی',
  roles: ['agent'],
  branch: 'تهران',
  device: { kind: 'browser' },
  onLeave: false,
  inGroup: true,
  callMode: 'blended',
  customerId: null,
  active: true,
  lockedUntil: null,
  locale: 'fa',
};
/** What Mina is shown as, and the reasons of the house. */
export const ownPresence = (changes: Partial<Presence> = {}): OwnPresence => ({
  presence: {
    accountId: mina.id,
    name: mina.name,
    state: 'ready',
    since: ago(754),
    reason: null,
    ready: true,
    doNotDisturb: false,
    declaredAt: null,
    declaredBy: null,
    phone: 'registered',
    callId: null,
    wrapUp: null,
    ...changes,
  },
  reasons: [
    { id: 'lunch', names: { en: 'Lunch', fa: 'ناهار', cs: 'Oběd' } },
    { id: 'training', names: { en: 'Training', fa: 'آموزش', cs: 'Školení' } },
  ],
});

export const hamid: Account = {
  ...mina,
  id: 'acc_hamid',
  username: 'hamid',
  name: 'حمید کریمی',
  branch: 'اصفهان',
  device: { kind: 'number', number: '+989351112233' },
};
export const dealer: Account = {
  ...mina,
  id: 'acc_dealer',
  username: 'dealer',
  name: 'پیمان صادقی',
  roles: ['dealer'],
};
export const manager: Account = {
  ...mina,
  id: 'acc_manager',
  username: 'manager',
  name: 'نسرین مدیری',
  roles: ['manager', 'supervisor'],
};

export const session = (account: Account = mina, ownSignIn = true): SessionView => {
  const { id, username, name, roles, branch, device, onLeave, locale, customerId } = account;
  return {
    account: { id, username, name, roles, branch, device, onLeave, locale, customerId },
    ownSignIn,
    expiresAt: null,
  };
};

export const passed = (): Verification => ({
  ...NO_VERIFICATION,
  state: 'passed',
  passedAt: ago(130),
  expiresAt: ahead(1670),
  attemptsLeft: 3,
});

/** Three questions have been drawn and none is answered. */
export const asking = (): Verification => ({
  ...NO_VERIFICATION,
  state: 'asking',
  questions: customer.questions.map((question) => ({ ...question, result: 'open' as const })),
  attemptsLeft: 3,
});

/** A call that rings at Mina for seven seconds. */
export function ringingCall(changes: Partial<Call> = {}): Call {
  return {
    id: 'call_1',
    kind: 'desk',
    direction: 'inbound',
    state: 'ringing',
    outcome: null,
    callerNumber: saraNumber,
    calledNumber: '+982181021380',
    presentedNumber: null,
    numberDeclared: true,
    customer: sara,
    candidates: [sara],
    agent: { id: mina.id, name: mina.name },
    responderOrder: 'first',
    routing: [{ order: 'first', accountId: mina.id, name: mina.name, result: 'ringing', at: ago(7) }],
    startedAt: ago(9),
    answeredAt: null,
    endedAt: null,
    hold: { since: null, totalMs: 0, alertAfterMs: 60_000 },
    transfers: 0,
    tags: [],
    parties: [],
    waiting: null,
    verification: NO_VERIFICATION,
    recording: { id: null, state: 'none', startedAt: null, pauseReason: null },
    entitlement: null,
    portal: null,
    wrapUp: null,
    ...changes,
  };
}

/** Rang nobody in particular: a number that no customer has declared. */
export const unknownCall = (changes: Partial<Call> = {}): Call =>
  ringingCall({
    numberDeclared: false,
    customer: null,
    candidates: [],
    responderOrder: 'group',
    callerNumber: '+989357654321',
    ...changes,
  });

/** Two customers have this number. */
export const sharedNumberCall = (changes: Partial<Call> = {}): Call =>
  ringingCall({ customer: null, candidates: [sara, reza], ...changes });

/** A call that goes on, recorded, three minutes old. */
export function answeredCall(changes: Partial<Call> = {}): Call {
  return ringingCall({
    state: 'answered',
    outcome: 'answered',
    answeredAt: ago(192),
    routing: [{ order: 'first', accountId: mina.id, name: mina.name, result: 'answered', at: ago(192) }],
    recording: { id: 'rec_1', state: 'recording', startedAt: ago(192), pauseReason: null },
    verification: passed(),
    ...changes,
  });
}

export const wrapUpCall = (changes: Partial<Call> = {}): Call =>
  answeredCall({
    state: 'wrap-up',
    endedAt: ago(20),
    recording: { id: 'rec_1', state: 'stored', startedAt: ago(212), pauseReason: null },
    wrapUp: { until: ahead(40), disposition: null, note: '' },
    ...changes,
  });

export const quietPhone: PhoneState = {
  transport: 'up',
  registration: 'ok',
  role: 'owner',
  calls: [],
  lastEnded: null,
  orphan: null,
  devices: {
    microphones: [
      { id: 'mic-1', label: 'Headset' },
      { id: 'mic-2', label: 'Built-in microphone' },
    ],
    speakers: [
      { id: 'out-1', label: 'Headset' },
      { id: 'out-2', label: 'Loudspeaker' },
    ],
    microphone: 'mic-1',
    speaker: 'out-1',
    ringtone: null,
    microphoneProblem: null,
  },
  policy: { doNotDisturb: false, callWaiting: false },
  needsActivation: false,
  playbackBlocked: false,
  error: null,
};

/** The browser phone's side of a call of the desk. */
export function phoneCall(changes: Partial<CallState> = {}): CallState {
  return {
    id: 'sip_1',
    direction: 'incoming',
    remote: { number: saraNumber, uri: `sip:${saraNumber}@exchange` },
    interactionId: 'call_1',
    resumed: false,
    signalling: 'ringing',
    hold: 'none',
    media: 'ok',
    muted: false,
    createdAt: Date.now() - 7000,
    ...changes,
  };
}

export const activePhoneCall = (changes: Partial<CallState> = {}): CallState =>
  phoneCall({ signalling: 'active', answeredAt: Date.now() - 192_000, ...changes });

export const foolad: Instrument = {
  code: 'IRO1FOLD0001',
  symbol: 'فولاد',
  name: 'فولاد مبارکه اصفهان',
  kind: 'share',
  lot: 1,
  active: true,
};
export const famelli: Instrument = {
  code: 'IRO1MSMI0001',
  symbol: 'فملی',
  name: 'ملی صنایع مس ایران',
  kind: 'share',
  lot: 1,
  active: true,
};
export const fooladRight: Instrument = {
  code: 'IRR1FOLD0101',
  symbol: 'فولادح',
  name: 'حق تقدم فولاد مبارکه',
  kind: 'right',
  lot: 1,
  active: true,
};
export const bond: Instrument = {
  code: 'IRB3TB610491',
  symbol: 'اراد۶۱',
  name: 'مرابحه عام دولت ۶۱',
  kind: 'bond',
  lot: 1,
  active: true,
};
export const steelContract: Instrument = {
  code: 'IRC-STEEL-0001',
  symbol: 'شمش فولاد',
  name: 'قرارداد سلف شمش فولاد',
  kind: 'commodity',
  lot: 22,
  active: true,
};
export const catalogue: readonly Instrument[] = [foolad, famelli, fooladRight, bond, steelContract];

let orderNumber = 1040;

/** An order in any state of its life, with the instruction and the fills that belong to it. */
export function order(state: OrderState = 'draft', changes: Partial<Order> = {}): Order {
  const number = changes.number ?? ++orderNumber;
  const sent = state !== 'draft' && state !== 'read-back';
  const quantity = changes.terms?.quantity ?? 10_000;
  const filledQuantity = state === 'filled' ? quantity : state === 'partly-filled' ? quantity * 0.6 : 0;
  const acting = ['accepted', 'partly-filled', 'filled'].includes(state);
  return {
    id: `ord_${number}`,
    number,
    customer: sara,
    section: 'securities',
    instrument: { code: foolad.code, symbol: foolad.symbol, name: foolad.name, kind: foolad.kind },
    terms: {
      side: 'buy',
      instrumentCode: foolad.code,
      quantity,
      price: { kind: 'limit', rial: 5210 },
      validity: { kind: 'day' },
    },
    state,
    branch: 'call-centre',
    filledQuantity,
    fills: filledQuantity > 0 ? [{ quantity: filledQuantity, rial: 5205, at: ago(60), dealerId: dealer.id }] : [],
    claimedBy: acting ? { id: dealer.id, name: dealer.name } : null,
    reason: state === 'rejected' ? 'نماد متوقف است' : state === 'returned' ? 'قیمت بیرون از دامنهٔ مجاز است' : null,
    replaces: null,
    replacedBy: state === 'replaced' ? `ord_${number + 500}` : null,
    instructions: [
      {
        id: `ins_${number}`,
        kind: 'new',
        callId: 'call_1',
        agentId: mina.id,
        state: sent ? 'submitted' : state,
        readBackAt: state === 'draft' ? null : ago(200),
        submittedAt: sent ? ago(180) : null,
        recordingId: sent ? 'rec_1' : null,
        recordingOffsetMs: sent ? 72_000 : null,
      },
    ],
    createdAt: ago(300),
    submittedAt: sent ? ago(180) : null,
    updatedAt: ago(30),
    ...changes,
  };
}

/** A stored recording of ten seconds with two instructions and a gap. */
export const recording = (changes: Partial<Recording> = {}): Recording => ({
  id: 'rec_1',
  callId: 'call_1',
  state: 'stored',
  startedAt: '2026-11-22T10:00:00.000Z',
  durationMs: 10_000,
  sha256: 'ab',
  gaps: [{ fromMs: 1000, toMs: 2000, reason: 'pin' }],
  waiting: null,
  markers: [
    { orderId: 'ord_1', instructionId: 'ins_1', label: 'خرید فولاد', offsetMs: 4000 },
    { orderId: 'ord_2', instructionId: 'ins_2', label: 'فروش فملی', offsetMs: 7000 },
  ],
  ...changes,
});

let cases = 0;

/** Sara rang twice in vain, ten minutes ago for the first time. */
export function missedCall(changes: Partial<MissedCall> = {}): MissedCall {
  cases += 1;
  return {
    id: `missed_${cases}`,
    number: saraNumber,
    calledNumber: '+982181021380',
    customer: sara,
    count: 2,
    attempts: 0,
    firstAt: ago(600),
    lastAt: ago(240),
    lastOutcome: 'abandoned',
    state: 'open',
    claim: null,
    message: 'delivered',
    end: null,
    ...changes,
  };
}

/** The text that Sara got. */
export function textMessage(changes: Partial<Message> = {}): Message {
  cases += 1;
  return {
    id: `message_${cases}`,
    purpose: 'missed-call',
    channel: 'sms',
    template: 'missed-call',
    recipient: '+98912•••6789',
    locale: 'fa',
    state: 'delivered',
    reason: null,
    attempts: 1,
    createdAt: ago(240),
    sentAt: ago(238),
    finishedAt: ago(230),
    ...changes,
  };
}

/** A fax in the box: two pages of Sara's office, not read yet. */
export function fax(changes: Partial<Fax> = {}): Fax {
  return {
    id: 'fax_1',
    state: 'received',
    source: 'line',
    from: '+982122334455',
    stationId: '',
    to: '+982181021399',
    startedAt: ago(400),
    finishedAt: ago(340),
    format: 'tiff',
    pages: 2,
    damagedLines: 0,
    failure: null,
    failureDetail: '',
    customer: sara,
    candidates: [],
    readAt: null,
    note: '',
    sha256: 'a'.repeat(64),
    deletedAt: null,
    binnedUntil: null,
    ...changes,
  };
}
