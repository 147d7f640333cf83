import { entitlementOf, type NumberingPlan } from '@callweave/sdk/protocol';
import { accountNames, accountsWithRole } from './accounts/index.ts';
import { createAnnouncements } from './announcements/index.ts';
import { createArticles } from './articles/index.ts';
import { createAudit } from './audit/index.ts';
import { billedBuyers, createBilling, monthOf, priceListInForce } from './billing/index.ts';
import { buyersAfter, createBuyers, findBuyer, findBuyerByNationalCode, findBuyers } from './buyers/index.ts';
import { createCallerPortal } from './caller-portal.ts';
import { agentsWithCustomer, customerInCall } from './calls/index.ts';
import type { Clock } from './clock.ts';
import type { RecordingStore } from './connectors/recordings/recording-store.ts';
import { createCourses } from './courses/index.ts';
import { createCrm } from './crm/index.ts';
import type { Directory } from './customers/index.ts';
import { createDevices, devicesOfMany, findType } from './devices/index.ts';
import type { Domain } from './domain.ts';
import { clientAddress } from './http/client-address.ts';
import { createImports } from './imports/index.ts';
import { createInstallations } from './installations/index.ts';
import { describeError, type Logger } from './logger.ts';
import type { Messages } from './messages/index.ts';
import { createOneTimeCodes } from './one-time-codes/index.ts';
import type { AdapterOptions } from './options.ts';
import { dayIn } from './orders/index.ts';
import { createPayments } from './payments/index.ts';
import type { Secrets } from './secrets/hash.ts';
import { createServicePlans, readChoice } from './service-plans/index.ts';
import type { Store } from './store/store.ts';
import { createTickets, openTicketsOf } from './tickets/index.ts';
import { createTransfers } from './transfers/index.ts';

export interface DevicePortalParts {
  readonly store: Store;
  readonly options: AdapterOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  readonly plan: NumberingPlan;
  readonly directory: Directory;
  readonly messages: Messages;
  /** Where attachments and documents are kept: as recordings are, encrypted and away from the web root. */
  readonly files: RecordingStore;
}

export interface DevicePortal {
  readonly domains: readonly Domain[];
  /** What a caller has, for the badge at ring (G6). */
  readonly portalOf: ReturnType<typeof createCallerPortal>;
}

