import { touchCall } from '../../calls/index.ts';
import { Problem } from '../../problem.ts';
import type { Gap } from '../../recordings/index.ts';
import { type CallSession, isGone } from './call-session.ts';
import type { Conversation } from './conversation.ts';
import { DigitEntry, EntryAborted } from './digit-entry.ts';
import { HOLD_MUSIC, type LegSound } from './leg-sound.ts';
import { askForNewPin, askForPin, type PinResult } from './pin-dialogue.ts';

const WRITE_AGAIN_SECONDS = 2;

/**
 * The customer alone with the exchange, keying a PIN: out of the bridge, so that the agent hears neither keys nor
 * prompts, and with the recording paused, so that nobody hears them later.
 */
export class PinEntry {
  readonly #session: CallSession;
  readonly #conversation: Conversation;
  readonly #broken: () => Promise<void>;
  #entry: DigitEntry | undefined;
  #agentSound: LegSound | undefined;
  #left = false;
  #used = false;

  /** @param broken the customer could not be brought back to the agent */
  constructor(session: CallSession, conversation: Conversation, broken: () => Promise<void>) {
    this.#session = session;
    this.#conversation = conversation;
    this.#broken = broken;
  }

  /** An entry was begun in this call: at its end the record must not stay open. */
  get used(): boolean {
    return this.#used;
  }

  get running(): boolean {
    return this.#entry !== undefined;
  }

  requirePossible(): void {
    const { connected, ended } = this.#session;
    if (!connected || ended) throw new Problem('call-not-live', 'Nobody is talking.');
    if (this.running) throw new Problem('pin-not-possible', 'An entry is running already.');
    if (this.#session.recording.pausedFor !== undefined)
      throw new Problem('pin-not-possible', 'Resume the recording first.');
    if (this.#conversation.held || this.#conversation.lost)
      throw new Problem('pin-not-possible', 'Take the customer back from hold first.');
  }

  async begin(kind: 'collect' | 'change'): Promise<void> {
    const session = this.#session;
    const { exchange, store, policy, pinDesk, logger } = session.services;
    this.#used = true;
    try {
      this.requirePossible();
    } catch {
      return pinDesk.notEntered(session.id, 'timeout');
    }
    const { agent } = session;
    if (agent?.leg === undefined) return pinDesk.notEntered(session.id, 'timeout');
    const { firstDigitSeconds, nextDigitSeconds } = policy;
    const entry = new DigitEntry({ sound: session.sound, timers: session.timers, firstDigitSeconds, nextDigitSeconds });
    this.#entry = entry;
    this.#agentSound = session.soundOf(agent.leg);
    try {
      await session.recording.pause('pin');
      await exchange.leave(session.bridge, session.customerLeg);
      this.#left = true;
      await store.write(async (tx) => {
        await session.recording.notePaused(tx);
        await touchCall(tx, session.id);
      });
      await this.#agentSound.loop(HOLD_MUSIC);
    } catch (error) {
      logger.warn(`The PIN could not be asked for in call ${session.id}.`, error);
      return this.#end('not-entered');
    }
    // Runs beside the mailbox: hang-ups and other events are handled while the caller is keying.
    const dialogue =
      kind === 'collect' ? askForPin(entry, pinDesk, session.id) : askForNewPin(entry, pinDesk, session.id);
    dialogue
      .catch((error: unknown): PinResult => {
        if (!(error instanceof EntryAborted)) logger.warn(`The PIN could not be checked in call ${session.id}.`, error);
        return 'not-entered';
      })
      .then((result) => session.post(() => this.#end(result)));
  }

  handleDigit(digit: string): void {
    this.#entry?.handleDigit(digit);
  }

  /** The call ends, or the agent is lost: the caller is not kept keying. */
  abort(): void {
    this.#entry?.abort();
    this.#agentSound?.forget();
  }

  /** Back to the agent. */
  async #end(result: PinResult): Promise<void> {
    const session = this.#session;
    const { pinDesk } = session.services;
    if (this.#entry === undefined) return;
    this.#entry = undefined;
    await this.#agentSound?.stop();
    this.#agentSound = undefined;
    await session.sound.stop();
    const gap = await session.recording.resume();
    if (this.#left && !(await this.#rejoin())) {
      await pinDesk.notEntered(session.id, 'timeout');
      return this.#broken();
    }
    await this.#writeEnd(gap, result);
    if (this.#conversation.lost) await session.sound.loop(HOLD_MUSIC);
  }

  /** Until it is written nothing can be ordered: the recording counts as paused. */
  async #writeEnd(gap: Gap | undefined, result: PinResult): Promise<void> {
    const session = this.#session;
    const { store, pinDesk, logger } = session.services;
    try {
      if (gap !== undefined) {
        await store.write(async (tx) => {
          await session.recording.noteGap(tx, gap);
          await touchCall(tx, session.id);
        });
      }
    } catch (error) {
      logger.error(`The end of the PIN entry of call ${session.id} could not be written; trying again.`, error);
      session.later(WRITE_AGAIN_SECONDS, () => this.#writeEnd(gap, result));
      return;
    }
    if (result === 'not-entered') await pinDesk.notEntered(session.id, 'timeout');
  }

  /** @returns whether the customer is with the agent again, or has hung up */
  async #rejoin(): Promise<boolean> {
    const session = this.#session;
    this.#left = false;
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        await session.services.exchange.join(session.bridge, session.customerLeg);
        return true;
      } catch (error) {
        if (isGone(error)) return true;
        session.services.logger.warn(`The customer of call ${session.id} could not be joined again.`, error);
      }
    }
    return false;
  }
}
