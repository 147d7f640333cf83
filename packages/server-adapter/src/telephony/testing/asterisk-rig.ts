import { type RunningAsterisk, startAsterisk } from '../../../../../scripts/system/ensure.ts';
import { type AsteriskExchangeOptions, createAsteriskExchange } from '../asterisk/index.ts';
import type { Exchange } from '../exchange.ts';
import type { ExchangeRig } from './rig.ts';
import { SipTelephone } from './sip-telephone.ts';
import { TrunkWorld } from './trunk-world.ts';

export interface AsteriskRig extends ExchangeRig {
  readonly asterisk: RunningAsterisk;
  readonly world: TrunkWorld;
  /** What went wrong outside any command. */
  readonly problems: readonly string[];
  /** Another driver on the same Asterisk, not started: an adapter after its restart. */
  another(options?: Partial<AsteriskExchangeOptions>): Exchange;
  /** Asks Asterisk itself, past the driver. */
  ari(method: string, path: string): Promise<Response>;
}

/** A real Asterisk with the generated configuration: browser phones on its `/ws`, the outside world behind its trunk. */
export async function startAsteriskRig(): Promise<AsteriskRig> {
  const accounts = ['alice', 'babak', 'cyrus'] as const;
  const agents = accounts.map((account) => ({ account, password: `only-for-tests-${account}` }));
  const world = await TrunkWorld.open();
  const asterisk = await startAsterisk({ agents, trunk: { host: '127.0.0.1', port: world.port } }).catch(
    (error: unknown) => {
      world.close();
      throw error;
    },
  );
  world.connect(asterisk.sipPort);
  const problems: string[] = [];
  const another = (options: Partial<AsteriskExchangeOptions> = {}) =>
    createAsteriskExchange({
      ari: { url: asterisk.ariUrl, password: asterisk.ariPassword },
      agents,
      phones: { server: asterisk.wsUrl, domain: asterisk.domain },
      onProblem: (message) => problems.push(message),
      ...options,
    });
  const exchange = another();
  const stop = async () => {
    await exchange.stop();
    world.close();
    await asterisk.stop();
  };
  await exchange.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUsername}:${asterisk.ariPassword}`).toString('base64')}`;
  return {
    exchange,
    asterisk,
    world,
    problems,
    another,
    publicNumber: '+982181021380',
    accounts,
    telephone: async (number) => world.telephone(number),
    agent: async (account) => SipTelephone.register(asterisk.wsUrl, await exchange.credentials(account)),
    ari: (method, path) => fetch(`${asterisk.ariUrl}${path}`, { method, headers: { authorization } }),
    stop,
  };
}
