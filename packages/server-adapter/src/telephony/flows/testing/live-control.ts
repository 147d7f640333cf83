import { type Call, contract, type Endpoint, type InputOf, type OutputOf } from '@callweave/sdk/protocol';
import { expect, it } from 'vitest';
import { callerOf, change } from '../../../http/testing/invoke.ts';
import type { Store } from '../../../store/store.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../../testing/rig.ts';
import type { CallCentre } from '../call-centre.ts';

const COLLEAGUE = '+982166778899';
const CALLED = '+989120000042';

/** What the live flow gives to tests that stand in a file of their own. */
export interface LiveFlow {
  readonly rig: ExchangeRig;
  readonly store: Store;
  readonly centre: CallCentre;
  readonly errors: readonly unknown[];
  agent(index: 0 | 1 | 2): Promise<TestTelephone>;
  /** Switched off with the others. */
  outside(number: string): Promise<TestTelephone>;
  dial(): Promise<TestCall>;
  latest(): Promise<Call>;
  until(check: (call: Call) => void): Promise<void>;
  hangUpAll(...calls: TestCall[]): Promise<void>;
}

/** Transfers, a conference and calls that go out, with real sound: who shall hear whom does, and nobody else. */
export function liveControlTests(flow: () => LiveFlow): void {
  const calls = <K extends 'dial' | 'transfer' | 'completeTransfer' | 'conference' | 'removeParty'>(
    name: K,
    input: InputOf<(typeof contract.calls)[K]>,
    index: 0 | 1 | 2 = 0,
  ): Promise<OutputOf<(typeof contract.calls)[K]>> => {
    const { store, centre, rig } = flow();
    const endpoint = contract.calls[name] as Endpoint;
    const operation = centre.calls[name] as never;
    return change(store, endpoint, operation, input as never, callerOf(rig.accounts[index], 'agent')) as never;
  };
  const hears = (call: TestCall, hz: number) =>
    expect.poll(async () => (await call.hear(400)).hz, { timeout: 10_000 }).toBe(hz);
  /** Each speaks at its own pitch; with two speakers at once the louder wins by turns, so one speaks at a time. */
  const speaks = async (speaker: TestCall, hz: number, ...listeners: TestCall[]) => {
    speaker.tone(hz);
    for (const listener of listeners) await hears(listener, hz);
    speaker.tone(null);
  };
  async function talking(): Promise<{ customer: TestCall; first: TestCall; callId: string }> {
    const { agent, dial, latest, until } = flow();
    const phone = await agent(0);
    const customer = await dial();
    const first = await phone.nextCall();
    await first.answer();
    await until((call) => expect(call).toMatchObject({ state: 'answered' }));
    await speaks(customer, 440, first);
    return { customer, first, callId: (await latest()).id };
  }

  it('blind transfer: the second agent is heard, the first has hung up', async () => {
    const { agent, rig, until, hangUpAll, errors } = flow();
    const phone = await agent(1);
    const { customer, first, callId } = await talking();
    await calls('transfer', { callId, mode: 'blind', target: { kind: 'agent', accountId: rig.accounts[1] } });
    await first.ended;
    const second = await phone.nextCall();
    expect(second.headers['x-callweave-call']).toBe(callId);
    await second.answer();
    await speaks(customer, 440, second);
    await speaks(second, 800, customer);
    await until((call) => expect(call).toMatchObject({ agent: { id: rig.accounts[1] }, transfers: 1 }));
    await hangUpAll(customer, second);
    await until((call) => expect(call.recording.state).toBe('stored'));
    expect(errors).toEqual([]);
  });

  it('attended transfer to a number outside: they speak alone, then the customer has them', async () => {
    const { outside, rig, until, hangUpAll, errors } = flow();
    const colleague = await outside(COLLEAGUE);
    const { customer, first, callId } = await talking();
    await calls('transfer', { callId, mode: 'attended', target: { kind: 'number', number: COLLEAGUE } });
    const asked = await colleague.nextCall();
    expect(asked.peer).toBe(rig.publicNumber);
    await asked.answer();
    await until((call) => expect(call.parties).toMatchObject([{ number: COLLEAGUE, state: 'consulting' }]));
    await speaks(first, 800, asked);
    await speaks(asked, 1_200, first);
    // The customer speaks on and is heard by neither.
    customer.tone(440);
    expect((await first.hear(600)).hz).not.toBe(440);
    customer.tone(null);
    await calls('completeTransfer', { callId });
    await first.ended;
    await speaks(customer, 440, asked);
    await speaks(asked, 1_200, customer);
    await hangUpAll(customer, asked);
    expect(errors).toEqual([]);
  });

  it('three hear each other, and two of them when one is removed', async () => {
    const { agent, rig, until, latest, hangUpAll, errors } = flow();
    const phone = await agent(1);
    const { customer, first, callId } = await talking();
    await calls('conference', { callId, target: { kind: 'agent', accountId: rig.accounts[1] } });
    const third = await phone.nextCall();
    await third.answer();
    await until((call) => expect(call.parties).toMatchObject([{ state: 'talking' }]));
    await speaks(customer, 440, first, third);
    await speaks(first, 800, customer, third);
    await speaks(third, 1_200, customer, first);
    const [party] = (await latest()).parties;
    await calls('removeParty', { callId, partyId: party?.id as string });
    await third.ended;
    await speaks(customer, 440, first);
    await hangUpAll(customer, first);
    expect(errors).toEqual([]);
  });

  it('a call that goes out: our number is seen, both are heard, and how it was taken is told', async () => {
    const { agent, outside, rig, until, hangUpAll, errors } = flow();
    const phone = await agent(0);
    const far = await outside(CALLED);
    const { id } = await calls('dial', { to: CALLED });
    const own = await phone.nextCall();
    expect(own.headers).toMatchObject({ 'x-callweave-call': id, 'x-callweave-dial': id });
    await own.answer();
    const called = await far.nextCall();
    expect(called.peer).toBe(rig.publicNumber);
    await called.answer();
    await until((call) => expect(call).toMatchObject({ id, state: 'answered', recording: { state: 'recording' } }));
    await speaks(called, 440, own);
    await speaks(own, 800, called);
    await called.hangup();
    await own.ended;
    await until((call) => expect(call).toMatchObject({ id, state: 'ended', outcome: 'answered' }));

    const again = await calls('dial', { to: CALLED });
    await (await phone.nextCall()).answer();
    await (await far.nextCall()).decline('busy');
    await until((call) => expect(call).toMatchObject({ id: again.id, state: 'ended', outcome: 'busy' }));
    await hangUpAll();
    expect(errors).toEqual([]);
  });
}
