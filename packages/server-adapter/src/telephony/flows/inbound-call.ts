import type { CallOutcome } from '@callweave/sdk/protocol';
import { openCall } from '../../calls/index.ts';
import type { DirectoryCustomer } from '../../customers/index.ts';
import type { HangupCause, PlayItem } from '../exchange.ts';
import { isGone } from './call-session.ts';
import { customersWithNumber } from './customers-of-number.ts';
import { DeskCall } from './desk-call.ts';
import { prompt } from './leg-sound.ts';
import { writeTag } from './leg-tag.ts';
import { planRouting } from './routing-plan.ts';

/** A call from outside: greeted while it looks for a person. */
export class InboundCall extends DeskCall {
  /** The customer has heard who they called and that it is recorded. */
  #greeted = false;
  #answeredCustomer = false;
  /** How the call reads that is being said goodbye to. */
  #farewell: CallOutcome | undefined;
  protected override get greeted(): boolean {
    return this.#greeted;
  }

  protected override async pickUp(): Promise<void> {
    this.#greeted = true;
    await this.#answerCustomer();
  }

  begin(at: Date): void {
    const { session } = this;
    session.post(async () => {
      const customers = await customersWithNumber(session);
      this.#plan(customers);
      const { id, callerNumber, calledNumber } = session;
      const { holdAlertSeconds } = session.services.policy;
      await this.routing.next((tx) =>
        openCall(
          tx,
          { id, direction: 'inbound', callerNumber, calledNumber, customers, startedAt: at, holdAlertSeconds },
          session.customerLeg,
        ),
      );
      const [customer] = customers;
      // Several people with one number: told as soon as the agent has chosen.
      if (customer !== undefined && customers.length === 1) session.services.standing.tell(id, customer.id);
      if (session.ended || this.#farewell !== undefined || this.#greeted) return;
      await this.#answerCustomer();
      await this.#greet();
    });
  }

  /** The first who answers has it. */
  protected async answered(leg: string): Promise<void> {
    const { session, conversation, routing } = this;
    if (leg === session.customerLeg || session.agent?.leg === leg) return;
    const winner = await routing.answered(leg);
    if (winner === undefined) return session.hangup(leg, 'answered-elsewhere');
    this.waiting.answered();
    if (this.#greeted) await conversation.connect();
  }

  protected agentGoneBeforeTalk(cause: HangupCause): Promise<void> {
    return this.routing.lostBeforeTalk(cause);
  }

  /** Caller gone before anybody talked: they gave up, unless everybody had been tried, or the line broke. */
  protected outcomeUnheard(cause: HangupCause): CallOutcome {
    if (this.#farewell !== undefined) return this.#farewell;
    return cause === 'failed' || cause === 'media-timeout' ? 'failed' : 'abandoned';
  }

  async #answerCustomer(): Promise<void> {
    if (this.#answeredCustomer) return;
    this.#answeredCustomer = true;
    const { session } = this;
    const { exchange } = session.services;
    try {
      await exchange.answer(session.customerLeg);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    // The leg is known by its id as well; the tag only helps a reader of the exchange.
    await exchange.tag(session.customerLeg, writeTag({ callId: session.id, role: 'customer' })).catch(() => {});
  }

  async #greet(): Promise<void> {
    const { session } = this;
    await session.sound.play(session.services.policy.greeting.map(prompt), () => {
      session.post(async () => {
        this.#greeted = true;
        if (session.agent !== undefined) await this.conversation.connect();
        else if (this.#farewell !== undefined) return;
        else if (this.waiting.inside) await this.waiting.sound();
        else await this.routing.soundOfRinging();
      });
    });
  }

  protected async nobodyAnswers(): Promise<void> {
    if ((await this.waiting.enter()) || (await this.#takeMessage())) return;
    await this.sayFarewell([prompt('nobody-available'), prompt('goodbye')], 'missed');
  }

  /** Where there is no queue, and so nothing that says in which box. */
  async #takeMessage(): Promise<boolean> {
    const { session } = this;
    const taken = await session.services.overflow.voicemail(
      { session, onDigit: () => {}, end: (outcome) => this.end(outcome, 'normal') },
      undefined,
    );
    // The box greets, and has picked up.
    if (taken) this.#greeted = this.#answeredCustomer = true;
    return taken;
  }

  /** A machine would ring people for nothing. Who stands beside it hears why it is sent away. */
  protected override async faxHeard(): Promise<void> {
    if (this.#farewell !== undefined) return;
    this.#farewell = 'rejected';
    this.waiting.left();
    try {
      await this.routing.giveUp();
    } catch (error) {
      // Nobody rings any more; the end of the call writes the rest.
      this.session.services.logger.warn(`Who was rung for the fax ${this.id} could not be written.`, error);
    }
    await this.sayFarewell([prompt('no-fax'), prompt('goodbye')], 'rejected');
  }

  protected override async sayFarewell(items: readonly PlayItem[], outcome: CallOutcome): Promise<void> {
    this.#farewell = outcome;
    await this.#answerCustomer();
    await super.sayFarewell(items, outcome);
  }

  /** Behind the responders waits the queue, where there is one; numbers of a queue lead straight to it. */
  #plan(customers: readonly DirectoryCustomer[], tried: readonly string[] = []): void {
    const { queues } = this.session.services;
    this.routing.plan(this.waiting.straight ? [] : planRouting(customers, queues?.first === undefined), tried);
  }

  /** Plans anew what a restart interrupted. @param place where they had waited, as it is stored */
  planAgain(customers: readonly DirectoryCustomer[], tried: readonly string[], place: string | null): void {
    if (place === null) return this.#plan(customers, tried);
    this.waiting.takeUp(place);
    this.routing.plan([], tried);
  }

  /** Takes up a call that was found again at the exchange. */
  recovered(options: { readonly answered: boolean }): void {
    this.#answeredCustomer = options.answered;
    this.#greeted = options.answered;
  }

  /** Goes on where a restart interrupted the routing; the greeting was heard already. */
  override async goOnRouting(): Promise<void> {
    await this.#answerCustomer();
    this.#greeted = true;
    await this.routing.soundOfRinging();
    await this.routing.next();
  }
}
