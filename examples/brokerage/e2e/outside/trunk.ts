import type { TestCall } from '../../../../packages/server-adapter/src/telephony/testing/rig.ts';
import { startSippCustomer } from '../../../../packages/server-adapter/src/telephony/testing/sipp.ts';
import { TrunkWorld } from '../../../../packages/server-adapter/src/telephony/testing/trunk-world.ts';
import { startAsterisk } from '../../../../scripts/system/ensure.ts';
import { DEMO, PUBLIC_NUMBER } from '../../src/demo.ts';
import { until } from '../until.ts';
import type { CustomerCall, Outside, OutsideTelephone } from './customer.ts';

const VOICE_HZ = 1100;
const SILENCE = 0.003;

/** A real Asterisk, and customers who call through its trunk with SIPp. */
export async function openAsterisk(): Promise<Outside> {
  const agents = DEMO.users
    .filter(({ job }) => job !== 'dealer')
    .map(({ username }) => ({ account: username, password: `only-for-tests-${username}` }));
  const world = await TrunkWorld.open();
  const asterisk = await startAsterisk({ agents, trunk: { host: '127.0.0.1', port: world.port } });
  world.connect(asterisk.sipPort);
  return {
    name: 'Asterisk',
    env: {
      ASTERISK: JSON.stringify({
        ari: { url: asterisk.ariUrl, password: asterisk.ariPassword },
        agents,
        phones: { server: asterisk.wsUrl, domain: asterisk.domain },
      }),
    },
    voiceHz: VOICE_HZ,
    complaints: [],
    async ring(from) {
      const call = await startSippCustomer({
        exchangePort: asterisk.sipPort,
        from,
        to: PUBLIC_NUMBER,
        toneHz: VOICE_HZ,
        seconds: 300,
      });
      call.answered.catch(() => undefined);
      const listen = async () => ((await call.hear(250)).level > SILENCE ? 'sound' : 'silence');
      return {
        connected: () => call.answered,
        key: (digits) => call.digits(digits),
        listen,
        hears: async (what) => void (await until(`the customer hears ${what}`, async () => (await listen()) === what)),
        hangup: async () => void (await call.hangup()),
        async over() {
          const patience = setTimeout(() => void call.kill(), 20_000);
          const result = await call.ended;
          clearTimeout(patience);
          if (result.ended !== 'far' && result.ended !== 'refused')
            throw new Error(`The customer's call was not ended by the exchange but: ${result.ended} ${result.errors}`);
        },
      };
    },
    telephone: async (number) => switchOn(world, number),
    async close() {
      world.close();
      await asterisk.stop();
    },
  };
}

/** A telephone at the other end of the trunk. */
function switchOn(world: TrunkWorld, number: string): OutsideTelephone {
  const telephone = world.telephone(number);
  return {
    dial: async (to) => callOf(await telephone.dial(to)),
    async rings() {
      const call = await telephone.nextCall(30_000);
      return { ...callOf(call), from: call.peer, answer: () => call.answer() };
    },
    close: () => telephone.close(),
  };
}

function callOf(call: TestCall): CustomerCall {
  call.answered.catch(() => undefined);
  call.tone(VOICE_HZ);
  const listen = async () => ((await call.hear(250)).level > SILENCE ? 'sound' : 'silence');
  return {
    connected: () => call.answered,
    key: (digits) => call.digits(digits),
    listen,
    hears: async (what) => void (await until(`the telephone hears ${what}`, async () => (await listen()) === what)),
    hangup: () => call.hangup(),
    over: async () => void (await call.ended),
  };
}
