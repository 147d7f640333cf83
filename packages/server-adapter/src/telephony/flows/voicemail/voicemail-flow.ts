import { normalizeNumber } from '@callweave/sdk/protocol';
import type { Caller } from '../../../http/operation.ts';
import { newId } from '../../../id.ts';
import { Problem } from '../../../problem.ts';
import {
  type Box,
  forgetTake,
  type GreetingControl,
  type MessageRow,
  openMessage,
  publishGreeting,
  storedSince,
  unfinishedMessages,
  unwantedTakes,
  type VoicemailShelf,
} from '../../../voicemail/index.ts';
import { ExchangeError, type LegSnapshot } from '../../exchange.ts';
import type { FlowServices } from '../call-session.ts';
import { customersWithNumber } from '../customers-of-number.ts';
import { writeTag } from '../leg-tag.ts';
import type { OverflowedCall } from '../queue/overflow.ts';
import { planRouting } from '../routing-plan.ts';
import type { CallFlow, IncomingLeg, LegOwner } from '../switchboard.ts';
import { GreetingCall } from './greeting-call.ts';
import { MessageCall, type MessageCallHost } from './message-call.ts';
import { MessageKeeper } from './message-keeper.ts';

/** Messages that were left longer ago had all the time to be tidied up, also after a full disk. */
const LEFT_BEHIND_MS = 3 * 3_600_000;

/** Callers who leave a message (C3), whether nobody has answered them or they called the box; and those who speak its greeting. */
export class VoicemailFlow implements CallFlow, GreetingControl {
  readonly name = 'voicemail';
  readonly #services: FlowServices;
  readonly #shelf: VoicemailShelf;
  readonly #numbers: ReadonlyMap<string, string>;
  readonly #keeper: MessageKeeper;
  readonly #messages = new Map<string, MessageCall>();
  readonly #greetings = new Map<string, GreetingCall>();
  readonly #background = new Set<Promise<void>>();

