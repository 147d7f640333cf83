import { contract, type Queue } from '@callweave/sdk/protocol';
import { callerOf } from '../../../../http/testing/invoke.ts';
import type { MakeStore } from '../../../../store/testing.ts';
import { createFlowRig, type FlowRig, type FlowRigOptions, PUBLIC_NUMBER } from '../../testing/flow-rig.ts';
import type { QueueOptions } from '../queue-options.ts';

export const DESK: QueueOptions = { id: 'desk', names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' }, restSeconds: 5 };
export const OTHER: QueueOptions = { id: 'other', names: { en: 'Other', fa: 'دیگر', cs: 'Jiná' }, members: ['spare'] };
export const STRAIGHT = '+982181021399';
export const SUPERVISOR = callerOf('boss', 'supervisor');
export const caller = (index: number) => `+98912000000${index}`;

export async function house(makeStore: MakeStore, queues: readonly QueueOptions[], options: FlowRigOptions = {}) {
  const rig = await createFlowRig(makeStore, { policy: { wrapUpSeconds: 0, greeting: [] }, ...options, queues });
  for (const id of ['a', 'b', 'c']) await rig.account(id, { inGroup: true });
  await rig.account('spare');
  return rig;
}

export async function dial(rig: FlowRig, from: string, to = PUBLIC_NUMBER): Promise<string> {
  const leg = rig.exchange.dial(from, to);
  await rig.advance(100);
  return leg;
}

export const ringsAt = (rig: FlowRig, ...accounts: string[]) =>
  accounts.filter((account) => rig.exchange.ringingAt(account).length > 0);

export async function answer(rig: FlowRig, account: string): Promise<string> {
  const [leg] = rig.exchange.ringingAt(account);
  if (leg === undefined) throw new Error(`It does not ring at ${account}.`);
  rig.exchange.farAnswers(leg);
  await rig.settle();
  return leg;
}

export const rowsOf = (rig: FlowRig) =>
  rig.store.db
    .selectFrom('calls')
    .select(['id', 'caller_number', 'state', 'outcome', 'queue', 'agent_id'])
    .orderBy('started_at')
    .execute();

export async function placesOf(rig: FlowRig): Promise<[string, number][]> {
  return (await rowsOf(rig)).flatMap(({ caller_number, queue }) =>
    queue === null ? [] : [[caller_number, (JSON.parse(queue) as { position: number }).position]],
  );
}

export async function overview(rig: FlowRig): Promise<Queue[]> {
  return (await rig.run(contract.queues.list, rig.centre.queues.list, {}, SUPERVISOR)).queues;
}