/** The buyers' portal: ties the domains of devices, service, tickets and payments to each other, and to nothing else. */
export function createDevicePortal(parts: DevicePortalParts): DevicePortal {
  const { store, clock, directory, options, secrets, plan, messages } = parts;
  const dayOf = (at: Date) => dayIn(options.timeZone ?? 'Asia/Tehran', at);
  const devices = createDevices({ store, directory, clock, dayOf });
  const audit = createAudit({ store, accountNames });
  const house = { hostSignIn: options.authenticate !== undefined, hostBase: options.directory !== undefined };
  const buyers = createBuyers({ store, clock, secrets, plan, directory, house, messages });
  const imports = createImports({
    store,
    kinds: [devices.importKind, buyers.importKind],
    onError: (error) => parts.logger.warn('An import could not go on; it is tried again.', describeError(error)),
  });
  const installations = createInstallations({
    store,
    clock,
    accountNames,
    findDevice: devices.findDevice,
    activateService: devices.activateService,
    typeExists: async (db, typeId) => (await findType(db, typeId)) !== undefined,
    dayOf,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    clientAddress: (request) => clientAddress(request, options.trustForwardedHost ?? false),
    options: options.installations,
  });
  const payments = createPayments({
    store,
    clock,
    options: options.devicePortal?.payments,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    onError: (message, error) => parts.logger.warn(message, describeError(error)),
  });
  const billing = createBilling({
    store,
    clock,
    messages,
    customerOf: billedBuyers(findBuyer),
    payments: options.devicePortal?.payments === undefined ? undefined : payments,
    options: options.devicePortal?.billing,
    timeZone: options.timeZone ?? 'Asia/Tehran',
  });
  const tickets = createTickets({
    store,
    clock,
    messages,
    files: options.recordings === undefined ? undefined : parts.files,
    calls: { agentsWithCustomer, customerInCall },
    findDevice: devices.findDevice,
    entitlement: async (db, { service, customerId }) => {
      // A debt stops nothing that was paid for: it is asked for only where each case is.
      if (service.state !== 'per-case')
        return entitlementOf({ service, debt: { amount: 0, currency: 'IRR' }, ceiling: null, override: false });
      const { balance, ceiling, override } = await billing.debtOf(db, customerId);
      return entitlementOf({ service, debt: balance, ceiling, override });
    },
    // What is covered by a running service costs nothing more.
    recordWork: async (tx, work) => {
      const device = await devices.findDevice(tx.db, work.deviceId);
      if (device?.service.state === 'per-case') await billing.recordWork(tx, work);
    },
    technicians: (db) => accountsWithRole(db, ['technician', 'manager']),
    contact: findBuyer,
    options: options.devicePortal?.tickets,
    onError: (error) =>
      parts.logger.warn('An attachment was not scanned yet; it is tried again.', describeError(error)),
  });
  const crm = createCrm({
    store,
    clock,
    options: options.devicePortal?.crm,
    findChoice: readChoice,
    findDevice: devices.findDevice,
    contact: findBuyer,
    onError: (error) => parts.logger.warn('The CRM was not told yet; it is tried again.', describeError(error)),
  });
  const servicePlans = createServicePlans({
    store,
    clock,
    devices,
    payments: options.devicePortal?.payments === undefined ? undefined : payments,
    priceListInForce,
    localeOf: async (db, customerId) => (await findBuyer(db, customerId))?.locale ?? 'fa',
    changed: crm.record,
  });
  const transfers = createTransfers({
    store,
    clock,
    messages,
    plan,
    codes: createOneTimeCodes({ store, clock, secrets, messages }),
    findDevice: devices.findDevice,
    moveToOwner: devices.moveToOwner,
    findBuyer,
    findBuyerByNationalCode,
    makeBuyer: buyers.makeBuyer,
    balanceOf: async (db, customerId) => (await billing.debtOf(db, customerId)).balance,
    countOpenTickets: tickets.countOpenOfDevice,
    closeTickets: tickets.closeOfDevice,
    clientAddress: (request) => clientAddress(request, options.trustForwardedHost ?? false),
    options: options.devicePortal?.transfers,
  });
  const announcements = createAnnouncements({
    store,
    source: {
      buyersAfter,
      findBuyers,
      devicesOfMany: (db, customerIds) => devicesOfMany(db, customerIds, dayOf(clock.now())),
    },
    messages,
    timeZone: options.timeZone ?? 'Asia/Tehran',
    options: options.devicePortal?.announcements,
    onError: (error) =>
      parts.logger.warn('Announcements were not handed out yet; it is tried again.', describeError(error)),
  });
  const portalOf = createCallerPortal({
    devicesOf: devices.devicesOf,
    debtOf: billing.debtOf,
    openTicketsOf,
    isBuyer: async (db, customerId) => (await findBuyer(db, customerId)) !== undefined,
  });
  const articles = createArticles({
    store,
    accountNames,
    typeExists: async (db, typeId) => (await findType(db, typeId)) !== undefined,
    typesOwned: async (db, customerId) => (await devices.devicesOf(db, customerId)).map(({ typeId }) => typeId),
    options: options.devicePortal?.articles,
  });
  const courses = createCourses({
    store,
    clock,
    secrets,
    findBuyer,
    payments: options.devicePortal?.payments === undefined ? undefined : payments,
    options: options.devicePortal?.courses,
    monthOf: (at) => {
      const timeZone = options.timeZone ?? 'Asia/Tehran';
      const calendar =
        options.devicePortal?.billing?.calendar ?? (timeZone === 'Asia/Tehran' ? 'persian' : 'gregorian');
      return monthOf(at, { calendar, timeZone });
    },
    onError: (error) => parts.logger.warn('The outbox of courses failed; it is tried again.', describeError(error)),
  });
  const domains: readonly Domain[] = [
    courses,
    articles,
    payments,
    devices,
    announcements,
    billing,
    servicePlans,
    crm,
    tickets,
    transfers,
    installations,
    imports,
    buyers,
    { operations: { audit } },
  ];
  return { domains, portalOf };
}
