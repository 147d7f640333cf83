import {
  type BridgeId,
  type Device,
  type Exchange,
  ExchangeError,
  type ExchangeEvent,
  type HangupCause,
  type LegId,
  type PhoneCredentials,
  type PlaybackId,
  type PlayItem,
  type PromptLanguage,
  type RecordingName,
  type RecordOptions,
  type RingOptions,
} from '../exchange.ts';
import { AriClient } from './ari-client.ts';
import {
  type AriBridge,
  type AriChannel,
  type AriEvent,
  bridgeListSchema,
  channelListSchema,
  timeOf,
} from './ari-messages.ts';
import { Bridges } from './bridges.ts';
import type { AgentAccount } from './config.ts';
import { AriConnection } from './connection.ts';
import { checkedTag, deviceStateOf, dialTarget, isBusy, originateBody } from './devices.ts';
import { type ExchangeContext, legGone, legIn } from './exchange-context.ts';
import { ariReasonOf, hangupCauseOf } from './hangup-cause.ts';
import { LegNotes } from './leg-notes.ts';
import { type Leg, legOf, snapshotOf } from './legs.ts';
import { Playbacks } from './playbacks.ts';
import { Recordings, recordingOfSnoop } from './recordings.ts';
import { Snoops, snoopedLeg } from './snoops.ts';
import { SoundFiles, type SoundOptions } from './sounds.ts';

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
    this.#playbacks = new Playbacks(this.#context, this.#snoops, this.#sounds);
    this.#recordings = new Recordings(this.#context, this.#snoops);
    this.#bridges = new Bridges(this.#context);
    this.#connection = new AriConnection(ari, access, application, {
      event: (event) => this.#handle(event),
      resync: (restarted) => this.#resync(restarted),
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
      this.#tellDevice(leg);
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

  #handle(event: AriEvent): void {
    const at = timeOf(event.timestamp);
    switch (event.type) {
      case 'StasisStart':
        return this.#entered(event.channel, event.args, at);
      case 'ChannelStateChange':
        return this.#stateChanged(event.channel, at);
      case 'ChannelDtmfReceived':
        if (this.#context.legs.has(event.channel.id))
          this.#emit({ type: 'digit', leg: event.channel.id, digit: event.digit, at });
        return;
      case 'ChannelHold':
        return this.#held(event.channel.id, true, at);
      case 'ChannelUnhold':
        return this.#held(event.channel.id, false, at);
      case 'ChannelDestroyed': {
        const leg = this.#context.legs.get(event.channel.id);
        if (leg !== undefined) this.#end(leg, event.cause, at);
        return;
      }
      case 'PlaybackFinished':
        return this.#playbacks.finished(event.playback.id, at);
      case 'RecordingStarted':
      case 'RecordingFinished':
      case 'RecordingFailed':
        return this.#recordings.handle(event);
      case 'EndpointStateChange':
      case 'ContactStatusChange':
        return this.#tellAccount(event.endpoint.resource);
      case 'StasisEnd':
      case 'ApplicationReplaced':
        return;
    }
  }

  #entered(channel: AriChannel, args: readonly string[], at: Date): void {
    if (snoopedLeg(channel.name) !== undefined) return this.#snoops.entered(channel.id);
    const known = this.#context.legs.get(channel.id);
    if (known?.origin === 'ring') {
      known.entered = true;
      known.state = 'up';
      this.#emit({ type: 'answered', leg: known.id, at });
      return;
    }
    // A leg that the resynchronisation found first is announced here all the same: nobody was told of it yet.
    const leg = known ?? legOf(channel, this.#context.application, args);
    if (leg === undefined || leg.origin === 'ring') return;
    this.#context.legs.set(leg.id, leg);
    this.#emit({ type: 'incoming', leg: leg.id, origin: leg.origin, from: leg.from, to: leg.to, at });
    this.#tellDevice(leg);
  }

  #stateChanged(channel: AriChannel, at: Date): void {
    const leg = this.#context.legs.get(channel.id);
    if (leg === undefined) return;
    if (channel.state === 'Ringing' && leg.origin === 'ring' && !leg.rang) {
      leg.rang = true;
      this.#emit({ type: 'ringing', leg: leg.id, at });
    }
    // A leg we rang is answered when it has entered the application: only then do commands reach it.
    if (channel.state === 'Up' && leg.state !== 'up' && leg.origin !== 'ring') {
      leg.state = 'up';
      this.#emit({ type: 'answered', leg: leg.id, at });
    }
  }

  #held(id: LegId, held: boolean, at: Date): void {
    const leg = this.#context.legs.get(id);
    if (leg === undefined || leg.held === held) return;
    leg.held = held;
    this.#emit({ type: 'held', leg: id, held, at });
  }

  #end(leg: Leg, cause: number, at: Date): void {
    if (!this.#context.legs.delete(leg.id)) return;
    this.#bridges.legEnded(leg);
    this.#playbacks.legEnded(leg.id, at);
    // Best effort: when the connection is gone as well, a short text stays in Asterisk until it restarts.
    this.#notes.forget(leg.id).catch(() => undefined);
    const ours = leg.ending === undefined ? {} : { ours: leg.ending };
    this.#emit({
      type: 'hungup',
      leg: leg.id,
      cause: hangupCauseOf({ cause, origin: leg.origin, answered: leg.state === 'up', rang: leg.rang, ...ours }),
      at,
    });
    this.#tellDevice(leg);
  }

  #tellDevice(leg: Leg): void {
    if (leg.account !== undefined) this.#tellAccount(leg.account);
  }

  #tellAccount(account: string): void {
    if (!this.#options.agents.some((agent) => agent.account === account)) return;
    const device = { kind: 'browser', account } as const;
    deviceStateOf(this.#context, device).then(
      (state) => this.#emit({ type: 'device', device, state, at: new Date() }),
      // Down: the next "up" makes whoever keeps states ask again.
      () => undefined,
    );
  }

  /** A leg of before a restart of this process: what was noted of it, and the hold that goes on. */
  async #recall(leg: Leg): Promise<void> {
    const { tag, hold } = await this.#notes.read(leg.id);
    leg.tag = tag ?? leg.tag;
    if (hold === undefined) return;
    leg.onHold = true;
    if (hold.bridge !== undefined) this.#bridges.adoptHeld(hold.bridge, leg);
    await this.#playbacks.adoptHeld(leg).catch((error: unknown) => {
      this.#context.problem(`Hold music could not be taken over: ${String(error)}`);
    });
  }

  async #resync(restarted: boolean): Promise<void> {
    const { ari, application, legs } = this.#context;
    const channels = await ari.json(channelListSchema, ['channels']);
    const bridges: readonly AriBridge[] = await ari.json(bridgeListSchema, ['bridges']);
    const present = new Map(channels.map((channel) => [channel.id, channel]));

    for (const channel of channels) {
      const known = legs.get(channel.id);
      const found = legOf(channel, application);
      if (known === undefined && found !== undefined) {
        legs.set(found.id, found);
        await this.#recall(found);
      }
      if (known !== undefined) {
        if (channel.state === 'Up' && (known.origin !== 'ring' || found?.entered))
          Object.assign(known, { state: 'up', entered: true });
      }
    }
    const now = new Date();
    for (const leg of legs.values()) {
      if (present.has(leg.id)) continue;
      // It died with Asterisk, or else ended in the ordinary way while nobody listened.
      if (restarted) leg.ending ??= 'failed';
      this.#end(leg, 16, now);
    }
    await this.#bridges.resync(bridges);

    const recordings = new Set<RecordingName>();
    for (const { id, name } of channels) {
      const leg = snoopedLeg(name);
      if (leg === undefined || !id.startsWith('cw-')) continue;
      const recording = recordingOfSnoop(id);
      if (recording !== undefined && legs.has(leg)) {
        recordings.add(recording);
        this.#recordings.adopt(recording, leg);
      } else if (!legs.has(leg)) await this.#snoops.close(id);
    }
    this.#recordings.lost(recordings, now);
  }
}
