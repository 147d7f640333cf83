import { DEFAULT_VERIFICATION_POLICY, type NumberingPlan, type Role } from '@callweave/sdk/protocol';
import { accountNames } from './accounts/index.ts';
import { findBuyer } from './buyers/index.ts';
import { createCallHistory } from './call-history/index.ts';
import { agentsOf, callReader, findCall } from './calls/index.ts';
import type { Clock } from './clock.ts';
import { floorDealing } from './connectors/dealing/floor.ts';
import { noRecordings } from './connectors/recordings/no-recordings.ts';
import { createCustomers, DEFAULT_PIN_POLICY, type Directory, embeddedDirectory } from './customers/index.ts';
import { createDealing, createDealingWorker } from './dealing/index.ts';
import { createDevicePortal } from './device-portal.ts';
import type { Domain } from './domain.ts';
import { createEvidence, createHeadExporter } from './evidence/index.ts';
import { createFaxes } from './faxes/index.ts';
import type { Chore } from './housekeeping.ts';
import type { Operations } from './http/routes.ts';
import { createInstruments } from './instruments/index.ts';
import { describeError, type Logger } from './logger.ts';
import { createMessages } from './messages/index.ts';
import { createMissedCalls } from './missed-calls/index.ts';
import type { AdapterOptions } from './options.ts';
import { createOrders, dayIn, instructionsInRecording, type OrdersOptions } from './orders/index.ts';
import { createPresence, DEFAULT_PRESENCE_POLICY, readPresences } from './presence/index.ts';
import {
  checkRetention,
  createRecordingsDomain,
  DEFAULT_RETENTION,
  type RecordingArchive,
  recordingFiles,
} from './recordings/index.ts';
import type { Secrets } from './secrets/hash.ts';
import type { Store } from './store/store.ts';
import { createCallCentre } from './telephony/flows/call-centre.ts';
import { FaxFlow } from './telephony/flows/fax/fax-flow.ts';
import { keptPlaceOf } from './telephony/flows/queue/callbacks.ts';
import { createVoicemail } from './telephony/flows/voicemail/create-voicemail.ts';
import { noExchange } from './telephony/no-exchange.ts';
import { patientStart } from './telephony/patient-start.ts';
import { createVirtualNumbers } from './virtual-numbers.ts';
import { createWallboard } from './wallboard/index.ts';

export interface DomainParts {
  readonly options: AdapterOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  readonly plan: NumberingPlan;
}

