import type { Client } from '../http/client.ts';
import type { AgentPauseReason, Call } from '../protocol/call.ts';
import type { CallTarget, CallTargets, TransferMode } from '../protocol/call-control.ts';
import { createArrivals } from '../state/arrivals.ts';
import { LOADING, type Loadable, type Readable, Value } from '../state/readable.ts';

export interface CallsOptions {
  readonly client: Pick<Client, 'calls'>;
  /** The account that is signed in, to tell its calls from those a supervisor sees. */
  readonly accountId: () => string | undefined;
  /** Told the id of a call that this page has just asked for: its own phone rings, and answers by itself. */
  readonly onDialled?: (callId: string) => void;
}

export type DialInput = Parameters<Client['calls']['dial']>[0];

export interface Calls {
  /** Calls that go on (ringing, answered, in wrap-up) and that I may see, oldest first. */
  readonly open: Readable<Loadable<readonly Call[]>>;
  /** The one call I am in, make, was brought into, or am in wrap-up of; otherwise undefined. */
  readonly current: Readable<Call | undefined>;
  /** Calls that ring at me now. */
  readonly ringing: Readable<readonly Call[]>;
  get(callId: string): Promise<Call>;
  list(input?: Parameters<Client['calls']['list']>[0]): Promise<readonly Call[]>;
  chooseCustomer(callId: string, customerId: string): Promise<Call>;
  decline(callId: string): Promise<Call>;
  hold(callId: string, held: boolean): Promise<Call>;
  hangup(callId: string): Promise<Call>;
  /** Rings my phone back into my running call. */
  resume(callId: string): Promise<Call>;
  wrapUp(callId: string, input: { readonly disposition: string; readonly note?: string }): Promise<Call>;
  /** Whom I can ring or bring into a call now. */
  targets(search?: string): Promise<CallTargets>;
  /** Rings my own phone, which this page answers by itself where it is the browser's, and then the number. */
  dial(input: DialInput): Promise<Call>;
  /** `blind`: at once. `attended`: I speak to them first, while the customer hears music. */
  transfer(callId: string, mode: TransferMode, target: CallTarget): Promise<Call>;
  completeTransfer(callId: string): Promise<Call>;
  cancelTransfer(callId: string): Promise<Call>;
  /** Brings somebody in; without a target, whom I consult. */
  conference(callId: string, target?: CallTarget): Promise<Call>;
  removeParty(callId: string, partyId: string): Promise<Call>;
  pauseRecording(callId: string, reason: AgentPauseReason): Promise<Call>;
  resumeRecording(callId: string): Promise<Call>;
  /** Replaces the tags of my call. */
  tag(callId: string, tags: readonly string[]): Promise<Call>;
}

export interface CallsManager extends Calls {
  load(): Promise<void>;
  /** Forgets what is there: somebody else has signed in, or nobody. */
  reset(): void;
  handleCall(call: Call): void;
}

const EMPTY: readonly Call[] = Object.freeze([]);

/** I make it, and nobody has answered yet. */
const dialling = (call: Call) => call.direction === 'outbound' && call.state === 'ringing' && call.answeredAt === null;

export function createCalls({ client, accountId, onDialled = () => {} }: CallsOptions): CallsManager {
  const open = new Value<Loadable<readonly Call[]>>(LOADING);
  const current = new Value<Call | undefined>(undefined);
  const ringing = new Value<readonly Call[]>(EMPTY);
  // Events overtake a list that is still under way: what came during the loading wins over what was loaded.
  let arrived: Map<string, Call> | undefined;

  const show = (calls: readonly Call[]) => {
    const sorted = calls.filter((call) => call.state !== 'ended').sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    open.set({ status: 'ready', value: sorted });
    const mine = sorted.filter((call) => call.agent?.id === accountId());
    const partyOf = (call: Call) =>
      call.parties.find((party) => party.role === 'third' && party.accountId === accountId())?.state;
    const joined = (call: Call) => partyOf(call) === 'consulting' || partyOf(call) === 'talking';
    current.set(
      mine.find((call) => call.state === 'answered') ??
        mine.find(dialling) ??
        sorted.find(joined) ??
        mine.find((call) => call.state === 'wrap-up'),
    );
    const now = sorted.filter(
      (call) =>
        (call.agent?.id === accountId() && call.state === 'ringing' && !dialling(call)) || partyOf(call) === 'ringing',
    );
    ringing.set(now.length === 0 ? EMPTY : now);
  };

  const { event: handleCall, answer: after } = createArrivals<Call>((call) => {
    arrived?.set(call.id, call);
    const present = open.get();
    if (present.status !== 'ready') return;
    show([...present.value.filter((other) => other.id !== call.id), call]);
  });

  return {
    open,
    current,
    ringing,
    handleCall,
    async load() {
      const during = new Map<string, Call>();
      arrived = during;
      try {
        const { calls } = await client.calls.list({ state: 'open' });
        const loaded = new Map(calls.map((call) => [call.id, call]));
        if (arrived !== during) return;
        for (const call of during.values()) loaded.set(call.id, call);
        show([...loaded.values()]);
      } catch (error) {
        // A list that is shown stays: old and marked by the connection state is better than none.
        if (arrived === during && open.get().status !== 'ready') open.set({ status: 'failed', error });
      } finally {
        if (arrived === during) arrived = undefined;
      }
    },
    reset() {
      arrived = undefined;
      open.set(LOADING);
      current.set(undefined);
      ringing.set(EMPTY);
    },
    get: (callId) => client.calls.get({ callId }),
    list: async (input) => (await client.calls.list(input ?? {})).calls,
    chooseCustomer: (callId, customerId) => after(client.calls.chooseCustomer({ callId, customerId })),
    decline: (callId) => after(client.calls.decline({ callId })),
    hold: (callId, held) => after(client.calls.hold({ callId, held })),
    hangup: (callId) => after(client.calls.hangup({ callId })),
    resume: (callId) => after(client.calls.resume({ callId })),
    wrapUp: (callId, input) => after(client.calls.wrapUp({ callId, ...input })),
    targets: (search = '') => client.calls.targets({ search }),
    async dial(input) {
      const call = await after(client.calls.dial(input));
      onDialled(call.id);
      return call;
    },
    transfer: (callId, mode, target) => after(client.calls.transfer({ callId, mode, target })),
    completeTransfer: (callId) => after(client.calls.completeTransfer({ callId })),
    cancelTransfer: (callId) => after(client.calls.cancelTransfer({ callId })),
    conference: (callId, target) => after(client.calls.conference({ callId, ...(target && { target }) })),
    removeParty: (callId, partyId) => after(client.calls.removeParty({ callId, partyId })),
    pauseRecording: (callId, reason) => after(client.calls.pauseRecording({ callId, reason })),
    resumeRecording: (callId) => after(client.calls.resumeRecording({ callId })),
    tag: (callId, tags) => after(client.calls.tag({ callId, tags: [...tags] })),
  };
}
