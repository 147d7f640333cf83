import {
  examineDocument,
  type FaxDocument,
  FaxDocumentError,
  type FaxOutcome,
  type FaxShelf,
  keepDocument,
  keepFailure,
} from '../../../faxes/index.ts';
import { ExchangeError, type LegId, type LegSnapshot } from '../../exchange.ts';
import { type FlowServices, isGone } from '../call-session.ts';
import { LegSound, prompt } from '../leg-sound.ts';
import { writeTag } from '../leg-tag.ts';
import { Mailbox } from '../mailbox.ts';
import type { LegEvent, LegOwner } from '../switchboard.ts';
import { TimerGroup } from '../timers.ts';

/** A full disk, or an exchange that has to come back first: the pages wait at the exchange, and are fetched again. */
const AGAIN_MS = [1_000, 5_000, 15_000, 30_000] as const;

/** One fax over the line: received by the exchange, fetched, looked at, kept, and only then deleted there. */
export class FaxCall implements LegOwner {
  readonly id: string;
  readonly #services: FlowServices;
  readonly #shelf: FaxShelf;
  readonly #leg: LegId;
  readonly #calledNumber: string;
  readonly #ended: () => void;
  readonly #mailbox: Mailbox;
  readonly #timers: TimerGroup;
  /** The outcome is known; all that is left is to keep it. */
  #settled = false;
  #waiting = false;
  #abandoned = false;
  #tries = 0;
  /** Why nothing is received is being said. */
  #sound: LegSound | undefined;
  #said = () => {};

  constructor(
    services: FlowServices,
    shelf: FaxShelf,
    fax: { readonly id: string; readonly leg: LegId; readonly calledNumber: string },
    ended: () => void,
  ) {
    this.id = fax.id;
    this.#services = services;
    this.#shelf = shelf;
    this.#leg = fax.leg;
    this.#calledNumber = fax.calledNumber;
    this.#ended = ended;
    this.#timers = new TimerGroup(services.timers);
    this.#mailbox = new Mailbox(async (error) => services.logger.error(`Fax ${fax.id} is in trouble.`, error));
  }

  get active(): boolean {
    return !this.#mailbox.idle && !this.#waiting;
  }

  /** Answers as a fax machine. */
  begin(): void {
    this.#mailbox.post(async () => {
      const { exchange, logger, debts } = this.#services;
      try {
        await exchange.tag(this.#leg, writeTag({ callId: this.id, role: 'fax' }));
        await exchange.receiveFax({ leg: this.#leg, fax: this.id, stationId: this.#calledNumber });
      } catch (error) {
        if (isGone(error)) return this.#settle({ failure: 'broken-off' });
        const unsupported = error instanceof ExchangeError && error.code === 'unsupported';
        logger.error(`Fax ${this.id} cannot be received.`, error);
        const failureDetail = error instanceof ExchangeError ? error.message : '';
        // First the reason: the end of the leg would else be taken for it.
        this.#settle({ failure: unsupported ? 'unsupported' : 'broken-off', failureDetail }, async () => {
          if (unsupported) await this.#refuse();
          await debts.pay(`leg ${this.#leg}`, () => exchange.hangup(this.#leg, 'rejected'));
        });
      }
    });
  }

  handle(event: LegEvent): void {
    switch (event.type) {
      case 'fax-finished':
        return this.#settle({ stationId: event.stationId });
      case 'fax-failed':
        return this.#settle({ stationId: event.stationId, failure: 'broken-off', failureDetail: event.reason });
      case 'hungup':
        this.#sound?.forget();
        this.#said();
        return this.#settle({ failure: 'broken-off' });
      case 'playback-finished':
        this.#sound?.handleFinished(event.playback);
        return;
      default:
        return;
    }
  }

  resync(alive: ReadonlyMap<LegId, LegSnapshot>, known: ReadonlySet<LegId>): void {
    if (!known.has(this.#leg) || alive.has(this.#leg)) return;
    this.#said();
    this.missed();
  }

  /** It ended while nobody listened. */
  missed(): void {
    this.#settle({ failure: 'outcome-unknown' });
  }

  async abandon(): Promise<void> {
    this.#abandoned = true;
    this.#timers.cancelAll();
    this.#said();
    await this.#mailbox.drained();
  }

  #settle(outcome: FaxOutcome, then: () => Promise<void> = async () => {}): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#mailbox.post(() => this.#keep(outcome, then));
  }

  /** A machine goes away by itself; whoever stands beside it hears why. */
  async #refuse(): Promise<void> {
    const { exchange, clock, policy } = this.#services;
    const sound = new LegSound({
      leg: this.#leg,
      exchange,
      timers: this.#timers,
      language: () => policy.language,
      now: () => clock.now().getTime(),
    });
    this.#sound = sound;
    this.#waiting = true;
    try {
      await exchange.answer(this.#leg);
      await new Promise<void>((resolve) => {
        this.#said = resolve;
        void sound.play([prompt('no-fax'), prompt('goodbye')], () => resolve());
      });
    } catch (error) {
      if (!isGone(error)) this.#services.logger.warn(`The caller of fax ${this.id} was not told why.`, error);
    }
    this.#waiting = false;
  }

  async #keep(outcome: FaxOutcome, then: () => Promise<void>): Promise<void> {
    const { exchange, debts, logger } = this.#services;
    if (this.#abandoned) return;
    try {
      const document = await this.#fetch();
      if (document === undefined)
        await keepFailure(this.#shelf, this.id, { ...outcome, failure: outcome.failure ?? 'broken-off' });
      else if (document instanceof FaxDocumentError)
        await keepFailure(this.#shelf, this.id, {
          ...outcome,
          failure: document.reason === 'too-large' ? 'too-large' : 'unreadable',
          failureDetail: document.message,
        });
      else await keepDocument(this.#shelf, this.id, document, outcome);
    } catch (error) {
      if (this.#tries === 0) logger.error(`Fax ${this.id} is not stored yet; it is tried again.`, error);
      return this.#again(outcome, then);
    }
    await then();
    await debts.pay(`fax ${this.id}`, () => exchange.deleteFax(this.id));
    this.#ended();
  }

  async #fetch(): Promise<FaxDocument | FaxDocumentError | undefined> {
    try {
      return await examineDocument(await this.#services.exchange.fetchFax(this.id));
    } catch (error) {
      if (error instanceof ExchangeError && error.code === 'unknown-fax') return undefined;
      if (error instanceof FaxDocumentError) return error;
      throw error;
    }
  }

  #again(outcome: FaxOutcome, then: () => Promise<void>): void {
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)] ?? 0;
    this.#tries += 1;
    this.#waiting = true;
    this.#timers.after(wait, () => {
      this.#waiting = false;
      this.#mailbox.post(() => this.#keep(outcome, then));
    });
  }
}
