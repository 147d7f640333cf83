import { type Endpoint, IDEMPOTENCY_HEADER } from '@callweave/sdk/protocol';
import { canonicalJson } from '../canonical-json.ts';
import { Problem } from '../problem.ts';
import { prepared } from '../store/prepared.ts';
import type { Store, Tx } from '../store/store.ts';
import type { RequestContext, WriteOperation } from './operation.ts';

export interface Idempotency {
  /** Runs a change once per key: whoever repeats it, at the same time or later, gets the answer of the first. */
  run(
    name: string,
    operation: WriteOperation<Endpoint>,
    input: never,
    context: RequestContext,
    key: string,
  ): Promise<string>;
}

/**
 * Signing in twice makes two sessions and signing out twice makes none: both are harmless without a key. An invitation's
 * answer holds a one-time secret, which must not stand in the table of answers; asked twice, the second secret counts.
 */
const EXEMPT = new Set([
  'session.signIn',
  'session.signOut',
  'buyers.invite',
  // A key and a secret of a partner likewise.
  'coursePartners.issueKey',
  'coursePartners.issueWebhookSecret',
  // Whoever asks these shows a key of a partner: a stored answer would be given without one. Repeating them changes nothing.
  'partner.putCourse',
  'partner.withdrawCourse',
]);

export function idempotencyKey(name: string, request: Request): string | undefined {
  const key = request.headers.get(IDEMPOTENCY_HEADER);
  if (key === null) {
    if (EXEMPT.has(name)) return undefined;
    throw new Problem('idempotency-required', 'A change needs an Idempotency-Key header.');
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem('invalid-input', 'The Idempotency-Key cannot be accepted.', {
      fields: [{ path: IDEMPOTENCY_HEADER, message: 'must be 1 to 255 visible ASCII characters' }],
    });
  }
  return EXEMPT.has(name) ? undefined : key;
}

interface Stored {
  readonly request_hash: string;
  readonly response: string;
}

const storedAnswer = prepared((db, p) =>
  db.selectFrom('idempotency').select(['request_hash', 'response']).where('scope', '=', p(0)).where('key', '=', p(1)),
);
const storeAnswer = prepared((db, p) =>
  db
    .insertInto('idempotency')
    .values({ scope: p(0), key: p(1), request_hash: p(2), status: 200, response: p(3), created_at: p(4) }),
);

/** @param fingerprint keyed: a body may hold a password or an answer, whose bare hash could be guessed through */
export function createIdempotency(store: Store, fingerprint: (text: string) => string): Idempotency {
  /** Requests that came while the first of their key is still running wait for it instead of doing its work again. */
  const running = new Map<string, { readonly hash: string; readonly answer: Promise<string> }>();

  const replay = (stored: Stored, hash: string): string => {
    if (stored.request_hash !== hash) throw mismatch();
    return stored.response;
  };
  const find = async (db: Tx['db'], scope: string, key: string): Promise<Stored | undefined> =>
    (await storedAnswer(db, scope, key))[0];

  return {
    async run(name, operation, input, context, key) {
      const scope = `${context.caller.accountId} ${name}`;
      const hash = fingerprint(canonicalJson(input));
      const place = `${scope} ${key}`;
      const first = running.get(place);
      if (first !== undefined) {
        if (first.hash !== hash) throw mismatch();
        return first.answer;
      }
      const answer = execute();
      running.set(place, { hash, answer });
      try {
        return await answer;
      } finally {
        running.delete(place);
      }

      async function execute(): Promise<string> {
        const known = await find(store.db, scope, key);
        if (known !== undefined) return replay(known, hash);
        const ready = await operation.prepare?.(input, context);
        return store.write(async (tx) => {
          // Another process may have been first.
          const meanwhile = await find(tx.db, scope, key);
          if (meanwhile !== undefined) return replay(meanwhile, hash);
          const response = JSON.stringify(await operation.write(tx, input, context, ready));
          await storeAnswer(tx.db, scope, key, hash, response, tx.now.toISOString());
          return response;
        });
      }
    },
  };
}

function mismatch(): Problem {
  return new Problem('idempotency-mismatch', 'This Idempotency-Key was used with another body.');
}
