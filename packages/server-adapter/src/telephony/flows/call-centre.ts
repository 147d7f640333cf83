import { randomInt } from 'node:crypto';
import { type contract, DEFAULT_VERIFICATION_POLICY, type VerificationPolicy } from '@callweave/sdk/protocol';
import {
  type CallControl,
  type ClaimMissedCall,
  createCalls,
  ownLiveCall,
  requireCall,
  touchCall,
} from '../../calls/index.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { Directory } from '../../customers/index.ts';
import type { Implementation } from '../../http/operation.ts';
import type { RequireCall } from '../../orders/index.ts';
import { Problem } from '../../problem.ts';
import type { RecordingArchive } from '../../recordings/index.ts';
import type { Store } from '../../store/store.ts';
import {
  createSupervisionOperations,
  DEFAULT_SUPERVISION_POLICY,
  type SupervisionPolicy,
} from '../../supervision/index.ts';
import {
  createPinDesk,
  createVerification,
  type PinControl,
  type VerifiedCalls,
  voidVerification,
} from '../../verification/index.ts';
import type { Exchange } from '../exchange.ts';
import { BusyList } from './busy-list.ts';
import type { FlowServices } from './call-session.ts';
import { listTargets, type OutboundOptions } from './call-target.ts';
import { CallerStanding, type PortalOf } from './caller-standing.ts';
import { Debts } from './debts.ts';
import type { DeskCall } from './desk-call.ts';
import { DeskFlow } from './desk-flow.ts';
import { tidyUp } from './left-behind.ts';
import type { FlowLogger } from './logger.ts';
import { withDeadlines } from './patient-exchange.ts';
import { DEFAULT_FLOW_POLICY, type FlowPolicy } from './policy.ts';
import { CallbackDesk } from './queue/callback-desk.ts';
import { createQueueOperations } from './queue/operations.ts';
import { NO_OVERFLOW, type OverflowHandlers } from './queue/overflow.ts';
import { QueueDesk } from './queue/queue-desk.ts';
import { type QueueOptions, queueRules } from './queue/queue-options.ts';
import { RecordingKeeper } from './recording-keeper.ts';
import { type Responders, storedResponders } from './responders.ts';
import { SupervisionFlow } from './supervision/supervision-flow.ts';
import { type CallFlow, Switchboard } from './switchboard.ts';
import { systemTimers, type Timers } from './timers.ts';
import { WrapUps } from './wrap-ups.ts';

export interface CallCentreOptions {
  readonly store: Store;
  /** Started and stopped by the call centre, so that no event is missed on either side. */
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly recordings: RecordingArchive;
  readonly hashSecret: (text: string) => Promise<string>;
  readonly verifySecret: (text: string, hash: string) => Promise<boolean>;
  /** @default {@link DEFAULT_FLOW_POLICY} */
  readonly policy?: Partial<FlowPolicy>;
  /** @default {@link DEFAULT_VERIFICATION_POLICY} */
  readonly verificationPolicy?: VerificationPolicy;
  /** @default {@link DEFAULT_SUPERVISION_POLICY} */
  readonly supervisionPolicy?: Partial<SupervisionPolicy>;
  /** @default the accounts of the store */
  readonly responders?: Responders;
  /** Queues behind the responders, the first one for everybody who finds nobody. @default none: the group rings once */
  readonly queues?: readonly QueueOptions[];
  /** What else may become of a caller whom a queue cannot keep. @default {@link NO_OVERFLOW} */
  readonly overflow?: OverflowHandlers;
  /** Calls that the house makes, and transfers to numbers outside. */
  readonly outbound?: OutboundOptions;
  /** Makes a missed call an agent's who dials to answer it. @default there are none */
  readonly claimMissedCall?: ClaimMissedCall;
  /** What a caller has who has bought devices. @default nobody has */
  readonly portalOf?: PortalOf;
  /** Other kinds of calls, asked in order before the desk. */
  readonly flows?: (services: FlowServices) => readonly CallFlow[];
  /** @default says nothing */
  readonly logger?: FlowLogger;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** @default setTimeout */
  readonly timers?: Timers;
  /** An unpredictable integer in `[0, below)`. @default crypto's */
  readonly random?: (below: number) => number;
}

