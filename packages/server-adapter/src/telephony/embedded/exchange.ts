import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type BridgeId,
  type Device,
  type DeviceState,
  type Exchange,
  ExchangeError,
  type ExchangeEvent,
  type FaxName,
  type HangupCause,
  type LegId,
  type LegSnapshot,
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
import { accountOf, phoneAccount, telephoneAccount } from './account.ts';
import { Bridge } from './bridge.ts';
import { EventHub } from './event-hub.ts';
import type { Leg } from './leg.ts';
import { Legs } from './legs.ts';
import { createPlaylist } from './media/audio-source.ts';
import { FrameClock } from './media/frame-clock.ts';
import { type EmbeddedExchangeOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { Recordings } from './recordings.ts';
import { checkRingOptions } from './ring-options.ts';
import { PhonePasswords } from './sip/digest.ts';
import { Supervisions } from './supervisions.ts';

/** An exchange inside of this process: browser phones over SIP on the adapter's own port, no other software. */
export interface EmbeddedExchange extends Exchange {
  /** Where phones connect; `attachUpgrade` listens there. */
  readonly path: string;
  /** For the `upgrade` event of a node HTTP server, for requests to the path of the exchange. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Credentials of an outside telephone: whoever registers with them is called, and calls, under this number. */
  telephoneCredentials(number: string): Promise<PhoneCredentials>;
  /** Makes the credentials of an account worthless and cuts its phone off, for example when a person signs out. */
  revoke(account: string): Promise<void>;
}

export function createEmbeddedExchange(options: EmbeddedExchangeOptions): EmbeddedExchange {
  return new EmbeddedExchangeDriver(resolveOptions(options));
}

class EmbeddedExchangeDriver implements EmbeddedExchange {
  readonly name = 'embedded';
  readonly path: string;
  readonly #options: ResolvedOptions;
  readonly #events: EventHub;
  readonly #clock: FrameClock;
  readonly #passwords: PhonePasswords;
  readonly #recordings: Recordings;
  readonly #bridges = new Map<BridgeId, Bridge>();
  readonly #playbacks = new Map<PlaybackId, Leg>();
  readonly #supervisions = new Supervisions();
  #legs: Legs | undefined;

  constructor(options: ResolvedOptions) {
    this.#options = options;
    // The option may be the whole address that phones are told; here its path counts.
    this.path = new URL(options.path, 'ws://localhost').pathname;
    this.#events = new EventHub((error) =>
      options.log('warn', `A listener of exchange events threw: ${String(error)}`),
    );
    this.#clock = new FrameClock((error) => options.log('warn', `Audio could not be made: ${String(error)}`));
    this.#passwords = new PhonePasswords({
      secret: options.credentialSecret,
      sliceSeconds: options.credentialSeconds,
      realm: options.domain,
    });
    this.#recordings = new Recordings(options.recordingsDir);
  }

  async start(): Promise<void> {
    if (this.#legs !== undefined) return;
    await this.#recordings.open();
    this.#legs = await Legs.open(this.#options, this.#passwords, this.#clock, (event) => this.#events.emit(event));
    this.#events.emit({ type: 'up', at: new Date() });
  }

  async stop(): Promise<void> {
    const legs = this.#legs;
    if (legs === undefined) return;
    this.#legs = undefined;
    for (const leg of legs.all()) leg.signalling?.hangup('normal');
    await this.#recordings.finishAll();
    this.#bridges.clear();
    await legs.close();
    this.#clock.stop();
  }

  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#legs === undefined)
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else this.#legs.handleUpgrade(request, socket, head);
  }

  async credentials(account: string): Promise<PhoneCredentials> {
    return this.#issue(phoneAccount(account));
  }

  async telephoneCredentials(number: string): Promise<PhoneCredentials> {
    return this.#issue(telephoneAccount(number));
  }

  async revoke(account: string): Promise<void> {
    this.#passwords.revoke(account);
    this.#legs?.disconnect(account);
  }

  async legs(): Promise<readonly LegSnapshot[]> {
    return this.#running()
      .all()
      .map((leg) => leg.snapshot());
  }

  async deviceState(device: Device): Promise<DeviceState> {
    return this.#running().deviceState(accountOf(device));
  }

  async ring(options: RingOptions): Promise<void> {
    checkRingOptions(options);
    await this.#running().ring(options, accountOf(options.device));
  }

  async answer(leg: LegId): Promise<void> {
    await this.#running().answer(leg);
  }

  async progress(leg: LegId): Promise<void> {
    this.#running().progress(leg);
  }

  async hangup(leg: LegId, cause?: HangupCause): Promise<void> {
    this.#running().hangup(leg, cause);
  }

  async tag(leg: LegId, tag: string): Promise<void> {
    this.#leg(leg).tag = tag;
  }

  async play(
    legId: LegId,
    items: readonly PlayItem[],
    options: { readonly playback: PlaybackId; readonly language: PromptLanguage },
  ): Promise<void> {
    this.#upLeg(legId);
    if (this.#playbacks.has(options.playback))
      throw new ExchangeError('invalid', `The playback "${options.playback}" is running already.`);
    const source = await createPlaylist(items, options.language, {
      promptsDir: this.#options.promptsDir,
      recording: (name) => this.#recordings.fetch(name),
    });
    // Files were read meanwhile, and the caller may have hung up.
    const leg = this.#upLeg(legId);
    if (this.#playbacks.has(options.playback))
      throw new ExchangeError('invalid', `The playback "${options.playback}" is running already.`);
    this.#playbacks.set(options.playback, leg);
    leg.audio.play(options.playback, source, () => {
      this.#playbacks.delete(options.playback);
      this.#events.emit({ type: 'playback-finished', playback: options.playback, leg: leg.id, at: new Date() });
    });
  }

  async stopPlayback(playback: PlaybackId): Promise<void> {
    this.#running();
    this.#playbacks.get(playback)?.audio.stop(playback);
  }

  async createBridge(bridge: BridgeId): Promise<void> {
    this.#running();
    if (!this.#bridges.has(bridge)) this.#bridges.set(bridge, new Bridge(bridge, this.#clock));
  }

  async join(bridgeId: BridgeId, legId: LegId): Promise<void> {
    const bridge = this.#bridge(bridgeId);
    const leg = this.#upLeg(legId);
    if (leg.bridge === bridge) return;
    leg.supervises?.end();
    leg.bridge?.leave(leg);
    leg.bridge = bridge;
    bridge.join(leg);
  }

  async leave(bridgeId: BridgeId, legId: LegId): Promise<void> {
    const bridge = this.#bridge(bridgeId);
    const leg = this.#leg(legId);
    if (leg.bridge !== bridge) return;
    leg.bridge = undefined;
    bridge.leave(leg);
  }

  async destroyBridge(bridgeId: BridgeId): Promise<void> {
    for (const leg of this.#bridge(bridgeId).close()) leg.bridge = undefined;
    this.#bridges.delete(bridgeId);
  }

  async hold(leg: LegId, held: boolean): Promise<void> {
    this.#upLeg(leg).holdByUs(held);
  }

  async mute(leg: LegId, muted: boolean): Promise<void> {
    this.#leg(leg).muted = muted;
  }

  async supervise(options: SuperviseOptions): Promise<void> {
    const leg = this.#upLeg(options.leg);
    this.#supervisions.supervise(options, leg, this.#upLeg(options.agentLeg));
  }

  async endSupervision(supervision: SupervisionId): Promise<void> {
    this.#running();
    this.#supervisions.end(supervision);
  }

  async record(options: RecordOptions): Promise<void> {
    const leg = this.#upLeg(options.leg);
    const { recording } = options;
    const recorder = await this.#recordings.start(recording, {
      finished: (durationMs) => {
        leg.recorders.delete(recorder);
        this.#events.emit({ type: 'recording-finished', recording, leg: leg.id, durationMs, at: new Date() });
      },
      failed: (reason) => {
        leg.recorders.delete(recorder);
        this.#events.emit({ type: 'recording-failed', recording, leg: leg.id, reason, at: new Date() });
      },
    });
    leg.recorders.add(recorder);
    // The leg may have ended while the file was opened; its end would then not be seen.
    if (this.#legs?.find(leg.id) !== leg) {
      await recorder.finish();
      throw new ExchangeError('unknown-leg', `The leg "${leg.id}" has just ended.`);
    }
  }

  async pauseRecording(recording: RecordingName, paused: boolean): Promise<void> {
    this.#recordings.running(recording).pause(paused);
  }

  async stopRecording(recording: RecordingName): Promise<void> {
    await this.#recordings.running(recording).finish();
  }

  async fetchRecording(recording: RecordingName): Promise<Uint8Array> {
    return this.#recordings.fetch(recording);
  }

  async deleteRecording(recording: RecordingName): Promise<void> {
    await this.#recordings.delete(recording);
  }

  async receiveFax({ leg }: ReceiveFaxOptions): Promise<void> {
    this.#leg(leg);
    throw new ExchangeError('unsupported', 'The exchange in a box takes no faxes. Use Asterisk for a fax number.');
  }

  async fetchFax(fax: FaxName): Promise<Uint8Array> {
    throw new ExchangeError('unknown-fax', `There is no fax "${fax}": the exchange in a box takes none.`);
  }

  async deleteFax(): Promise<void> {
    this.#running();
  }

  #issue(account: string): PhoneCredentials {
    const { domain, path } = this.#options;
    return {
      uri: `sip:${account}@${domain}`,
      server: path,
      username: account,
      realm: domain,
      ...this.#passwords.issue(account),
    };
  }

  #running(): Legs {
    if (this.#legs === undefined)
      throw new ExchangeError('exchange-down', 'The exchange is not running; call start() first.');
    return this.#legs;
  }

  #leg(id: LegId): Leg {
    return this.#running().get(id);
  }

  #upLeg(id: LegId): Leg {
    const leg = this.#leg(id);
    if (leg.state !== 'up') throw new ExchangeError('invalid', `The leg "${id}" is not answered yet.`);
    return leg;
  }

  #bridge(id: BridgeId): Bridge {
    this.#running();
    const bridge = this.#bridges.get(id);
    if (bridge === undefined) throw new ExchangeError('unknown-bridge', `There is no bridge "${id}".`);
    return bridge;
  }
}
