import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { ExchangeError, type HangupCause, type LegId } from '../exchange.ts';
import { type EventLog, recordEvents } from '../testing/event-log.ts';
import type { ExchangeRig, TestCall, TestTelephone } from '../testing/rig.ts';

export const CUSTOMER = '+989121234567';

/** A measured frequency: a lost packet in the window smears it by a few hertz. */
export const near = (hz: number) => expect.closeTo(hz, -1.6) as number;

/** The {@link ExchangeError} that a command is expected to reject with. */
export async function rejection(promise: Promise<unknown>): Promise<ExchangeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ExchangeError);
  return error as ExchangeError;
}

interface Party {
  readonly call: TestCall;
  readonly leg: LegId;
}

export interface BridgedPair {
  readonly customer: TestCall;
  readonly customerLeg: LegId;
  readonly responder: TestCall;
  readonly responderLeg: LegId;
  readonly bridge: string;
}

/** What the scenarios of the contract begin with: telephones that call and are called, on the rig of one driver. */
export class ContractBench {
  readonly #makeRig: () => Promise<ExchangeRig>;
  readonly #phones: TestTelephone[] = [];
  #rig: ExchangeRig | undefined;
  #events: EventLog | undefined;

  constructor(makeRig: () => Promise<ExchangeRig>) {
    this.#makeRig = makeRig;
  }

  async start(): Promise<void> {
    this.#rig = await this.#makeRig();
  }

  async stop(): Promise<void> {
    await this.#rig?.stop();
  }

  get rig(): ExchangeRig {
    if (this.#rig === undefined) throw new Error('The rig of the contract has not been started.');
    return this.#rig;
  }

  get events(): EventLog {
    if (this.#events === undefined) throw new Error('Events are recorded during a test only.');
    return this.#events;
  }

  begin(): void {
    this.#events = recordEvents(this.rig.exchange);
  }

  /** Ends every call and switches every telephone off, so that no test sees another's. */
  async end(): Promise<void> {
    for (const { leg } of await this.rig.exchange.legs()) await this.rig.exchange.hangup(leg);
    for (const phone of this.#phones.splice(0)) await phone.close();
    this.#events?.close();
  }

  async telephone(number = CUSTOMER): Promise<TestTelephone> {
    return this.#keep(await this.rig.telephone(number));
  }

  async agent(index: 0 | 1 | 2 = 0): Promise<TestTelephone> {
    return this.#keep(await this.rig.agent(this.rig.accounts[index]));
  }

  async inbound(number = CUSTOMER): Promise<Party & { readonly phone: TestTelephone }> {
    const phone = await this.telephone(number);
    const call = await phone.dial(this.rig.publicNumber);
    const { leg } = await this.events.waitFor('incoming', (event) => event.from === number);
    return { call, leg, phone };
  }

  async answeredInbound(number = CUSTOMER): Promise<Party> {
    const { call, leg } = await this.inbound(number);
    await this.rig.exchange.answer(leg);
    await Promise.all([call.answered, this.events.waitFor('answered', (event) => event.leg === leg)]);
    return { call, leg };
  }

  async ringAgent(index: 0 | 1 | 2 = 0, timeoutSeconds = 20): Promise<Party & { readonly phone: TestTelephone }> {
    const phone = await this.agent(index);
    const leg = randomUUID();
    await this.rig.exchange.ring({
      leg,
      device: { kind: 'browser', account: this.rig.accounts[index] },
      callerId: { number: CUSTOMER },
      timeoutSeconds,
      tag: `call-${leg}`,
    });
    return { call: await phone.nextCall(), leg, phone };
  }

  async answeredAgent(index: 0 | 1 | 2 = 0): Promise<Party & { readonly phone: TestTelephone }> {
    const ringing = await this.ringAgent(index);
    await ringing.call.answer();
    await Promise.all([ringing.call.answered, this.events.waitFor('answered', (event) => event.leg === ringing.leg)]);
    return ringing;
  }

  async bridged(): Promise<BridgedPair> {
    const customer = await this.answeredInbound();
    const responder = await this.answeredAgent();
    const bridge = randomUUID();
    await this.rig.exchange.createBridge(bridge);
    await this.rig.exchange.join(bridge, customer.leg);
    await this.rig.exchange.join(bridge, responder.leg);
    return {
      customer: customer.call,
      customerLeg: customer.leg,
      responder: responder.call,
      responderLeg: responder.leg,
      bridge,
    };
  }

  async causeOf(leg: LegId): Promise<HangupCause> {
    return (await this.events.waitFor('hungup', (event) => event.leg === leg, 15_000)).cause;
  }

  #keep(phone: TestTelephone): TestTelephone {
    this.#phones.push(phone);
    return phone;
  }
}
