import { answerOwn } from '../desk-phone/answer-own.ts';
import { isCallweaveError } from '../errors/callweave-error.ts';
import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { voicemailRoutes } from '../http/routes/voicemail.ts';
import type { Call } from '../protocol/call.ts';
import type { VoicemailBox, VoicemailGreeting, VoicemailMessage } from '../protocol/voicemail.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList } from '../state/live-list.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export interface VoicemailFilter {
  /** Only messages of this box; without it, of all that are mine. */
  readonly boxId?: string;
  /** What is in the bin, instead of what is not. */
  readonly deleted?: boolean;
}

export interface FollowedMessages {
  /** Newest first, at most 200. */
  readonly state: Readable<Loadable<readonly VoicemailMessage[]>>;
  reload(): Promise<void>;
  close(): void;
}

/** Messages that callers have left (C3): in my own box, and in those of my queues. */
export interface Voicemail {
  /** My boxes. Loaded on the first {@link open}, then kept true by events. */
  readonly boxes: Readable<Loadable<readonly VoicemailBox[]>>;
  /** New messages in all my boxes, for a badge; 0 until {@link boxes} are loaded. */
  readonly unheard: Readable<number>;
  /** Begins to follow boxes and count; returns the function that ends it. */
  open(): () => void;
  /** A live list: loaded once, then kept true by events. `close()` ends it. */
  follow(filter?: VoicemailFilter): FollowedMessages;
  get(messageId: string): Promise<VoicemailMessage>;
  /** Messages older than this one, newest first. */
  olderThan(messageId: string, filter?: VoicemailFilter): Promise<readonly VoicemailMessage[]>;
  /** Address of the sound for an `<audio>` element; answers ranges. Each playing is written to the listening log. */
  audioUrl(messageId: string): string;
  markHeard(messageId: string, heard?: boolean): Promise<VoicemailMessage>;
  note(messageId: string, note: string): Promise<VoicemailMessage>;
  /** Into the bin, from where {@link restore} takes it back until `binnedUntil`. */
  delete(messageId: string): Promise<VoicemailMessage>;
  restore(messageId: string): Promise<VoicemailMessage>;
  /** Rings whoever left it, with the number that they had called as caller id. */
  callBack(message: VoicemailMessage): Promise<Call>;
  /** Address of a box's own greeting, for an `<audio>` element. */
  greetingUrl(greeting: VoicemailGreeting): string;
  /** Rings my own phone, which this page answers: there I speak the greeting. */
  recordGreeting(boxId: string): Promise<void>;
  /** Callers hear the house's sentence again. */
  resetGreeting(boxId: string): Promise<VoicemailGreeting>;
}

export interface VoicemailManager extends Voicemail {
  reload(): void;
  reset(): void;
  handleMessage(message: VoicemailMessage): void;
  handleGreeting(greeting: VoicemailGreeting): void;
}

export type DialBack = (input: {
  readonly to: string;
  readonly callerId?: string;
  readonly customerId?: string;
}) => Promise<Call>;

export interface VoicemailParts {
  readonly client: Pick<Client, 'voicemail'>;
  readonly url: string;
  readonly dial: DialBack;
  /** Answers the call that this page has asked for. */
  readonly answer: (callId: string) => void;
}

const LIMIT = 200;

