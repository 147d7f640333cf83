import {
  type BridgeId,
  type Device,
  type Exchange,
  ExchangeError,
  type ExchangeEvent,
  type FaxName,
  type HangupCause,
  type LegId,
  type PhoneCredentials,
  type PlaybackId,
  type PlayItem,
  type PromptLanguage,
  type ReceiveFaxOptions,
  type RecordingName,
  type RecordOptions,
  type RingOptions,
  type SuperviseOptions,
  type SupervisionId,
} from '../exchange.ts';
import { AriClient } from './ari-client.ts';
import { Bridges } from './bridges.ts';
import type { AgentAccount } from './config.ts';
import { AriConnection } from './connection.ts';
import { checkedTag, deviceStateOf, dialTarget, isBusy, originateBody } from './devices.ts';
import { Echoes } from './echoes.ts';
import { type ExchangeContext, legGone, legIn } from './exchange-context.ts';
import { Faxes } from './faxes.ts';
import { ariReasonOf } from './hangup-cause.ts';
import { LegLifecycle } from './leg-lifecycle.ts';
import { LegNotes } from './leg-notes.ts';
import { type Leg, snapshotOf } from './legs.ts';
import { Playbacks } from './playbacks.ts';
import { Recordings } from './recordings.ts';
import { resynchronise } from './resynchronisation.ts';
import { Snoops } from './snoops.ts';
import { SoundFiles, type SoundOptions } from './sounds.ts';
import { Supervisions } from './supervisions.ts';

export interface AsteriskExchangeOptions {
  readonly ari: {
    /** `http://host:port/ari`; keep it inside your own network. */
    readonly url: string;
    /** @default 'callweave' */
    readonly username?: string;
    readonly password: string;
  };
  /** The Stasis application of the dialplan; one adapter per application. @default 'callweave' */
  readonly application?: string;
  /** The accounts of `pjsip.conf`. */
  readonly agents: readonly AgentAccount[];
  readonly phones: {
    /** Where browser phones connect: `wss://…/ws`, or a path on the adapter's origin that is proxied to Asterisk's `/ws`. */
    readonly server: string;
    /** @default 'callweave.local' */
    readonly domain?: string;
  };
  /** Name of the trunk's endpoint. @default 'trunk' */
  readonly trunk?: string;
  readonly sounds?: SoundOptions;
  /** Told of what goes wrong outside any command. @default process.emitWarning */
  readonly onProblem?: (message: string) => void;
}

/** A repeated command comes within minutes; so many rings take far longer. */
const rememberedRings = 10_000;

/** A day: the passwords are those of the configuration, so phones ask again daily and learn of a changed one. */
const credentialsLifeMs = 24 * 3600 * 1000;

/** An {@link Exchange} on Asterisk ≥ 22.10.1 over ARI. Calls go on in Asterisk while the adapter restarts. */
export function createAsteriskExchange(options: AsteriskExchangeOptions): Exchange {
  return new AsteriskExchange(options);
}

class AsteriskExchange implements Exchange {
  readonly name = 'asterisk';
  readonly #options: AsteriskExchangeOptions;
  readonly #context: ExchangeContext;
  readonly #connection: AriConnection;
  readonly #listeners = new Set<(event: ExchangeEvent) => void>();
  readonly #notes: LegNotes;
  readonly #snoops: Snoops;
  readonly #sounds: SoundFiles;
  readonly #playbacks: Playbacks;
  readonly #recordings: Recordings;
  readonly #bridges: Bridges;
  readonly #supervisions: Supervisions;
  readonly #faxes: Faxes;
  readonly #lifecycle: LegLifecycle;
  /** Legs that were rung by this process, also after their end: a repeated command rings once. */
  readonly #rung = new Set<LegId>();

