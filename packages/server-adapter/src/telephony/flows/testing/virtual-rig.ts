import {
  CZECHIA,
  contract,
  type Endpoint,
  type FieldCaller,
  type InputOf,
  type OutputOf,
  type Pairing,
  type Project,
} from '@callweave/sdk/protocol';
import type { Caller } from '../../../http/operation.ts';
import { callerOf } from '../../../http/testing/invoke.ts';
import { createMessages, type MessageRequest, type Messages } from '../../../messages/index.ts';
import { dayIn } from '../../../orders/index.ts';
import type { MakeStore } from '../../../store/testing.ts';
import { createVirtualNumbers, type VirtualNumbers } from '../../../virtual-numbers.ts';
import type { VirtualNumbersOptions } from '../virtual/index.ts';
import { createFlowRig, type FlowRigOptions, PUBLIC_NUMBER } from './flow-rig.ts';

/** The numbers of the manual that this exchange follows. */
export const ACCESS = '+420234234399';
export const EXCHANGE = '+420234234390';
export const FICTITIOUS = ['+420228880001', '+420228880002', '+420228880003'] as const;
/** The field caller’s own: nobody may ever see it. */
export const REAL = '+420601000111';
export const DEALER = '+420541234567';
export const MANAGER = callerOf('manager', 'manager');

export interface VirtualRigOptions extends FlowRigOptions {
  readonly virtual?: Partial<VirtualNumbersOptions>;
}

type Group = 'projects' | 'fictitiousNumbers' | 'fieldCallers' | 'pairings' | 'fieldCalls' | 'refusedAttempts';

/** The flow of virtual numbers over a real store and the simulated exchange. */
export async function createVirtualRig(makeStore: MakeStore, options: VirtualRigOptions = {}) {
  /** Messages that were new and are durable, with what they say. */
  const sent: (MessageRequest & { readonly id: string })[] = [];
  let virtual: VirtualNumbers | undefined;
  let messages: Messages | undefined;
  const parts = (): VirtualNumbers => {
    if (virtual === undefined) throw new Error('The call centre has not made its flows.');
    return virtual;
  };
  const rig = await createFlowRig(makeStore, {
    ...options,
    policy: { numbering: CZECHIA, language: 'en', ...options.policy },
    flows: (services) => {
      messages = createMessages({ store: services.store, sms: undefined, clock: services.clock });
      const sender = messages;
      virtual = createVirtualNumbers({
        store: services.store,
        clock: services.clock,
        plan: CZECHIA,
        otherNumbers: [PUBLIC_NUMBER],
        options: { accessNumber: ACCESS, exchangeNumber: EXCHANGE, ...options.virtual },
        dayOf: (at) => dayIn('Europe/Prague', at),
        sendMessage: async (tx, message) => {
          const { isNew, id } = await sender.send(tx, message);
          if (isNew) tx.afterCommit(() => sent.push({ id, ...message }));
          return { isNew, id };
        },
        onError: (error) => {
          throw error;
        },
      });
      return virtual.flows(services);
    },
  });

  /** Runs an operation of a manager, or of somebody else, as the HTTP edge does. */
  function operate<G extends Group, K extends keyof (typeof contract)[G] & string>(
    group: G,
    name: K,
    input: (typeof contract)[G][K] extends Endpoint ? InputOf<(typeof contract)[G][K]> : never,
    caller: Caller = MANAGER,
  ): Promise<(typeof contract)[G][K] extends Endpoint ? OutputOf<(typeof contract)[G][K]> : never> {
    const endpoint = contract[group][name] as Endpoint;
    const operation = parts().numbers.operations[group]?.[name];
    return rig.run(endpoint, operation, input, caller) as never;
  }

  const project = (name: string, more: Partial<InputOf<typeof contract.projects.create>> = {}): Promise<Project> =>
    operate('projects', 'create', { name, ...more });

  async function fieldCaller(
    number: string = REAL,
    more: Partial<InputOf<typeof contract.fieldCallers.create>> = {},
  ): Promise<FieldCaller> {
    return operate('fieldCallers', 'create', { name: `Caller ${number.slice(-3)}`, number, locale: 'cs', ...more });
  }

  /** Adds the number to the project when it is not there yet, and pairs it. */
  async function pair(
    { id: projectId }: Project,
    number: string,
    { id: fieldCallerId }: FieldCaller,
    more: { expiresOn?: string } = {},
  ): Promise<Pairing> {
    const { numbers } = await operate('fictitiousNumbers', 'list', {});
    const { id: numberId } =
      numbers.find((known) => known.number === number) ??
      (await operate('fictitiousNumbers', 'create', { number, projectId }));
    return operate('pairings', 'create', { numberId, fieldCallerId, ...more });
  }

  return Object.assign(rig, {
    operate,
    sent,
    project,
    fieldCaller,
    pair,
    endOverdue: () => rig.during(parts().numbers.endOverdue()),
    /** Dials one of our numbers and waits until the exchange has answered or rings on. */
    async dials(from: string, to: string): Promise<string> {
      const leg = rig.exchange.dial(from, to);
      await rig.advance(200);
      return leg;
    },
    /** Keys digits when what is being said has begun. */
    async keys(leg: string, digits: string): Promise<void> {
      rig.exchange.farKeys(leg, digits);
      await rig.advance(200);
    },
    /** The leg that rings at an outside telephone, and what it sees. */
    ringingAtNumber(number: string) {
      return [...rig.exchange.legsById.values()].find(
        (leg) => leg.origin === 'ring' && leg.state === 'ringing' && leg.to === number,
      );
    },
    /** All that was said to a leg, in order. */
    said: (leg: string) => rig.exchange.played.filter((played) => played.leg === leg).flatMap(({ keys }) => keys),
    async messages() {
      return rig.store.db.selectFrom('messages').selectAll().orderBy('created_at').execute();
    },
    async cases() {
      return rig.store.db.selectFrom('callback_cases').selectAll().orderBy('opened_at').orderBy('id').execute();
    },
    async fieldCalls() {
      return rig.store.db.selectFrom('field_calls').selectAll().orderBy('started_at').execute();
    },
    async attempts() {
      return (await operate('refusedAttempts', 'list', {})).attempts;
    },
  });
}

export type VirtualRig = Awaited<ReturnType<typeof createVirtualRig>>;
