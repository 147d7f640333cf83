import { answerOwn } from '../desk-phone/answer-own.ts';
import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { fieldCallsRoutes } from '../http/routes/field-calls.ts';
import type { CallbackCase, FieldCall } from '../protocol/field-call.ts';
import type { OwnPairing } from '../protocol/pairing.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LiveList } from '../state/live-list.ts';
import { Loaded } from '../state/loaded.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** The fictitious numbers that I may call through, and how to call without the page. */
export interface OwnNumbers {
  readonly pairings: readonly OwnPairing[];
  /** The number to ring from my own telephone. */
  readonly accessNumber: string | null;
  /** The number that rings at me, and that I ring to return a missed call. */
  readonly exchangeNumber: string | null;
}

/** Which phone of mine rings first. */
export type Via = 'browser' | 'telephone';

/** Calling out through fictitious numbers (B2–B6), for whoever has the role `field-caller`. */
export interface FieldCalls {
  readonly numbers: Readable<Loadable<OwnNumbers>>;
  /** My latest calls, the newest first. */
  readonly calls: Readable<Loadable<readonly FieldCall[]>>;
  /** Missed calls that I can return, by ordinal. */
  readonly missed: Readable<Loadable<readonly CallbackCase[]>>;
  /** Begins to follow all three; returns the function that ends it. */
  open(): () => void;
  /** Rings my phone, then the number as I typed it, which sees the fictitious one. */
  dial(pairingId: string, to: string, via?: Via): Promise<FieldCall>;
  /** Returns a missed call in the same way. */
  callBack(caseId: string, via?: Via): Promise<FieldCall>;
  hangup(callId: string): Promise<FieldCall>;
}

export interface FieldCallsManager extends FieldCalls {
  reload(): void;
  reset(): void;
  handleCall(call: FieldCall): void;
  handleCase(callback: CallbackCase): void;
  /** My pairings, or their projects, changed. */
  handleNumbersChanged(): void;
}

const LATEST = 50;

/** @param ringsHere a call that this page asked for is about to ring at its own phone */
export function createFieldCalls(
  client: Pick<Client, 'fieldCalls'>,
  ringsHere: (callId: string) => void,
): FieldCallsManager {
  const numbers = new Loaded<OwnNumbers>(() => client.fieldCalls.pairings({}));
  const calls = new LiveList<FieldCall>({
    fetch: async () => (await client.fieldCalls.list({ limit: LATEST })).calls,
    matches: () => true,
    compare: (a, b) => (a.startedAt === b.startedAt ? (a.id < b.id ? 1 : -1) : a.startedAt < b.startedAt ? 1 : -1),
  });
  const missed = new LiveList<CallbackCase>({
    fetch: async () => (await client.fieldCalls.list({ limit: 1 })).cases,
    matches: ({ state }) => state === 'open',
    compare: (a, b) => a.ordinal - b.ordinal,
  });
  const { event: handleCall, answer: after } = createArrivals<FieldCall>((call) => calls.put(call));
  const dialled = async (answer: Promise<FieldCall>): Promise<FieldCall> => {
    const call = await after(answer);
    if (call.state === 'own-phone') ringsHere(call.id);
    return call;
  };
  return {
    numbers: numbers.state,
    calls: calls.state,
    missed: missed.state,
    open() {
      const ends = [numbers.open(), calls.open(), missed.open()];
      return () => {
        for (const end of ends) end();
      };
    },
    reload() {
      numbers.reload();
      calls.reload();
      missed.reload();
    },
    reset() {
      numbers.reset();
      calls.reset();
      missed.reset();
    },
    handleCall,
    handleCase: (callback) => missed.put(callback),
    handleNumbersChanged: () => numbers.reload(),
    dial: (pairingId, to, via) => dialled(client.fieldCalls.dial({ pairingId, to, ...(via && { via }) })),
    callBack: (caseId, via) => dialled(client.fieldCalls.callBack({ caseId, ...(via && { via }) })),
    hangup: (callId) => after(client.fieldCalls.hangup({ callId })),
  };
}

/** Calling out through fictitious numbers. */
export const fieldCalls: Feature<FieldCalls> = {
  name: 'fieldCalls',
  create({ clientFor, phone, on, keep }) {
    const made = createFieldCalls(clientFor({ fieldCalls: fieldCallsRoutes }), (callId) => answerOwn(phone, callId));
    on('field-call', ({ data }) => made.handleCall(data));
    on('callback-case', ({ data }) => made.handleCase(data));
    on('pairings-changed', () => made.handleNumbersChanged());
    keep(made);
    return made;
  },
};