  constructor(options: AsteriskExchangeOptions) {
    const application = options.application ?? 'callweave';
    const access = {
      url: options.ari.url,
      username: options.ari.username ?? 'callweave',
      password: options.ari.password,
    };
    const problem = options.onProblem ?? ((message: string) => process.emitWarning(message, 'AsteriskExchange'));
    const ari = new AriClient(access);
    this.#options = options;
    this.#context = { ari, application, legs: new Map(), emit: (event) => this.#emit(event), problem };
    this.#notes = new LegNotes(ari);
    this.#snoops = new Snoops(this.#context);
    this.#sounds = new SoundFiles(options.sounds ?? {});
    this.#recordings = new Recordings(this.#context, this.#snoops);
    this.#playbacks = new Playbacks(this.#context, this.#snoops, this.#sounds, this.#recordings);
    this.#bridges = new Bridges(this.#context);
    this.#supervisions = new Supervisions(this.#context, this.#snoops, this.#bridges);
    this.#faxes = new Faxes(this.#context);
    const parts = {
      notes: this.#notes,
      snoops: this.#snoops,
      playbacks: this.#playbacks,
      recordings: this.#recordings,
      bridges: this.#bridges,
      supervisions: this.#supervisions,
      faxes: this.#faxes,
      echoes: new Echoes(this.#context, this.#bridges, this.#snoops),
    };
    this.#lifecycle = new LegLifecycle(this.#context, parts, new Set(options.agents.map(({ account }) => account)));
    this.#connection = new AriConnection(ari, access, application, {
      event: (event) => this.#lifecycle.handle(event),
      resync: (restarted) => resynchronise(this.#context, parts, this.#lifecycle, restarted),
      up: () => this.#emit({ type: 'up', at: new Date() }),
      down: (reason) => this.#emit({ type: 'down', reason, at: new Date() }),
      problem,
    });
  }

  start(): Promise<void> {
    return this.#connection.start();
  }

  async stop(): Promise<void> {
    this.#connection.stop();
    await this.#sounds.close();
  }

  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async legs() {
    this.#mustBeUp();
    return [...this.#context.legs.values()].map(snapshotOf);
  }

  async deviceState(device: Device) {
    this.#mustBeUp();
    return deviceStateOf(this.#context, device);
  }

  async credentials(account: string): Promise<PhoneCredentials> {
    const agent = this.#options.agents.find((each) => each.account === account);
    if (agent === undefined)
      throw new ExchangeError(
        'invalid',
        `Asterisk has no browser phone "${account}". Add it to the agents, and render the configuration again.`,
      );
    const { server, domain = 'callweave.local' } = this.#options.phones;
    return {
      uri: `sip:${account}@${domain}`,
      server,
      username: account,
      password: agent.password,
      realm: 'asterisk',
      expiresAt: new Date(Date.now() + credentialsLifeMs),
    };
  }

  async ring(options: RingOptions): Promise<void> {
    this.#mustBeUp();
    const { application, ari, legs } = this.#context;
    const target = dialTarget(options.device, this.#options.trunk ?? 'trunk');
    const body = originateBody(options, target, application);
    if (!/^(?!cw-)[A-Za-z0-9._-]{1,80}$/.test(options.leg))
      throw new ExchangeError('invalid', `"${options.leg}" cannot be a leg's id. Give a UUID.`);
    if (this.#rung.has(options.leg) || legs.has(options.leg)) return;
    this.#rung.add(options.leg);
    if (this.#rung.size > rememberedRings) this.#rung.delete(this.#rung.values().next().value ?? '');
    if (options.device.kind === 'browser' && isBusy(this.#context, options.device)) {
      setImmediate(() => this.#emit({ type: 'hungup', leg: options.leg, cause: 'busy', at: new Date() }));
      return;
    }
    const leg: Leg = {
      id: options.leg,
      origin: 'ring',
      from: options.callerId.number,
      to: target.to,
      since: new Date(),
      state: 'ringing',
      entered: false,
      rang: false,
      held: false,
      onHold: false,
      tag: options.tag,
      ...(target.account === undefined ? {} : { account: target.account }),
    };
    legs.set(leg.id, leg);
    try {
      // 409: a channel of this id rings already, from before a restart of this process.
      await ari.request('POST', ['channels'], {
        body,
        accept: [409],
        errors: { 400: 'unreachable', 500: 'unreachable' },
      });
      this.#lifecycle.tellDevice(leg);
    } catch (error) {
      legs.delete(leg.id);
      this.#rung.delete(leg.id);
      throw error;
    }
  }

  async answer(id: LegId): Promise<void> {
    const leg = this.#leg(id);
    if (leg.state === 'up') return;
    await this.#context.ari.request('POST', ['channels', id, 'answer'], { errors: legGone });
  }

  async progress(id: LegId): Promise<void> {
    const leg = this.#leg(id);
    if (leg.state === 'up') return;
    await this.#context.ari.request('POST', ['channels', id, 'ring'], { errors: legGone });
  }

  async hangup(id: LegId, cause?: HangupCause): Promise<void> {
    this.#mustBeUp();
    const leg = this.#context.legs.get(id);
    if (leg === undefined) return;
    leg.ending ??= cause ?? (leg.state === 'up' ? 'normal' : 'cancelled');
    await this.#context.ari.request('DELETE', ['channels', id], {
      query: { reason: ariReasonOf(leg.ending) },
      accept: [404],
    });
  }

  async tag(id: LegId, tag: string): Promise<void> {
    const leg = this.#leg(id);
    const before = leg.tag;
    leg.tag = checkedTag(tag);
    await this.#note(leg).catch((error: unknown) => {
      leg.tag = before;
      throw error;
    });
  }

  async play(
    id: LegId,
    items: readonly PlayItem[],
    options: { readonly playback: PlaybackId; readonly language: PromptLanguage },
  ): Promise<void> {
    await this.#playbacks.play(this.#leg(id), items, options.playback, options.language);
  }

  async stopPlayback(playback: PlaybackId): Promise<void> {
    this.#mustBeUp();
    await this.#playbacks.stop(playback);
  }

  async createBridge(bridge: BridgeId): Promise<void> {
    this.#mustBeUp();
    this.#bridges.create(bridge);
  }

  async join(bridge: BridgeId, id: LegId): Promise<void> {
    const leg = this.#leg(id, () => this.#bridges.mustKnow(bridge));
    if (leg.supervises !== undefined) await this.#supervisions.end(leg.supervises);
    if (!leg.onHold) await this.#playbacks.stopDirect(id);
    await this.#bridges.join(bridge, leg);
  }

  async leave(bridge: BridgeId, id: LegId): Promise<void> {
    await this.#bridges.leave(
      bridge,
      this.#leg(id, () => this.#bridges.mustKnow(bridge)),
    );
  }

  async destroyBridge(bridge: BridgeId): Promise<void> {
    this.#mustBeUp();
    await this.#bridges.destroy(bridge);
  }

  async hold(id: LegId, held: boolean): Promise<void> {
    const leg = this.#leg(id);
    if (leg.onHold === held) return;
    leg.onHold = held;
    try {
      if (held) {
        await this.#bridges.disconnect(leg);
        await this.#playbacks.startMusic(leg);
      } else {
        await this.#playbacks.stopDirect(id);
        await this.#bridges.connect(leg);
      }
      await this.#note(leg);
    } catch (error) {
      leg.onHold = !held;
      throw error;
    }
  }

  async mute(id: LegId, muted: boolean): Promise<void> {
    this.#leg(id);
    await this.#context.ari.request(muted ? 'POST' : 'DELETE', ['channels', id, 'mute'], {
      query: { direction: 'in' },
      errors: legGone,
    });
  }

