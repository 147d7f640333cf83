import type { MakeStore } from '../../../store/testing.ts';
import { CUSTOMER_NUMBER, createFlowRig, type FlowRig, type FlowRigOptions, PUBLIC_NUMBER } from './flow-rig.ts';

/** A customer with two responders, a group of two, and an agent who has nothing to do with it. */
export async function createHouse(makeStore: MakeStore, options: FlowRigOptions = {}) {
  const rig = await createFlowRig(makeStore, options);
  const first = await rig.account('first');
  const second = await rig.account('second');
  const group = await rig.account('group1', { inGroup: true });
  const group2 = await rig.account('group2', { inGroup: true });
  const other = await rig.account('other');
  const customer = await rig.customer({ responders: ['first', 'second'] });
  return { rig, first, second, group, group2, other, customer };
}

/** Calls the public number. */
export async function ring(rig: FlowRig, from = CUSTOMER_NUMBER): Promise<string> {
  const leg = rig.exchange.dial(from, PUBLIC_NUMBER);
  await rig.advance(100);
  return leg;
}

/** Calls, hears the greeting, and is answered by this account. */
export async function talk(
  rig: FlowRig,
  account: string,
  from = CUSTOMER_NUMBER,
): Promise<{ customer: string; agent: string; id: string }> {
  const customer = await ring(rig, from);
  await rig.advance(5_000);
  const [agent] = rig.exchange.ringingAt(account);
  if (agent === undefined) throw new Error(`It does not ring at ${account}.`);
  rig.exchange.farAnswers(agent);
  await rig.settle();
  return { customer, agent, id: (await rig.call()).id };
}