export interface Domains {
  readonly operations: Operations;
  readonly chores: readonly Chore[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Ties the domains to each other: what one asks of another is passed in here, and nowhere else. */
export function createDomains({ options, clock, logger, secrets, plan }: DomainParts): Domains {
  const { store } = options;
  const directory = withEntitlement(options.directory ?? embeddedDirectory(store, plan), options.entitlement);
  const archive: RecordingArchive = {
    store,
    files: recordingStore(options),
    links: { instructionsOf: instructionsInRecording, agentsOf },
  };
  let stopped = false;
  let reportDown: () => void = () => {};
  const exchangeDown = new Promise<void>((resolve) => {
    reportDown = resolve;
  });
  const exchange = patientStart(options.exchange ?? noExchange(), {
    onDown: (error) => {
      logger.error(
        'The telephone exchange is not there. The desk starts without calls and connects as soon as it is.',
        describeError(error),
      );
      reportDown();
    },
  });
  const keeping = checkRetention({ ...DEFAULT_RETENTION, ...options.recordingRetention });
  const faxes = createFaxes({
    store,
    files: archive.files,
    directory,
    plan,
    fax: options.fax,
    keep: keeping.fax,
    clock,
    onError: (message, error) => logger.warn(message, describeError(error)),
  });
  const voicemail = createVoicemail({
    store,
    files: archive.files,
    directory,
    queues: options.queues ?? [],
    voicemail: options.voicemail,
    keep: keeping.voicemail,
    clock,
    onError: (message, error) => logger.warn(message, describeError(error)),
  });
  const virtualNumbers = createVirtualNumbers({
    store,
    clock,
    plan,
    options: options.virtualNumbers,
    otherNumbers: [...(options.publicNumbers ?? []), ...(options.fax?.numbers ?? [])],
    dayOf: (at) => dayIn(options.timeZone ?? 'Asia/Tehran', at),
    sendMessage: (tx, message) => messages.send(tx, message),
    onError: (error) => logger.warn('What the calendar has ended was not written yet.', describeError(error)),
  });
  const callCentre = createCallCentre({
    store,
    flows: (services) => [
      ...virtualNumbers.flows(services),
      new FaxFlow(services, faxes.shelf, options.fax?.numbers ?? []),
      ...voicemail.flows(services),
    ],
    exchange,
    directory,
    recordings: archive,
    hashSecret: secrets.hashSecret,
    verifySecret: secrets.verifySecret,
    policy: {
      numbering: plan,
      ...(options.publicNumbers === undefined ? {} : { publicNumbers: options.publicNumbers }),
      ...(options.locale === undefined ? {} : { language: options.locale }),
      ...options.flow,
    },
    ...(options.queues === undefined ? {} : { queues: options.queues }),
    overflow: voicemail.overflow,
    ...(options.outbound === undefined ? {} : { outbound: options.outbound }),
    portalOf: (db, customerId) => devicePortal.portalOf(db, customerId),
    claimMissedCall: (tx, missedCallId, caller) => missedCalls.claimFor(tx, missedCallId, caller),
    verificationPolicy: { ...DEFAULT_VERIFICATION_POLICY, ...options.verification },
    ...(options.supervision === undefined ? {} : { supervisionPolicy: options.supervision }),
    logger: {
      warn: (message, error) => logger.warn(message, error === undefined ? undefined : describeError(error)),
      error: (message, error) => logger.error(message, error === undefined ? undefined : describeError(error)),
    },
    clock,
  });
  const dealingWorker = createDealingWorker({
    store,
    accountNames,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    connector: options.dealing ?? floorDealing(),
    clock,
    onError: (error) =>
      logger.warn('A message to the dealing floor was not delivered; it is tried again.', describeError(error)),
  });
  const orders: OrdersOptions = {
    store,
    directory,
    requireCall: callCentre.requireCall,
    calls: callReader,
    accountNames,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    announce: () => dealingWorker.wake(),
  };
  const heads =
    options.chainHeads === undefined
      ? undefined
      : createHeadExporter({
          store,
          clock,
          onError: (error) => logger.error('The head of the chain was not exported.', describeError(error)),
          ...options.chainHeads,
        });

  const messages = createMessages({
    store,
    sms: options.sms,
    whatsapp: options.whatsapp,
    clock,
    onError: (error) => logger.warn('A text message was not handed over; it is tried again.', describeError(error)),
  });

  const presence = createPresence({
    store,
    clock,
    exchange,
    policy: options.presence,
    wrapUpExtended: callCentre.wrapUpExtended,
    onError: (error) => logger.warn('What agents do could not be followed; it is tried again.', describeError(error)),
  });

  const recordings = createRecordingsDomain({
    archive,
    clock,
    retention: keeping,
    sign: secrets.fingerprint,
    isWarden,
    kindOfCall: async (db, callId) => (await findCall(db, callId))?.kind,
    onError: (error) => logger.warn('A recording was not deleted at the end of its time.', describeError(error)),
  });

  const missedCalls = createMissedCalls({
    store,
    directory,
    messages,
    policy: options.missedCalls,
    keptPlace: keptPlaceOf,
    locale: options.locale,
    clock,
    onError: (error) => logger.warn('Missed calls are behind; it is tried again.', describeError(error)),
  });

  const wallboard = createWallboard({
    store,
    clock,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    goal: options.serviceGoal,
    queues: options.queues ?? [],
    branchOf,
    presences: () => readPresences(store.db, clock.now(), { ...DEFAULT_PRESENCE_POLICY, ...options.presence }),
    onError: (error) => logger.warn('The wallboard is behind; it is tried again.', describeError(error)),
  });
  const callHistory = createCallHistory({
    store,
    clock,
    plan,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    onError: (error) => logger.warn('The call history is behind; it is tried again.', describeError(error)),
  });

  const devicePortal = createDevicePortal({
    ...{ store, options, clock, logger, secrets, plan, directory, messages, files: archive.files },
  });

  /** Domains that stand for themselves: one line each. */
  const domains: readonly Domain[] = [
    virtualNumbers.numbers,
    presence,
    messages,
    missedCalls,
    faxes,
    voicemail,
    recordings,
    wallboard,
    callHistory,
    ...devicePortal.domains,
  ];

  return {
    operations: {
      ...Object.assign({}, ...domains.map(({ operations }) => operations)),
      customers: createCustomers({
        store,
        directory,
        ownBase: options.directory === undefined,
        plan,
        pinPolicy: options.pinPolicy ?? DEFAULT_PIN_POLICY,
        hashSecret: secrets.hashSecret,
        isBuyer: async (db, customerId) => (await findBuyer(db, customerId)) !== undefined,
        responders: activeAgents,
      }),
      calls: callCentre.calls,
      queues: callCentre.queues,
      verification: callCentre.verification,
      supervision: callCentre.supervision,
      escalations: callCentre.escalations,
      instruments: createInstruments({ store }),
      orders: createOrders(orders),
      dealing: createDealing(orders),
      evidence: createEvidence({ db: store.db, files: archive.files }),
    },
    chores: domains.flatMap(({ chores = [] }) => chores),
    async start() {
      dealingWorker.start();
      heads?.start();
      for (const domain of domains) await domain.start?.();
      const calls = callCentre.start();
      // Once it is known that one has to wait, whoever starts the desk need not.
      await Promise.race([calls, exchangeDown]);
      calls.catch((error: unknown) => {
        if (!stopped) logger.error('Calls did not start.', describeError(error));
      });
    },
    async stop() {
      stopped = true;
      await callCentre.stop();
      for (const domain of domains) await domain.stop?.();
      await dealingWorker.stop();
      await heads?.stop();
    },
  };
}

function recordingStore({ store, recordings, recordingKeys, exchange, fax }: AdapterOptions) {
  if (recordings !== undefined) return recordingFiles(store, recordings, recordingKeys);
  if (exchange !== undefined)
    throw new Error(
      'An adapter with an exchange needs `recordings`: a folder, or a store of your own. No order can be sealed without a recording.',
    );
  if (fax !== undefined)
    throw new Error('Faxes are kept where recordings are: give `recordings` a folder, or a store.');
  return noRecordings();
}

function withEntitlement(directory: Directory, entitlement: AdapterOptions['entitlement']): Directory {
  if (entitlement === undefined) return directory;
  return {
    findByNumber: (number) => directory.findByNumber(number),
    findById: (id) => directory.findById(id),
    search: (query, limit) => directory.search(query, limit),
    ...(directory.servedBy === undefined
      ? {}
      : { servedBy: (accountId: string) => directory.servedBy?.(accountId) ?? Promise.resolve([]) }),
    entitlement,
  };
}

async function activeAgents(db: Store['db'], ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'roles'])
    .where('id', 'in', [...ids])
    .where('active', '=', 1)
    .execute();
  return new Set(rows.filter(({ roles }) => (JSON.parse(roles) as Role[]).includes('agent')).map(({ id }) => id));
}

async function branchOf(db: Store['db'], accountId: string): Promise<string | undefined> {
  return (await db.selectFrom('accounts').select('branch').where('id', '=', accountId).executeTakeFirst())?.branch;
}

async function isWarden(db: Store['db'], accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('roles')
    .where('id', '=', accountId)
    .where('active', '=', 1)
    .executeTakeFirst();
  const roles = JSON.parse(row?.roles ?? '[]') as Role[];
  return roles.includes('supervisor') || roles.includes('manager');
}
