import { type Loadable, Value, voicemail } from '@callweave/sdk';
import type { VoicemailBox, VoicemailGreeting, VoicemailMessage } from '@callweave/sdk/protocol';
import { createFakeDesk, type FakeDesk } from './fake-desk.ts';
import { mina, sara } from './fixtures.ts';
import { toneUrl } from './tone.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** Twelve seconds of Sara's, for the queue of orders, not heard yet. */
export function voiceMessage(changes: Partial<VoicemailMessage> = {}): VoicemailMessage {
  return {
    id: 'vm_1',
    boxId: 'orders',
    callId: 'call_1',
    state: 'stored',
    from: '+989121234567',
    to: '+982181021380',
    customer: sara,
    candidates: [],
    startedAt: ago(600),
    durationMs: 12_000,
    heardAt: null,
    heardBy: null,
    note: '',
    sha256: 'a'.repeat(64),
    deletedAt: null,
    binnedUntil: null,
    ...changes,
  };
}

export function greetingOf(boxId: string, changes: Partial<VoicemailGreeting> = {}): VoicemailGreeting {
  return {
    boxId,
    kind: 'default',
    durationMs: null,
    recordedAt: null,
    recordedBy: null,
    beingRecorded: false,
    ...changes,
  };
}

export const spokenGreeting = (boxId: string) =>
  greetingOf(boxId, {
    kind: 'own',
    durationMs: 8_000,
    recordedAt: ago(86_400),
    recordedBy: { id: mina.id, name: mina.name },
  });

export function ownBox(changes: Partial<VoicemailBox> = {}): VoicemailBox {
  const names = { en: mina.name, fa: mina.name, cs: mina.name };
  return { id: mina.id, kind: 'agent', names, unheard: 1, greeting: greetingOf(mina.id), mayGreet: true, ...changes };
}

export function queueBox(changes: Partial<VoicemailBox> = {}): VoicemailBox {
  const names = { en: 'Orders', fa: 'سفارش‌ها', cs: 'Objednávky' };
  return {
    id: 'orders',
    kind: 'queue',
    names,
    unheard: 2,
    greeting: greetingOf('orders'),
    mayGreet: false,
    ...changes,
  };
}

export interface VoicemailDesk extends FakeDesk {
  readonly boxes: Value<Loadable<readonly VoicemailBox[]>>;
  /** What `voicemail.follow(…)` shows, for every filter. */
  readonly messages: Value<Loadable<readonly VoicemailMessage[]>>;
}

/** A fake desk with voicemail. */
export function withVoicemail(desk: FakeDesk = createFakeDesk()): VoicemailDesk {
  const boxes = new Value<Loadable<readonly VoicemailBox[]>>({ status: 'ready', value: [ownBox(), queueBox()] });
  const messages = new Value<Loadable<readonly VoicemailMessage[]>>({ status: 'ready', value: [] });
  const sound = toneUrl(12);
  Object.assign(desk.use(voicemail), {
    boxes,
    unheard: new Value(3),
    open: () => () => {},
    follow: () => ({ state: messages, reload: async () => {}, close: () => {} }),
    audioUrl: () => sound,
    greetingUrl: () => `${sound}#greeting`,
  });
  return Object.assign(desk, { boxes, messages });
}