export interface CallCentre {
  readonly calls: Implementation<typeof contract.calls>;
  readonly verification: Implementation<typeof contract.verification>;
  readonly supervision: Implementation<typeof contract.supervision>;
  readonly escalations: Implementation<typeof contract.escalations>;
  readonly queues: Implementation<typeof contract.queues>;
  readonly requireCall: RequireCall;
  /** Whether the exchange answers. */
  readonly exchangeUp: boolean;
  /** How many things are being done now; 0 when all waits for somebody or for the clock. */
  readonly activity: number;
  /** The wrap-up of this call ends then, and not before. */
  wrapUpExtended(callId: string, accountId: string, until: Date): void;
  /** Connects the exchange, takes up the calls that go on there, stores recordings that were left. */
  start(): Promise<void>;
  /** Stops the exchange, writes what ended with it, and waits for recordings being stored. */
  stop(): Promise<void>;
}

/** The calls and their verification, tied to a telephone exchange: one factory for the adapter. */
export function createCallCentre(options: CallCentreOptions): CallCentre {
  const { store, directory, recordings: archive } = options;
  const clock = options.clock ?? systemClock;
  const timers = options.timers ?? systemTimers;
  const logger = options.logger ?? { warn() {}, error() {} };
  const verificationPolicy = options.verificationPolicy ?? DEFAULT_VERIFICATION_POLICY;
  const exchange = withDeadlines(options.exchange, timers);
  const busy = new BusyList();
  const wrapUps = new WrapUps({ store, busy, timers, logger });

  const verifiedCalls: VerifiedCalls = {
    async ownLiveCall(db, callId, caller) {
      const row = await ownLiveCall(db, callId, caller);
      return { customerId: row.customer_id, declared: row.number_declared === 1 };
    },
    publish: touchCall,
  };
  const verifying = {
    store,
    policy: verificationPolicy,
    calls: verifiedCalls,
    hashSecret: options.hashSecret,
    verifySecret: options.verifySecret,
    random: options.random ?? ((below: number) => randomInt(below)),
    passed: (callId: string, until: Date) => flow.find(callId)?.expireVerification(until),
  };
  const debts = new Debts({ timers, logger });
  const keeper = new RecordingKeeper({
    archive,
    debts,
    exchange,
    timers,
    clock,
    logger,
    stored: (callId) => store.write((tx) => touchCall(tx, callId)),
  });
  const policy = { ...DEFAULT_FLOW_POLICY, ...options.policy };
  const switchboard = new Switchboard({
    exchange: options.exchange,
    commands: exchange,
    policy,
    timers,
    debts,
    logger,
    recordingOver: (recording) => keeper.handleFinished(recording),
    recovered: () => tidyUp(services),
  });
  const responders = options.responders ?? storedResponders(store);
  const rules = queueRules(options.queues ?? []);
  const queues =
    rules.length === 0
      ? undefined
      : new QueueDesk({ rules, store, clock, timers, responders, busy, numbering: policy.numbering, logger });
  const callbacks =
    queues === undefined
      ? undefined
      : new CallbackDesk({
          ...{ store, clock, timers, queues, busy, exchange, directory, logger },
          callBack: (request) => flow.callBack(request),
        });
  const standing = new CallerStanding({ store, directory, portalOf: options.portalOf, clock, logger });
  const services: FlowServices = {
    store,
    exchange,
    clock,
    timers,
    directory,
    standing,
    busy,
    wrapUps,
    keeper,
    debts,
    logger,
    policy,
    longHoldSeconds: verificationPolicy.longHoldSeconds,
    responders,
    queues,
    callbacks,
    overflow: options.overflow ?? NO_OVERFLOW,
    outbound: options.outbound ?? {},
    pinDesk: createPinDesk(verifying),
    switchboard,
    isRunning: (callId) => switchboard.isRunning(callId),
  };
  const flow = new DeskFlow(services);
  const supervisionPolicy = { ...DEFAULT_SUPERVISION_POLICY, ...options.supervisionPolicy };
  const supervising = new SupervisionFlow({
    services,
    policy: supervisionPolicy,
    findCall: (callId) => flow.find(callId),
    isUp: () => switchboard.up,
  });
  switchboard.add(...(options.flows?.(services) ?? []), flow, supervising);

  const live = (callId: string): DeskCall => {
    const call = flow.find(callId);
    if (call === undefined) throw new Problem('call-not-live', 'This call is not going on.');
    return call;
  };
  const command = async (callId: string, work: (call: DeskCall) => Promise<void>): Promise<void> => {
    const call = live(callId);
    if (!switchboard.up) throw new Problem('exchange-unavailable', 'The exchange does not answer.');
    await call.session.mailbox.ask(async () => {
      if (call.session.ended) throw new Problem('call-not-live', 'This call has just ended.');
      await work(call);
    });
  };
  const control: CallControl = {
    decline: (callId, accountId) =>
      command(callId, async (call) => {
        if (!(await call.transfer.leave(accountId))) await call.decline(accountId);
      }),
    leave: (callId, accountId) => command(callId, async (call) => void (await call.transfer.leave(accountId))),
    hold: (callId, held) => command(callId, (call) => call.conversation.hold(held)),
    hangup: (callId) => command(callId, (call) => call.hangup()),
    resume: (callId) => command(callId, (call) => call.conversation.resume()),
    wrappedUp: (callId, accountId) => wrapUps.end(callId, accountId),
    targets: (accountId, search) => listTargets(services, accountId, search),
    async dial(accountId, request) {
      if (!switchboard.up) throw new Problem('exchange-unavailable', 'The exchange does not answer.');
      return flow.dial(accountId, request);
    },
    transfer: (callId, mode, target) => command(callId, (call) => call.transfer.transfer(mode, target)),
    completeTransfer: (callId) => command(callId, (call) => call.transfer.complete()),
    cancelTransfer: (callId) => command(callId, (call) => call.transfer.cancel()),
    conference: (callId, target) => command(callId, (call) => call.transfer.conference(target)),
    removeParty: (callId, partyId) => command(callId, (call) => call.transfer.remove(partyId)),
    pauseRecording: (callId, reason) => command(callId, (call) => call.pause.begin(reason)),
    resumeRecording: (callId) => command(callId, (call) => call.pause.end()),
  };
  const begin = (callId: string, kind: 'collect' | 'change') => {
    const call = flow.find(callId);
    // It ended between the write and now: the record goes back to what it was.
    if (call === undefined)
      void services.pinDesk
        .notEntered(callId, 'hung-up')
        .catch((error: unknown) => logger.warn('A PIN entry was not noted.', error));
    else call.session.post(() => call.pin.begin(kind));
  };
  const pins: PinControl = {
    requirePinPossible(callId) {
      const call = live(callId);
      if (!switchboard.up) throw new Problem('exchange-unavailable', 'The exchange does not answer.');
      call.pin.requirePossible();
    },
    collectPin: (callId) => begin(callId, 'collect'),
    changePin: (callId) => begin(callId, 'change'),
  };

  return {
    calls: createCalls({
      store,
      clock,
      control,
      findCustomer: (id) => directory.findById(id),
      ...(options.claimMissedCall && { claimMissedCall: options.claimMissedCall }),
      customerChosen: (callId, customerId) => standing.tell(callId, customerId),
      customerChanged: async (tx, callId) => void (await voidVerification(tx, callId, 'customer-changed')),
    }),
    verification: createVerification({ ...verifying, pins }),
    ...createSupervisionOperations({ store, policy: supervisionPolicy, control: supervising }),
    queues: createQueueOperations(queues, clock),
    requireCall,
    get exchangeUp() {
      return switchboard.up;
    },
    get activity() {
      return switchboard.activity + wrapUps.size + (queues?.activity ?? 0) + (callbacks?.activity ?? 0);
    },
    wrapUpExtended: (callId, accountId, until) =>
      wrapUps.begin(callId, accountId, until.getTime() - clock.now().getTime()),
    async start() {
      await queues?.start();
      await switchboard.start();
      await callbacks?.start();
    },
    async stop() {
      await queues?.stop();
      await callbacks?.stop();
      await switchboard.stop();
      await wrapUps.stop();
      await keeper.stop();
      await debts.stop();
    },
  };
}
