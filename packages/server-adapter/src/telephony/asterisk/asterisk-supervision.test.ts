import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { type AsteriskRig, startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';
import { type EventLog, recordEvents } from '../testing/event-log.ts';
import type { TestCall, TestTelephone } from '../testing/rig.ts';

const CUSTOMER = '+989121234567';

let rig: AsteriskRig;
const opened: { close(): void | Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function keep<T extends { close(): void | Promise<void> }>(each: T): T {
  opened.push(each);
  return each;
}

async function ids(path: string): Promise<string[]> {
  return ((await (await rig.ari('GET', path)).json()) as { id: string }[]).map(({ id }) => id);
}

async function ringUp(exchange: Exchange, events: EventLog, account: string) {
  const phone: TestTelephone = keep(await rig.agent(account));
  const leg = randomUUID();
  await exchange.ring({
    leg,
    device: { kind: 'browser', account },
    callerId: { number: CUSTOMER },
    timeoutSeconds: 20,
  });
  const call = await phone.nextCall();
  await call.answer();
  await events.waitFor('answered', (event) => event.leg === leg);
  return { call, leg };
}

/** A customer talks with alice, and babak whispers to her. */
async function supervisedTalk(exchange: Exchange) {
  const events = keep(recordEvents(exchange));
  const customer: TestCall = await keep(await rig.telephone(CUSTOMER)).dial(rig.publicNumber);
  const { leg: customerLeg } = await events.waitFor('incoming');
  await exchange.answer(customerLeg);
  await customer.answered;
  const agent = await ringUp(exchange, events, 'alice');
  const bridge = `bridge-${randomUUID()}`;
  await exchange.createBridge(bridge);
  await exchange.join(bridge, customerLeg);
  await exchange.join(bridge, agent.leg);
  const supervisor = await ringUp(exchange, events, 'babak');
  const options = { supervision: randomUUID(), leg: supervisor.leg, agentLeg: agent.leg, mode: 'whisper' } as const;
  await exchange.supervise(options);
  return { events, customer, customerLeg, agent, supervisor, options };
}

async function nothingIsLeft(): Promise<void> {
  await expect.poll(() => ids('/channels'), { timeout: 5000 }).toEqual([]);
  await expect.poll(() => ids('/bridges'), { timeout: 5000 }).toEqual([]);
}

await describeWith(['asterisk'], 'supervision on Asterisk', () => {
  beforeAll(async () => {
    rig = await startAsteriskRig();
  }, 180_000);
  afterAll(async () => {
    await rig?.stop();
  }, 60_000);

  /** The adapter goes while somebody is supervised; `meanwhile`, and another comes. */
  async function restarted(meanwhile: () => Promise<void>): Promise<Exchange> {
    await rig.exchange.stop();
    await meanwhile();
    const after = rig.another();
    await after.start();
    keep({
      close: async () => {
        await after.stop();
        await rig.exchange.start();
      },
    });
    return after;
  }

  describe('an adapter that restarts during a supervision', { timeout: 60_000 }, () => {
    it('takes it over: it goes on, changes its mode once, and nothing of it is left at the end', async () => {
      const { customer, customerLeg, agent, supervisor, options } = await supervisedTalk(rig.exchange);
      const after = await restarted(async () => {});
      const events = keep(recordEvents(after));
      supervisor.call.tone(1300);
      agent.call.tone(null);
      customer.tone(null);
      expect(await agent.call.hear(1200)).toMatchObject({ hz: 1300 });
      // Known already: nothing is made a second time.
      const before = (await ids('/channels')).sort();
      await after.supervise(options);
      expect((await ids('/channels')).sort()).toEqual(before);

      await after.supervise({ ...options, mode: 'listen' });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect((await agent.call.hear(700)).hz).toBe(0);
      customer.tone(440);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await supervisor.call.hear(700)).toMatchObject({ hz: 440 });

      for (const leg of [customerLeg, agent.leg, supervisor.leg]) await after.hangup(leg);
      await events.waitFor('hungup', (event) => event.leg === supervisor.leg);
      await nothingIsLeft();
      expect(rig.problems).toEqual([]);
    });

    it("sweeps it when the agent's leg ended meanwhile", async () => {
      const { customerLeg, agent, supervisor } = await supervisedTalk(rig.exchange);
      const after = await restarted(async () => {
        await agent.call.hangup();
        await expect.poll(() => ids('/channels')).not.toContain(agent.leg);
      });
      expect((await after.legs()).map(({ leg }) => leg).sort()).toEqual([customerLeg, supervisor.leg].sort());
      await expect
        .poll(async () => (await ids('/channels')).sort(), { timeout: 3000 })
        .toEqual([customerLeg, supervisor.leg].sort());
      expect((await ids('/bridges')).filter((id) => id.startsWith('cw-'))).toEqual([]);
      for (const leg of [customerLeg, supervisor.leg]) await after.hangup(leg);
      await nothingIsLeft();
      expect(rig.problems).toEqual([]);
    });

    it("sweeps it when the supervisor's leg ended meanwhile", async () => {
      const { customerLeg, agent, supervisor } = await supervisedTalk(rig.exchange);
      const after = await restarted(async () => {
        await supervisor.call.hangup();
        await expect.poll(() => ids('/channels')).not.toContain(supervisor.leg);
      });
      await expect
        .poll(async () => (await ids('/channels')).sort(), { timeout: 3000 })
        .toEqual([customerLeg, agent.leg].sort());
      expect((await ids('/bridges')).filter((id) => id.startsWith('cw-'))).toEqual([]);
      for (const leg of [customerLeg, agent.leg]) await after.hangup(leg);
      await nothingIsLeft();
      expect(rig.problems).toEqual([]);
    });
  });
});
