import type { contract, Project } from '@callweave/sdk/protocol';
import type { Implementation } from '../http/operation.ts';
import { newId } from '../id.ts';
import { Problem } from '../problem.ts';
import type { Tx } from '../store/store.ts';
import { isOver } from './day.ts';
import type { NumbersContext } from './numbers-context.ts';
import { accountsWithPairings, endOverdue, endProject, publishChange } from './overdue.ts';
import { projectIsOver, showProjects } from './project-view.ts';
import { findProject, type ProjectRow } from './rows.ts';

/** The contract's `projects`. */
export function createProjects({ store, dayOf }: NumbersContext): Implementation<typeof contract.projects> {
  async function show(tx: Tx, id: string): Promise<Project> {
    const [shown] = await showProjects(tx.db, [await known(tx, id)], dayOf(tx.now));
    if (shown === undefined) throw unknownProject(id);
    return shown;
  }

  async function requireFreeName(tx: Tx, name: string, self?: string): Promise<void> {
    const row = await tx.db
      .selectFrom('projects')
      .select('id')
      .where('name', '=', name)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (row !== undefined && row.id !== self)
      throw new Problem('project-name-taken', 'Another active project has this name.', {
        fields: [{ path: 'name', message: 'is taken' }],
      });
  }

  return {
    async list({ state }) {
      const rows = await store.db.selectFrom('projects').selectAll().orderBy('name').execute();
      const shown = await showProjects(store.db, rows, dayOf(new Date()));
      return { projects: shown.filter((project) => state === 'all' || project.state === state) };
    },

    create: {
      async write(tx, input, { caller }) {
        const today = dayOf(tx.now);
        await endOverdue(tx, today);
        await requireFreeName(tx, input.name);
        requireComing(input.endsOn, today);
        const id = newId('project', tx.now);
        const now = tx.now.toISOString();
        await tx.db
          .insertInto('projects')
          .values({
            id,
            name: input.name,
            info: input.info,
            numbers_to_call: JSON.stringify(input.numbersToCall),
            numbering: input.numbering,
            dial_policy: JSON.stringify(input.dialPolicy),
            ends_on: input.endsOn,
            ended_at: null,
            created_at: now,
            updated_at: now,
          })
          .execute();
        await tx.record({ actor: caller.accountId, action: 'project.created', subject: `project:${id}` });
        await publishChange(tx, []);
        return show(tx, id);
      },
    },

    update: {
      async write(tx, input, { caller }) {
        const today = dayOf(tx.now);
        const row = await known(tx, input.projectId);
        // Over by its last day alone: moving that day revives it, as long as nothing of it was ended yet.
        if (row.ended_at !== null) throw new Problem('project-over', 'This project was ended.');
        if (input.name !== undefined) await requireFreeName(tx, input.name, row.id);
        if (input.endsOn !== undefined) requireComing(input.endsOn, today);
        else if (projectIsOver(row, today))
          throw new Problem('project-over', 'The last day of this project has passed.');
        await tx.db
          .updateTable('projects')
          .set({
            ...(input.name !== undefined && { name: input.name }),
            ...(input.info !== undefined && { info: input.info }),
            ...(input.numbersToCall !== undefined && { numbers_to_call: JSON.stringify(input.numbersToCall) }),
            ...(input.numbering !== undefined && { numbering: input.numbering }),
            ...(input.dialPolicy !== undefined && { dial_policy: JSON.stringify(input.dialPolicy) }),
            ...(input.endsOn !== undefined && { ends_on: input.endsOn }),
            updated_at: tx.now.toISOString(),
          })
          .where('id', '=', row.id)
          .execute();
        const changed = Object.keys(input).filter(
          (key) => key !== 'projectId' && input[key as keyof typeof input] !== undefined,
        );
        await tx.record({
          actor: caller.accountId,
          action: 'project.updated',
          subject: `project:${row.id}`,
          data: { changed },
        });
        await publishChange(tx, await accountsOfProject(tx, row.id));
        return show(tx, row.id);
      },
    },

    end: {
      async write(tx, { projectId }, { caller }) {
        const row = await known(tx, projectId);
        if (row.ended_at === null) {
          const accounts = await accountsOfProject(tx, row.id);
          await endProject(tx, row.id, caller.accountId);
          await publishChange(tx, accounts);
        }
        return show(tx, row.id);
      },
    },
  };
}

async function known(tx: Tx, id: string): Promise<ProjectRow> {
  const row = await findProject(tx.db, id);
  if (row === undefined) throw unknownProject(id);
  return row;
}

export const unknownProject = (id: string) => new Problem('not-found', `There is no project ${id}.`);

export function requireComing(lastDay: string | null, today: string, path = 'endsOn'): void {
  if (isOver(lastDay, today))
    throw new Problem('invalid-input', 'The last day has passed already.', {
      fields: [{ path, message: 'has passed already' }],
    });
}

/** An active project, for whatever is to belong to it. */
export async function requireActiveProject(tx: Tx, id: string, today: string): Promise<ProjectRow> {
  const row = await known(tx, id);
  if (projectIsOver(row, today)) throw new Problem('project-over', 'This project is over.');
  return row;
}

async function accountsOfProject(tx: Tx, projectId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('pairings')
    .select('id')
    .where('project_id', '=', projectId)
    .where('state', '=', 'active')
    .execute();
  return accountsWithPairings(
    tx,
    rows.map(({ id }) => id),
  );
}
