import {
  contract,
  type InputOf,
  type OutputOf,
  type ResponderDevice,
  type VoicemailMessage,
} from '@callweave/sdk/protocol';
import { asSized, type RecordingStore } from '../../../../connectors/recordings/recording-store.ts';
import type { Caller } from '../../../../http/operation.ts';
import { callerOf } from '../../../../http/testing/invoke.ts';
import type { MakeStore } from '../../../../store/testing.ts';
import type { VoicemailOptions } from '../../../../voicemail/index.ts';
import type { SimulatedFaults } from '../../../testing/simulated/simulated-exchange.ts';
import type { QueueOptions } from '../../queue/queue-options.ts';
import { CUSTOMER_NUMBER, createFlowRig, PUBLIC_NUMBER } from '../../testing/flow-rig.ts';
import { createVoicemail, type Voicemail } from '../create-voicemail.ts';

export const BOX_NUMBER = '+982181021377';
export const BOSS = callerOf('boss', 'supervisor');
export const STRANGER = '+982166778899';

export interface VoicemailHouseOptions {
  readonly voicemail?: VoicemailOptions;
  readonly queues?: readonly QueueOptions[];
  readonly faults?: SimulatedFaults;
  readonly device?: ResponderDevice;
}

type Group = typeof contract.voicemail;

/** The flow with its boxes, over the simulated exchange; `files` may be made to fail. */
export async function voicemailHouse(makeStore: MakeStore, options: VoicemailHouseOptions = {}) {
  const { queues = [], voicemail = {} } = options;
  const files = failingFiles();
  let running: Voicemail | undefined;
  const rig = await createFlowRig(makeStore, {
    policy: { wrapUpSeconds: 0, greeting: ['welcome'], ringSeconds: 10 },
    ...(queues.length > 0 && { queues }),
    ...(options.faults && { faults: options.faults }),
    flows: (services) => {
      running = createVoicemail({
        store: services.store,
        files,
        directory: services.directory,
        queues,
        voicemail: { numbers: { [BOX_NUMBER]: queues[0]?.id ?? 'group' }, ...voicemail },
        clock: services.clock,
      });
      return running.flows(services);
    },
    overflow: { voicemail: async (call, box) => (await running?.overflow.voicemail(call, box)) ?? false },
  });
  await rig.account('mina', { ...(options.device && { device: options.device }) });
  await rig.account('hamid', { inGroup: true });
  await rig.account('boss', { roles: ['supervisor'] });
  const ask = <K extends keyof Group>(name: K, input: InputOf<Group[K]>, caller: Caller): Promise<OutputOf<Group[K]>> =>
    rig.run(contract.voicemail[name], running?.operations?.['voicemail']?.[name], input as never, caller) as never;

  return {
    rig,
    files,
    ask,
    /** The bytes, or those that `range` asks for. */
    async sound(messageOrBox: { messageId: string } | { boxId: string }, caller: Caller, range?: string) {
      const request = new Request('http://desk.test/', range === undefined ? {} : { headers: { range } });
      const name = 'boxId' in messageOrBox ? 'greetingAudio' : 'audio';
      const operation = running?.operations?.['voicemail']?.[name] as (
        input: unknown,
        context: unknown,
      ) => Promise<Response>;
      return rig.during(operation(messageOrBox, { caller, request }));
    },
    emptyBin: () => rig.during(running?.emptyBin() ?? Promise.resolve(0)),
    mina: callerOf('mina', 'agent'),
    hamid: callerOf('hamid', 'agent'),
    messages: async (caller: Caller = BOSS): Promise<readonly VoicemailMessage[]> =>
      (await ask('list', {}, caller)).messages,
    /** Somebody calls the number of the box, and hears its greeting. */
    async callBox(from = STRANGER): Promise<string> {
      const leg = rig.exchange.dial(from, BOX_NUMBER);
      await rig.advance(200);
      return leg;
    },
    /** They call the desk, where nobody answers, and come to a box. */
    async callDesk(from = CUSTOMER_NUMBER): Promise<string> {
      const leg = rig.exchange.dial(from, PUBLIC_NUMBER);
      for (let waited = 0; waited < 60 && !rig.exchange.hears(leg).includes('voicemail-greeting'); waited += 1)
        await rig.advance(500);
      return leg;
    },
    /** From the greeting to after the tone, and so long on. */
    async speak(leg: string, seconds: number): Promise<void> {
      for (let waited = 0; waited < 30 && !rig.exchange.tracks.size; waited += 1) await rig.advance(250);
      if (![...rig.exchange.tracks.values()].some((track) => track.leg === leg))
        throw new Error('They are not recorded.');
      await rig.advance(seconds * 1000);
    },
  };
}

export type VoicemailHouse = Awaited<ReturnType<typeof voicemailHouse>>;

function failingFiles() {
  const all = new Map<string, Uint8Array>();
  const files: RecordingStore & { readonly all: typeof all; fail: (() => Error | undefined) | undefined } = {
    all,
    fail: undefined,
    async put(key, content) {
      const failure = files.fail?.();
      if (failure !== undefined) throw failure;
      const parts: Uint8Array[] = [];
      for await (const part of asSized(content).open()) parts.push(part);
      all.set(key, Buffer.concat(parts));
    },
    size: async (key) => all.get(key)?.length,
    async read(key, range) {
      const bytes = all.get(key);
      if (bytes === undefined) throw new Error('There is no such file.');
      const part = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
      return new Blob([part as Uint8Array<ArrayBuffer>]).stream();
    },
    async delete(key) {
      all.delete(key);
    },
  };
  return files;
}