  constructor(services: FlowServices, shelf: VoicemailShelf) {
    this.#services = services;
    this.#shelf = shelf;
    this.#keeper = new MessageKeeper(services, shelf);
    const { numbering } = services.policy;
    this.#numbers = new Map(
      Object.entries(shelf.policy.numbers).map(([number, box]) => [normalizeNumber(number, numbering) ?? number, box]),
    );
  }

  take(incoming: IncomingLeg): Promise<LegOwner | undefined> | undefined {
    const boxId = this.#numbers.get(incoming.calledNumber);
    return boxId === undefined ? undefined : this.#take(incoming, boxId);
  }

  async #take({ leg, callerNumber, calledNumber }: IncomingLeg, boxId: string): Promise<LegOwner | undefined> {
    const { store, directory, policy, logger } = this.#services;
    if ((await this.#shelf.boxes.find(store.db, boxId)) === undefined) {
      logger.error(`The number ${calledNumber} leads to the voicemail box "${boxId}", which there is not.`);
      return undefined;
    }
    const callers = callerNumber === '' ? [] : await directory.findByNumber(callerNumber).catch(() => []);
    const [locale = policy.language, ...others] = new Set(callers.map((caller) => caller.locale));
    return this.#open({
      boxId,
      callId: null,
      leg,
      callerNumber,
      calledNumber,
      locale: others.length === 0 ? locale : policy.language,
    });
  }

  /** A call of the desk whom nobody answers. @param named the box that a queue has said */
  async takeOver(call: OverflowedCall, named: string | undefined): Promise<boolean> {
    const { session } = call;
    const boxId = await this.#boxFor(call, named);
    if (boxId === undefined) return false;
    await session.sound.stop();
    await this.#open(
      {
        boxId,
        callId: session.id,
        leg: session.customerLeg,
        callerNumber: session.callerNumber,
        calledNumber: session.calledNumber,
        locale: session.language,
      },
      call,
    );
    return true;
  }

  async #boxFor({ session }: OverflowedCall, named: string | undefined): Promise<string | undefined> {
    const { store, queues, logger } = this.#services;
    const { boxes, policy } = this.#shelf;
    if (named === undefined && policy.unanswered === 'off') return undefined;
    // Whoever called a queue's own number did not mean their responder.
    if (policy.unanswered === 'responder' && queues?.byNumber(session.calledNumber) === undefined) {
      const [first] = planRouting(await customersWithNumber(session), false);
      const own = first?.accountId === undefined ? undefined : await boxes.find(store.db, first.accountId);
      if (own !== undefined) return own.id;
    }
    const boxId = named ?? boxes.first.id;
    if ((await boxes.find(store.db, boxId)) !== undefined) return boxId;
    logger.error(`A queue leads to the voicemail box "${boxId}", which there is not.`);
    return undefined;
  }

  async recover(legs: readonly LegSnapshot[]): Promise<boolean> {
    const alive = new Set(legs.map(({ leg }) => leg));
    for (const row of await unfinishedMessages(this.#shelf.store.db)) {
      if (this.#messages.has(row.id)) continue;
      if (row.state === 'storing') this.#keeper.keep(row.id);
      if (row.leg === null) continue;
      const call = this.#begin(row);
      if (alive.has(call.leg)) call.takeUp(row);
      else call.missed(row);
    }
    this.tidyUp();
    this.#deleteCopies();
    return true;
  }

  /** What was stored in the moment in which the adapter went away. */
  #deleteCopies(): void {
    this.#inBackground(async () => {
      const { debts, exchange, clock, store } = this.#services;
      const since = new Date(clock.now().getTime() - LEFT_BEHIND_MS);
      for (const id of await storedSince(store.db, since))
        await debts.pay(`recording ${id}`, () => exchange.deleteRecording(id));
    });
  }

  has(callId: string): boolean {
    return [...this.#messages.values()].some((call) => call.id === callId || call.callId === callId);
  }

  get activity(): number {
    const calls = [...this.#messages.values(), ...this.#greetings.values()];
    return calls.filter(({ active }) => active).length + this.#keeper.active + this.#background.size;
  }

  async stop(): Promise<void> {
    const calls = [...this.#messages.values(), ...this.#greetings.values()];
    // The ends of the legs that the exchange has just ended are events that wait in the mailboxes.
    await Promise.all(calls.map((call) => call.drained()));
    for (const call of calls) call.abandon();
    await Promise.all(calls.map((call) => call.drained()));
    await this.#keeper.stop();
    await Promise.all(this.#background);
  }

  isGreeted(boxId: string): boolean {
    return [...this.#greetings.values()].some((call) => call.boxId === boxId);
  }

  async record(box: Box, caller: Caller): Promise<string> {
    const { responders, busy, clock, store, exchange, policy } = this.#services;
    if (this.isGreeted(box.id))
      throw new Problem('conflict', 'Somebody is recording a greeting for this box just now.');
    const [speaker] = await responders.byIds([caller.accountId]);
    if (speaker === undefined) throw new Problem('exchange-unavailable', 'Your account has no telephone.');
    const account = await store.db
      .selectFrom('accounts')
      .select('locale')
      .where('id', '=', caller.accountId)
      .executeTakeFirst();
    const id = newId('greeting', clock.now());
    if (!busy.claim(speaker.id, id)) throw new Problem('in-a-call', 'You are in a call.');
    const call = new GreetingCall(
      { services: this.#services, shelf: this.#shelf, ended: (ended) => this.#greetingOver(ended) },
      {
        id,
        leg: newId('leg', clock.now()),
        boxId: box.id,
        speaker,
        locale: (account?.locale ?? policy.language) as typeof policy.language,
      },
    );
    this.#greetings.set(id, call);
    this.#services.switchboard.own(call.leg, call);
    try {
      await store.write((tx) => publishGreeting(this.#shelf, tx, box.id));
      await exchange.ring({
        leg: call.leg,
        device: speaker.device,
        callerId: { number: policy.publicNumbers[0] ?? '' },
        timeoutSeconds: policy.ringSeconds,
        // The page that asked answers by itself.
        ...(speaker.device.kind === 'browser' && { headers: { 'X-Callweave-Call': id, 'X-Callweave-Dial': id } }),
        tag: writeTag({ callId: id, role: 'mailbox', accountId: speaker.id }),
      });
    } catch (error) {
      call.failed();
      const unreachable = error instanceof ExchangeError && error.code === 'unreachable';
      throw new Problem(
        'exchange-unavailable',
        unreachable ? 'Your phone is not registered.' : 'Your phone could not be rung.',
        { cause: error },
      );
    }
    return id;
  }

  /** Deletes what was spoken and is not wanted: here, and at the exchange. */
  tidyUp(): void {
    this.#inBackground(async () => {
      const { debts, exchange } = this.#services;
      const wanted = new Set([...this.#greetings.values()].map(({ take }) => take));
      for (const { id } of await unwantedTakes(this.#shelf.store.db)) {
        if (wanted.has(id)) continue;
        await exchange.stopRecording(id).catch(() => {});
        await debts.pay(`recording ${id}`, () => exchange.deleteRecording(id));
        await forgetTake(this.#shelf, id);
      }
    });
  }

  async #open(message: Parameters<typeof openMessage>[1], desk?: OverflowedCall): Promise<LegOwner> {
    // Written first: a restart leads the caller back to the box, and to nobody's phone.
    const id = await openMessage(this.#shelf, message);
    const { boxId, callId, leg, locale } = message;
    const call = this.#begin({ id, box: boxId, call_id: callId, leg, locale } as MessageRow, desk);
    call.begin();
    return call;
  }

  #begin(row: MessageRow, desk?: OverflowedCall): MessageCall {
    const host: MessageCallHost = {
      services: this.#services,
      shelf: this.#shelf,
      keep: (id) => this.#keeper.keep(id),
      ended: (ended) => {
        this.#messages.delete(ended.id);
        this.#services.switchboard.disown(ended.leg);
      },
    };
    const call = new MessageCall(host, row, desk);
    this.#messages.set(call.id, call);
    this.#services.switchboard.own(call.leg, call);
    return call;
  }

  #greetingOver(call: GreetingCall): void {
    this.#greetings.delete(call.id);
    this.#services.switchboard.disown(call.leg);
    this.#services.busy.release(call.speaker.id, call.id);
    this.#inBackground(() =>
      this.#shelf.store.write(async (tx) => void (await publishGreeting(this.#shelf, tx, call.boxId))),
    );
    this.tidyUp();
  }

  #inBackground(work: () => Promise<void>): void {
    const done: Promise<void> = work()
      .catch((error: unknown) =>
        this.#services.logger.warn('Voicemail was not tidied up; it is at the next start.', error),
      )
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }
}
