import type { Calls } from '../calls/calls.ts';
import type { DeskPhone } from '../desk-phone/desk-phone.ts';
import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { escalationsRoutes } from '../http/routes/escalations.ts';
import { supervisionRoutes } from '../http/routes/supervision.ts';
import type { Call } from '../protocol/call.ts';
import type { Escalation, Supervision, SupervisionRules } from '../protocol/supervision.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

/** What goes on at the desk, for those who supervise it. */
export interface SupervisionState {
  readonly supervisions: readonly Supervision[];
  /** Agents who ask for a supervisor, and those to whom one has come; oldest first. */
  readonly escalations: readonly Escalation[];
  readonly rules: SupervisionRules;
}

/** Listening to calls, helping their agents, taking them over; and, for agents, asking for that. */
export interface Supervisions {
  /** Loaded on the first {@link open}. */
  readonly present: Readable<Loadable<SupervisionState>>;
  /** What became of my own request in my present call; undefined when I have made none. */
  readonly ownEscalation: Readable<Escalation | undefined>;
  /** Begins to follow {@link present}; returns the function that ends it. */
  open(): () => void;
  /** My phone rings and is answered by this page. A reason is asked for, unless I am in the call already. */
  listen(callId: string, reason?: string): Promise<Supervision>;
  whisper(callId: string, reason?: string): Promise<Supervision>;
  barge(callId: string, reason?: string): Promise<Supervision>;
  takeOver(callId: string, reason?: string): Promise<Supervision>;
  leave(callId: string): Promise<void>;
  /** Goes to an agent who asked. Fails with `escalation-closed` when somebody else was first. */
  accept(escalation: Pick<Escalation, 'id' | 'callId'>, mode: 'whisper' | 'barge'): Promise<Escalation>;
  /** Asks for a supervisor in my call. */
  escalate(callId: string, note?: string): Promise<Escalation>;
  cancelEscalation(escalationId: string): Promise<Escalation>;
  /** One page of the listening log, newest first. */
  listeningLog(
    filter?: Parameters<Client['supervision']['listeningLog']>[0],
  ): ReturnType<Client['supervision']['listeningLog']>;
}

export interface SupervisionsManager extends Supervisions {
  reload(): void;
  reset(): void;
  handleSupervision(supervision: Supervision): void;
  handleEscalation(escalation: Escalation): void;
}

export interface SupervisionsOptions {
  readonly client: Pick<Client, 'supervision' | 'escalations'>;
  readonly calls: Pick<Calls, 'current'>;
  readonly phone: Pick<DeskPhone, 'state' | 'callOf' | 'answer'>;
  readonly accountId: () => string | undefined;
}

/** So long the page that asked answers its phone by itself; later, it is a call like any other. */
const EXPECTED_MS = 30_000;

