import { ECHO_NUMBER, type LegId } from '../exchange.ts';
import { type AriChannel, type AriEvent, timeOf } from './ari-messages.ts';
import type { Bridges } from './bridges.ts';
import { deviceStateOf } from './devices.ts';
import type { Echoes } from './echoes.ts';
import type { ExchangeContext } from './exchange-context.ts';
import type { Faxes } from './faxes.ts';
import { hangupCauseOf } from './hangup-cause.ts';
import type { LegNotes } from './leg-notes.ts';
import { type Leg, legOf } from './legs.ts';
import type { Playbacks } from './playbacks.ts';
import type { Recordings } from './recordings.ts';
import { type Snoops, snoopedLeg } from './snoops.ts';
import type { Supervisions } from './supervisions.ts';

/** What the driver is made of, as far as the events of a leg concern it. */
export interface DriverParts {
  readonly notes: LegNotes;
  readonly snoops: Snoops;
  readonly playbacks: Playbacks;
  readonly recordings: Recordings;
  readonly bridges: Bridges;
  readonly supervisions: Supervisions;
  readonly faxes: Faxes;
  readonly echoes: Echoes;
}

/** Turns the events of Asterisk into those of the port, and keeps what is known of each leg. */
export class LegLifecycle {
  readonly #context: ExchangeContext;
  readonly #parts: DriverParts;
  readonly #accounts: ReadonlySet<string>;

  constructor(context: ExchangeContext, parts: DriverParts, accounts: ReadonlySet<string>) {
    this.#context = context;
    this.#parts = parts;
    this.#accounts = accounts;
  }

  handle(event: AriEvent): void {
    const at = timeOf(event.timestamp);
    switch (event.type) {
      case 'StasisStart':
        return this.#entered(event.channel, event.args, at);
      case 'ChannelStateChange':
        return this.#stateChanged(event.channel, at);
      case 'ChannelDtmfReceived':
        if (this.#context.legs.has(event.channel.id))
          this.#context.emit({ type: 'digit', leg: event.channel.id, digit: event.digit, at });
        return;
      case 'ChannelHold':
        return this.#held(event.channel.id, true, at);
      case 'ChannelUnhold':
        return this.#held(event.channel.id, false, at);
      case 'ChannelDestroyed': {
        const leg = this.#context.legs.get(event.channel.id);
        if (leg !== undefined) this.end(leg, event.cause, at);
        return;
      }
      case 'ChannelUserevent':
        return this.#parts.faxes.handle(event);
      case 'PlaybackFinished':
        return this.#parts.playbacks.finished(event.playback.id, at);
      case 'RecordingStarted':
      case 'RecordingFinished':
      case 'RecordingFailed':
        return this.#parts.recordings.handle(event);
      case 'EndpointStateChange':
      case 'ContactStatusChange':
        return this.#tellAccount(event.endpoint.resource);
      case 'StasisEnd':
      case 'ApplicationReplaced':
        return;
    }
  }

  #entered(channel: AriChannel, args: readonly string[], at: Date): void {
    if (snoopedLeg(channel.name) !== undefined) return this.#parts.snoops.entered(channel.id);
    const known = this.#context.legs.get(channel.id);
    if (known?.origin === 'ring') {
      known.entered = true;
      known.state = 'up';
      this.#context.emit({ type: 'answered', leg: known.id, at });
      return;
    }
    // A leg that the resynchronisation found first is announced here all the same: nobody was told of it yet.
    const leg = known ?? legOf(channel, this.#context.application, args);
    if (leg === undefined || leg.origin === 'ring') return;
    this.#context.legs.set(leg.id, leg);
    if (leg.origin === 'device' && leg.to === ECHO_NUMBER) this.#parts.echoes.begin(leg);
    else this.#context.emit({ type: 'incoming', leg: leg.id, origin: leg.origin, from: leg.from, to: leg.to, at });
    this.tellDevice(leg);
  }

  #stateChanged(channel: AriChannel, at: Date): void {
    const leg = this.#context.legs.get(channel.id);
    if (leg === undefined) return;
    if (channel.state === 'Ringing' && leg.origin === 'ring' && !leg.rang) {
      leg.rang = true;
      this.#context.emit({ type: 'ringing', leg: leg.id, at });
    }
    // A leg we rang is answered when it has entered the application: only then do commands reach it.
    if (channel.state === 'Up' && leg.state !== 'up' && leg.origin !== 'ring') {
      leg.state = 'up';
      this.#context.emit({ type: 'answered', leg: leg.id, at });
    }
  }

  #held(id: LegId, held: boolean, at: Date): void {
    const leg = this.#context.legs.get(id);
    if (leg === undefined || leg.held === held) return;
    leg.held = held;
    this.#context.emit({ type: 'held', leg: id, held, at });
  }

  /** The leg is over: whoever held something for it lets go, and it is told once. */
  end(leg: Leg, cause: number, at: Date): void {
    if (!this.#context.legs.delete(leg.id)) return;
    this.#parts.bridges.legEnded(leg);
    this.#parts.supervisions.legEnded(leg.id);
    this.#parts.playbacks.legEnded(leg.id, at);
    this.#parts.faxes.legEnded(leg.id, at);
    this.#parts.echoes.legEnded(leg.id);
    // Best effort: when the connection is gone as well, a short text stays in Asterisk until it restarts.
    this.#parts.notes.forget(leg.id).catch(() => undefined);
    const ours = leg.ending === undefined ? {} : { ours: leg.ending };
    this.#context.emit({
      type: 'hungup',
      leg: leg.id,
      cause: hangupCauseOf({ cause, origin: leg.origin, answered: leg.state === 'up', rang: leg.rang, ...ours }),
      at,
    });
    this.tellDevice(leg);
  }

  tellDevice(leg: Leg): void {
    if (leg.account !== undefined) this.#tellAccount(leg.account);
  }

  #tellAccount(account: string): void {
    if (!this.#accounts.has(account)) return;
    const device = { kind: 'browser', account } as const;
    deviceStateOf(this.#context, device).then(
      (state) => this.#context.emit({ type: 'device', device, state, at: new Date() }),
      // Down: the next "up" makes whoever keeps states ask again.
      () => undefined,
    );
  }
}
