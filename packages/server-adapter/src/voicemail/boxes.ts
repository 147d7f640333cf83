import type { LocalTexts, Role } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Caller } from '../http/operation.ts';
import type { Database } from '../store/schema.ts';
import type { Audience } from '../store/store.ts';

type Db = Kysely<Database>;

/** A queue, as far as its box is concerned. */
export interface BoxQueue {
  readonly id: string;
  readonly names: LocalTexts;
  readonly members: 'group' | readonly string[];
}

export interface Box {
  readonly id: string;
  readonly kind: 'queue' | 'agent';
  readonly names: LocalTexts;
}

/** Where there are no queues, the call-centre group has the box. */
export const GROUP_BOX: BoxQueue = {
  id: 'group',
  names: { en: 'Call centre', fa: 'مرکز تماس', cs: 'Kontaktní centrum' },
  members: 'group',
};

/** Which boxes there are, and whose: one for each queue, and one for everyone who takes calls. */
export class Boxes {
  readonly #queues: readonly BoxQueue[];

  constructor(queues: readonly BoxQueue[]) {
    this.#queues = queues.length === 0 ? [GROUP_BOX] : queues;
  }

  /** The first queue's: where callers are led whom no rule leads elsewhere. */
  get first(): BoxQueue {
    return this.#queues[0] ?? GROUP_BOX;
  }

  queue(id: string): BoxQueue | undefined {
    return this.#queues.find((queue) => queue.id === id);
  }

  async find(db: Db, id: string): Promise<Box | undefined> {
    const queue = this.queue(id);
    if (queue !== undefined) return { id, kind: 'queue', names: queue.names };
    const account = await accountOf(db, id);
    return account === undefined || !takesCalls(account.roles) ? undefined : agentBox(id, account.name);
  }

  /** The boxes that are this caller's to listen to: their own first. */
  async of(db: Db, caller: Caller): Promise<readonly Box[]> {
    const own = takesCalls(caller.roles) ? [agentBox(caller.accountId, caller.name)] : [];
    const account = await accountOf(db, caller.accountId);
    const queues = this.#queues.filter(
      ({ members }) =>
        isWarden(caller) ||
        (takesCalls(caller.roles) &&
          (members === 'group' ? account?.inGroup === true : members.includes(caller.accountId))),
    );
    return [...own, ...queues.map(({ id, names }): Box => ({ id, kind: 'queue', names }))];
  }

  /** Whether this caller may change what callers of the box hear. */
  mayGreet(caller: Caller, box: Box): boolean {
    return box.kind === 'agent' ? box.id === caller.accountId : isWarden(caller);
  }

  /** Whom news of a box reaches. */
  async audience(db: Db, id: string): Promise<Audience> {
    const queue = this.queue(id);
    if (queue === undefined) return [`account:${id}`];
    const members = queue.members === 'group' ? await groupOf(db) : queue.members;
    return ['role:supervisor', 'role:manager', ...members.map((account) => `account:${account}` as const)];
  }
}

function agentBox(id: string, name: string): Box {
  return { id, kind: 'agent', names: { en: name, fa: name, cs: name } };
}

const isWarden = ({ roles }: Caller) => roles.includes('supervisor') || roles.includes('manager');
const takesCalls = (roles: readonly Role[]) => roles.includes('agent') || roles.includes('supervisor');

async function accountOf(db: Db, id: string) {
  const row = await db
    .selectFrom('accounts')
    .select(['name', 'roles', 'in_group'])
    .where('id', '=', id)
    .where('active', '=', 1)
    .executeTakeFirst();
  return row && { name: row.name, roles: JSON.parse(row.roles) as Role[], inGroup: Number(row.in_group) === 1 };
}

async function groupOf(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('in_group', '=', 1)
    .where('active', '=', 1)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