export function createSupervisions({ client, calls, phone, accountId }: SupervisionsOptions): SupervisionsManager {
  const present = new Value<Loadable<SupervisionState>>(LOADING);
  const ownEscalation = new Value<Escalation | undefined>(undefined);
  let followers = 0;
  // Events overtake a list that is still under way: what came during the loading wins over what was loaded.
  let arrived: ((state: SupervisionState) => SupervisionState)[] | undefined;

  const apply = (change: (state: SupervisionState) => SupervisionState) => {
    arrived?.push(change);
    const state = present.get();
    if (state.status === 'ready') present.set({ status: 'ready', value: change(state.value) });
  };

  const load = async (): Promise<void> => {
    const during: NonNullable<typeof arrived> = [];
    arrived = during;
    try {
      const loaded = await client.supervision.present();
      // Another load has begun since, or whose view it was has gone.
      if (arrived !== during) return;
      present.set({
        status: 'ready',
        value: during.reduce((state, change) => change(state), loaded as SupervisionState),
      });
    } catch (error) {
      if (arrived === during && present.get().status !== 'ready') present.set({ status: 'failed', error });
    } finally {
      if (arrived === during) arrived = undefined;
    }
  };

  const entered = createArrivals<Supervision>((supervision) =>
    apply((state) => ({
      ...state,
      supervisions: replaced(state.supervisions, supervision, supervision.state !== 'ended'),
    })),
  );

  const raised = createArrivals<Escalation>((escalation) => {
    if (escalation.agent.id === accountId()) ownEscalation.set(escalation);
    apply((state) => ({
      ...state,
      escalations: replaced(
        state.escalations,
        escalation,
        escalation.state === 'open' || escalation.state === 'accepted',
      ),
    }));
  });

  // A page that was reloaded in a call learns what it had asked for.
  let known: string | undefined;
  const enterCall = (call: Pick<Call, 'id' | 'state'> | undefined) => {
    if (call?.id === known) return;
    known = call?.id;
    ownEscalation.set(undefined);
    if (call?.state !== 'answered') return;
    client.escalations.own({ callId: call.id }).then(
      ({ escalation }) => {
        if (escalation && known === call.id && ownEscalation.get() === undefined) ownEscalation.set(escalation);
      },
      // It has just ended, or there is no connection: then the next event tells.
      () => undefined,
    );
  };
  calls.current.subscribe(enterCall);
  enterCall(calls.current.get());

  /** Answers this page's phone when the call that was just asked for rings there; no other page may. */
  const expecting = async <T>(callId: string, command: () => Promise<T>): Promise<T> => {
    const answer = () => {
      const ringing = phone.callOf(callId);
      if (ringing?.direction !== 'incoming' || ringing.signalling !== 'ringing') return;
      end();
      phone.answer(callId).catch(() => undefined);
    };
    const unsubscribe = phone.state.subscribe(answer);
    const timer = setTimeout(() => end(), EXPECTED_MS);
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
    };
    try {
      return await command();
    } catch (error) {
      end();
      throw error;
    }
  };

  const enter = (which: 'listen' | 'whisper' | 'barge' | 'takeOver') => async (callId: string, reason?: string) => {
    const input = { callId, ...(reason === undefined ? {} : { reason }) };
    return entered.answer(expecting(callId, () => client.supervision[which](input)));
  };

  const after = raised.answer;

  return {
    present,
    ownEscalation,
    handleSupervision: entered.event,
    handleEscalation: raised.event,
    open() {
      followers += 1;
      if (followers === 1) void load();
      let open = true;
      return () => {
        if (open) followers -= 1;
        open = false;
      };
    },
    reload() {
      if (followers > 0) void load();
    },
    reset() {
      arrived = undefined;
      present.set(LOADING);
      ownEscalation.set(undefined);
    },
    listen: enter('listen'),
    whisper: enter('whisper'),
    barge: enter('barge'),
    takeOver: enter('takeOver'),
    async leave(callId) {
      await client.supervision.leave({ callId });
    },
    accept: ({ id, callId }, mode) =>
      after(expecting(callId, () => client.escalations.accept({ escalationId: id, mode }))),
    escalate: (callId, note = '') => after(client.escalations.raise({ callId, note })),
    cancelEscalation: (escalationId) => after(client.escalations.cancel({ escalationId })),
    listeningLog: (filter = {}) => client.supervision.listeningLog(filter),
  };
}

function replaced<T extends { readonly id: string }>(list: readonly T[], next: T, stays: boolean): readonly T[] {
  if (!stays) return list.filter(({ id }) => id !== next.id);
  return list.some(({ id }) => id === next.id)
    ? list.map((each) => (each.id === next.id ? next : each))
    : [...list, next];
}

/** Supervising calls, and asking for it. */
export const supervision: Feature<Supervisions> = {
  name: 'supervision',
  create({ clientFor, calls, phone, account, on, keep }) {
    const made = createSupervisions({
      client: clientFor({ supervision: supervisionRoutes, escalations: escalationsRoutes }),
      calls,
      phone,
      accountId: () => account()?.id,
    });
    on('supervision', ({ data }) => made.handleSupervision(data));
    on('escalation', ({ data }) => made.handleEscalation(data));
    keep(made);
    return made;
  },
};
