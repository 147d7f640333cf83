import { IRAN } from '@callweave/sdk/protocol';
import type { HostIdentity } from './accounts/index.ts';
import {
  createAccountOperations,
  createGuesses,
  createHostAccounts,
  createSessionOperations,
  createSessions,
} from './accounts/index.ts';
import { systemClock } from './clock.ts';
import { createDomains } from './domains.ts';
import { FanOut } from './events/fan-out.ts';
import { createEventOperations } from './events/operations.ts';
import { startHousekeeping } from './housekeeping.ts';
import { problemAnswer, type TextAnswer, toResponse } from './http/answer.ts';
import { createHandler } from './http/handler.ts';
import { createHealth, watchExchange } from './http/health.ts';
import { createIdempotency } from './http/idempotency.ts';
import { openapiDocument } from './http/openapi.ts';
import type { Caller } from './http/operation.ts';
import { createOriginPolicy } from './http/origin.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { createRoutes } from './http/routes.ts';
import { describeError, stderrLogger } from './logger.ts';
import type { AdapterOptions } from './options.ts';
import { Problem } from './problem.ts';
import { createSecrets } from './secrets/hash.ts';
import { canRevoke, isUpgradeTarget, type UpgradeTarget } from './telephony/upgrade-target.ts';
import { VERSION } from './version.ts';

export interface Adapter {
  /** The path that it serves, without a slash at its end. */
  readonly basePath: string;
  /** Answers any request; one that is not below the base path gets a 404. */
  fetch(request: Request): Promise<Response>;
  /** Answers a request below the base path; undefined for any other, so that the host goes on. */
  handle(request: Request): Promise<Response | undefined>;
  /** {@link handle} for mounts that write answers themselves. */
  answer(request: Request): Promise<TextAnswer | Response | undefined>;
  /** Takes WebSocket connections of browser phones, where the exchange lives in this process. */
  readonly upgradeTarget: UpgradeTarget | undefined;
  /** Makes the account of a person of the host before they sign in for the first time, so that customers can name them as responder. */
  provision(identity: HostIdentity): Promise<void>;
  /** Connects to the exchange, finds running calls again, and begins to serve events. */
  start(): Promise<void>;
  /** Ends what {@link start} began. The store stays open: it belongs to the host. */
  stop(): Promise<void>;
}

/**
 * The call centre as a Fetch handler.
 * @example
 * const adapter = createAdapter({ store: await createSqliteStore({ file: 'data/callweave.sqlite' }), pepper: process.env.CALLWEAVE_PEPPER });
 * await adapter.start();
 * createServer(nodeListener(adapter)).listen(3000);
 */
export function createAdapter(options: AdapterOptions): Adapter {
  const { store, exchange } = options;
  const basePath = normalizeBasePath(options.basePath ?? '/callweave');
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? stderrLogger;
  const hostSignIn = options.authenticate !== undefined;
  const secrets = createSecrets({
    pepper: options.pepper,
    ...(options.secretCost === undefined ? {} : { cost: options.secretCost }),
  });
  const sessions = createSessions(store, clock, basePath, options.session);
  const guesses = createGuesses(store, secrets, clock);
  const hostAccounts = createHostAccounts(store);
  const fanOut = new FanOut(store, clock);
  const watch = watchExchange(exchange);

  const authenticate = async (request: Request): Promise<Caller | undefined> => {
    if (options.authenticate === undefined) return (await sessions.find(request))?.caller;
    const identity = await options.authenticate(request);
    return identity === undefined ? undefined : hostAccounts.provision(identity);
  };

  const revokePhone = (username: string) => {
    if (canRevoke(exchange))
      exchange
        .revoke(username)
        .catch((error: unknown) => logger.warn('A phone was not cut off.', describeError(error)));
  };
  const domains = createDomains({ options, clock, logger, secrets, plan: options.numberingPlan ?? IRAN });
  const routes = createRoutes({
    session: createSessionOperations({ store, clock, secrets, sessions, guesses, exchange, hostSignIn, revokePhone }),
    accounts: createAccountOperations({ store, clock, secrets, sessions, hostSignIn, revokePhone }),
    events: createEventOperations(fanOut, authenticate),
    health: createHealth(store, watch),
    ...domains.operations,
  });
  let openapi: string | undefined;
  const answer = createHandler({
    basePath,
    routes,
    store,
    authenticate,
    origins: createOriginPolicy(options.allowedOrigins ?? [], options.trustForwardedHost ?? false),
    limit: createRateLimit(options.rateLimit ?? {}, clock),
    idempotency: createIdempotency(store, (text) => secrets.fingerprint(text)),
    openapi: () => (openapi ??= JSON.stringify(openapiDocument(basePath, VERSION))),
    logger,
    verifyAnswers: options.verifyAnswers ?? false,
  });

  const hour = 3_600_000;
  const chores = [
    { name: 'sessions', everyMs: hour, run: () => sessions.prune() },
    { name: 'events', everyMs: hour, run: () => fanOut.prune(options.keepEventsDays ?? 3) },
    {
      name: 'answers',
      everyMs: hour,
      run: async () => {
        const before = new Date(
          clock.now().getTime() - Math.max(24, options.keepAnswersHours ?? 48) * hour,
        ).toISOString();
        await store.write((tx) => tx.db.deleteFrom('idempotency').where('created_at', '<', before).execute());
      },
    },
    ...domains.chores,
  ];
  let housekeeping: { stop(): Promise<void> } | undefined;

  const handle = async (request: Request) => {
    const answered = await answer(request);
    return answered === undefined ? undefined : toResponse(answered);
  };
  return {
    basePath,
    answer,
    handle,
    fetch: async (request) =>
      (await handle(request)) ??
      toResponse(problemAnswer(new Problem('not-found', `The adapter serves paths below ${basePath || '/'}.`), '-')),
    upgradeTarget: isUpgradeTarget(exchange) ? exchange : undefined,
    provision: async (identity) => {
      await hostAccounts.provision(identity);
    },
    async start() {
      if (housekeeping !== undefined) return;
      housekeeping = startHousekeeping(chores, logger);
      await fanOut.start();
      await domains.start();
    },
    async stop() {
      await domains.stop();
      await fanOut.stop();
      await housekeeping?.stop();
      housekeeping = undefined;
      watch.stop();
    },
  };
}

function normalizeBasePath(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (!/^(\/[A-Za-z0-9._~-]+)*$/.test(trimmed)) throw new Error(`basePath must look like '/callweave', not '${path}'.`);
  return trimmed;
}