  async supervise(options: SuperviseOptions): Promise<void> {
    const leg = this.#leg(options.leg);
    const agent = this.#leg(options.agentLeg);
    await this.#playbacks.stopDirect(leg.id);
    await this.#supervisions.supervise(options, leg, agent);
  }

  async endSupervision(supervision: SupervisionId): Promise<void> {
    this.#mustBeUp();
    await this.#supervisions.end(supervision);
  }

  async record({ leg, recording }: RecordOptions): Promise<void> {
    await this.#recordings.start(this.#leg(leg), recording);
  }

  async pauseRecording(recording: RecordingName, paused: boolean): Promise<void> {
    await this.#recordings.pause(recording, paused);
  }

  async stopRecording(recording: RecordingName): Promise<void> {
    await this.#recordings.stop(recording);
  }

  async fetchRecording(recording: RecordingName): Promise<Uint8Array> {
    return this.#recordings.fetch(recording);
  }

  async deleteRecording(recording: RecordingName): Promise<void> {
    await this.#recordings.delete(recording);
  }

  async receiveFax(options: ReceiveFaxOptions): Promise<void> {
    await this.#faxes.receive(this.#leg(options.leg), options);
  }

  async fetchFax(fax: FaxName): Promise<Uint8Array> {
    return this.#faxes.fetch(fax);
  }

  async deleteFax(fax: FaxName): Promise<void> {
    await this.#faxes.delete(fax);
  }

  #note(leg: Leg): Promise<void> {
    return this.#notes.write(leg.id, { tag: leg.tag, ...(leg.onHold ? { hold: { bridge: leg.bridge } } : {}) });
  }

  #mustBeUp(): void {
    if (!this.#connection.isUp)
      throw new ExchangeError(
        'exchange-down',
        'There is no connection to Asterisk at the moment. Repeat the command after the "up" event.',
      );
  }

  #leg(id: LegId, first?: () => void): Leg {
    this.#mustBeUp();
    first?.();
    return legIn(this.#context, id);
  }

  #emit(event: ExchangeEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#context.problem(`A listener failed on "${event.type}": ${String(error)}`);
      }
    }
  }
}