export function createVoicemail({ client, url, dial, answer }: VoicemailParts): VoicemailManager {
  const base = `${url.replace(/\/$/, '')}/voicemail`;
  const followed = new Set<LiveList<VoicemailMessage>>();
  const boxes = new Value<Loadable<readonly VoicemailBox[]>>(LOADING);
  const unheard = new Value(0);
  let opened = 0;
  /** The epoch for which a load is under way. */
  let loading: number | undefined;
  let again = false;
  /** Grows when the account goes: what is on its way then is nobody's. */
  let epoch = 0;

  const show = (value: readonly VoicemailBox[]) => {
    boxes.set({ status: 'ready', value });
    unheard.set(value.reduce((sum, box) => sum + box.unheard, 0));
  };
  /** One load at a time; what happened during one asks for another. */
  const load = async (): Promise<void> => {
    again = true;
    const mine = epoch;
    if (loading === mine) return;
    loading = mine;
    while (again && opened > 0 && mine === epoch) {
      again = false;
      try {
        const answered = await client.voicemail.boxes({});
        if (mine === epoch) show(answered.boxes);
      } catch (error) {
        if (mine === epoch && boxes.get().status !== 'ready') boxes.set({ status: 'failed', error });
      }
    }
    if (mine === epoch) loading = undefined;
  };
  const query = ({ boxId, deleted }: VoicemailFilter) => ({
    limit: LIMIT,
    ...(boxId === undefined ? {} : { boxId }),
    ...(deleted === true ? { deleted: 'true' } : {}),
  });
  const { event: handleMessage, answer: after } = createArrivals<VoicemailMessage>((message) => {
    for (const list of followed) list.put(message);
    if (opened > 0) void load();
  });
  const handleGreeting = (greeting: VoicemailGreeting) => {
    const present = boxes.get();
    if (present.status !== 'ready') return;
    show(present.value.map((box) => (box.id === greeting.boxId ? { ...box, greeting } : box)));
  };

  return {
    boxes,
    unheard,
    open() {
      opened += 1;
      if (opened === 1) void load();
      let open = true;
      return () => {
        if (open) opened -= 1;
        open = false;
      };
    },
    follow(filter = {}) {
      const list = new LiveList<VoicemailMessage>({
        fetch: async () => (await client.voicemail.list(query(filter))).messages,
        matches: ({ deletedAt, boxId }) =>
          (deletedAt !== null) === (filter.deleted === true) && (filter.boxId === undefined || boxId === filter.boxId),
        // Ids sort by time.
        compare: (a, b) => (a.id < b.id ? 1 : -1),
        limit: LIMIT,
      });
      followed.add(list);
      void list.load();
      return { state: list.state, reload: () => list.load(), close: () => followed.delete(list) };
    },
    reload() {
      for (const list of followed) void list.load();
      if (opened > 0) void load();
    },
    reset() {
      epoch += 1;
      for (const list of followed) list.reset();
      boxes.set(LOADING);
      unheard.set(0);
    },
    handleMessage,
    handleGreeting,
    get: (messageId) => client.voicemail.get({ messageId }),
    olderThan: async (messageId, filter = {}) =>
      (await client.voicemail.list({ ...query(filter), before: messageId })).messages,
    audioUrl: (messageId) => `${base}/messages/${encodeURIComponent(messageId)}/audio`,
    markHeard: (messageId, heard = true) => after(client.voicemail.markHeard({ messageId, heard })),
    note: (messageId, note) => after(client.voicemail.note({ messageId, note })),
    delete: (messageId) => after(client.voicemail.delete({ messageId })),
    restore: (messageId) => after(client.voicemail.restore({ messageId })),
    async callBack({ from, to, customer }) {
      const whom = { to: from, ...(customer === null ? {} : { customerId: customer.id }) };
      try {
        return await dial({ ...whom, callerId: to });
      } catch (error) {
        // A number that leads straight to a box need not be one that the house shows.
        if (!isCallweaveError(error) || error.code !== 'caller-id-not-ours') throw error;
        return dial(whom);
      }
    },
    // A new one has a new address: what a browser has kept of the old one is not played for it.
    greetingUrl: ({ boxId, recordedAt }) =>
      `${base}/boxes/${encodeURIComponent(boxId)}/greeting/audio#${Date.parse(recordedAt ?? '') || 0}`,
    async recordGreeting(boxId) {
      const { callId } = await client.voicemail.recordGreeting({ boxId });
      answer(callId);
    },
    async resetGreeting(boxId) {
      const greeting = await client.voicemail.resetGreeting({ boxId });
      handleGreeting(greeting);
      return greeting;
    },
  };
}

/** Messages that callers have left. */
export const voicemail: Feature<Voicemail> = {
  name: 'voicemail',
  create({ clientFor, url, on, keep, calls, phone }) {
    const made = createVoicemail({
      client: clientFor({ voicemail: voicemailRoutes }),
      url,
      dial: calls.dial,
      answer: (callId) => answerOwn(phone, callId),
    });
    on('voicemail', ({ data }) => made.handleMessage(data));
    on('voicemail-greeting', ({ data }) => made.handleGreeting(data));
    keep(made);
    return made;
  },
};
