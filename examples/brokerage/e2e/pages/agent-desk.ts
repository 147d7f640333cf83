import type { Desk } from '@callweave/sdk';
import type { Call, Order } from '@callweave/sdk/protocol';
import type { Locator, Page } from 'playwright-core';
import { DEMO_CUSTOMERS } from '../../src/demo.ts';
import { listen } from '../ear.ts';
import type { CustomerCall } from '../outside/customer.ts';
import { until } from '../until.ts';

export interface Request {
  readonly side: 'buy' | 'sell';
  /** As typed into the field; `symbol` is what it finds. */
  readonly typed: string;
  readonly symbol: string;
  readonly quantity: string;
  /** Without it: at market. */
  readonly price?: string;
}

/** What an agent sees and does on their page. Elements are found by part or role, so it reads the same in every language. */
export class AgentDesk {
  readonly page: Page;
  readonly badge: Locator;
  readonly bar: Locator;
  readonly verification: Locator;
  readonly sheet: Locator;

  constructor(page: Page) {
    this.page = page;
    this.badge = page.locator('cw-incoming-call');
    this.bar = page.locator('cw-call-bar');
    this.verification = page.locator('cw-verification');
    this.sheet = page.locator('cw-request-sheet');
  }

  /** Waits until calls reach this page. */
  async ready(): Promise<void> {
    await until('calls reach the agent', async () => (await this.phone())?.registration === 'ok');
  }

  phone() {
    return this.page.evaluate(() => {
      const state = (document.querySelector('cw-desk') as unknown as { desk?: Desk } | null)?.desk?.phone.state.get();
      return state && { registration: state.registration, role: state.role, calls: state.calls };
    });
  }

  /** The call that this agent is in, as the desk on the page knows it. */
  currentCall(): Promise<Call | undefined> {
    return this.page.evaluate(() =>
      (document.querySelector('cw-desk') as unknown as { desk?: Desk } | null)?.desk?.calls.current.get(),
    );
  }

  async call(): Promise<Call> {
    return until('the agent is in a call', () => this.currentCall());
  }

  /** Waits until it rings here, and for whom. */
  async rings(name: string): Promise<void> {
    await this.badge.locator('.name', { hasText: name }).waitFor();
  }

  async answer(): Promise<Call> {
    await this.badge.locator('[part~="answer"]').click();
    await this.bar.locator('[part~="hang-up"]').waitFor();
    return this.call();
  }

  async hearsCustomer(): Promise<void> {
    await until('the agent hears the customer', async () => (await listen(this.page)) === 'sound');
  }

  async startVerification(): Promise<void> {
    await this.verification.locator('[part~="start"]').click();
    await this.openQuestion().waitFor();
  }

  /** The first question that is still to be answered. */
  openQuestion(): Locator {
    return this.verification
      .locator('li.question')
      .filter({ has: this.page.locator('input[name="answer"]') })
      .first();
  }

  /** Types an answer as heard. `right` looks it up among what the customers of the demonstration know. */
  async answerQuestion(answer: 'right' | string): Promise<void> {
    const question = this.openQuestion();
    const text = ((await question.locator('.text').textContent()) ?? '').trim();
    const { customer, verification: before } = await this.call();
    const questions = DEMO_CUSTOMERS.find(({ username }) => username === customer?.username)?.questions ?? [];
    const known = questions.find(([asked]) => asked === text)?.[1];
    if (answer === 'right' && known === undefined) throw new Error(`${customer?.name} does not know: ${text}`);
    await question.locator('input').fill(answer === 'right' ? (known ?? '') : answer);
    await this.page.keyboard.press('Enter');
    await until('the answer is checked', async () => {
      const now = (await this.currentCall())?.verification;
      return now &&
        JSON.stringify([now.questions, now.attemptsLeft, now.state]) !==
          JSON.stringify([before.questions, before.attemptsLeft, before.state])
        ? now
        : undefined;
    });
  }

  /** All questions, rightly, and nothing else. */
  async verify(): Promise<void> {
    await this.startVerification();
    while ((await this.call()).verification.state === 'asking' && (await this.openQuestion().count()) > 0)
      await this.answerQuestion('right');
    await this.verification.locator('[part~="status"].passed').waitFor();
  }

  /** The customer chooses a PIN of their own on their telephone, twice, led by the voice that they hear. */
  async changePin(customer: CustomerCall, pin: string): Promise<void> {
    await this.verification.locator('.pin button').click();
    await this.recordingIs('paused');
    // The agent's last syllable may still be on its way; what is heard after it is the voice that asks.
    await customer.listen();
    await customer.hears('sound');
    await customer.key(`${pin}#`);
    // The first key has silenced the voice: what speaks now asks for the PIN again.
    await customer.hears('sound');
    await customer.key(`${pin}#`);
    await until('the PIN is changed', async () => (await this.currentCall())?.verification.pin === 'changed', {
      timeoutMs: 40_000,
    });
    await this.recordingIs('recording');
  }

  async recordingIs(state: Call['recording']['state']): Promise<void> {
    await until(`the recording is ${state}`, async () => (await this.currentCall())?.recording.state === state);
  }

  /** Notes one request by keyboard alone. */
  async noteRequest(request: Request): Promise<void> {
    const { keyboard } = this.page;
    const rows = this.sheet.locator('tr[data-order]');
    const before = await rows.count();
    await this.sheet.locator('[data-action="add"]').press('Enter');
    const symbol = this.sheet.locator('cw-instrument-picker input');
    await until('the cursor stands in the symbol', () => symbol.evaluate((input) => input.matches(':focus')));
    if (request.side === 'sell') {
      await keyboard.press('Shift+Tab');
      await keyboard.press('ArrowRight');
      await until('sell is chosen', () => this.sheet.locator('cw-order-form input[value="sell"]').isChecked());
      await keyboard.press('Tab');
    }
    await keyboard.type(request.typed);
    await this.sheet
      .locator('cw-instrument-picker [role="option"][aria-selected="true"]')
      .filter({ has: this.page.getByText(request.symbol, { exact: true }) })
      .waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.type(request.quantity);
    if (request.price === undefined) {
      await keyboard.press('Tab');
      await keyboard.press('ArrowRight');
      await until('market is chosen', () => this.sheet.locator('cw-order-form input[value="market"]').isChecked());
    } else {
      await keyboard.press('Tab');
      await keyboard.press('Tab');
      await keyboard.type(request.price);
    }
    await keyboard.press('Enter');
    await until('the request is noted', async () => (await rows.count()) === before + 1);
  }

  /** Reads the requests to the customer, who hears it: a moment of speech is what the evidence points at. */
  async readBack(customer: CustomerCall): Promise<string[]> {
    await this.sheet.locator('[data-action="read-back"]').click();
    await this.sheet.locator('[data-action="submit"]').waitFor();
    const heard = [await customer.listen(), await customer.listen(), await customer.listen(), await customer.listen()];
    if (!heard.includes('sound')) throw new Error('The customer heard nothing of what was read back.');
    return this.sheet.locator('[part~="read-back"] li').allInnerTexts();
  }

  /** The focus stands on the button after reading back: Enter submits. Gives the moment of the press. */
  async submit(): Promise<number> {
    await until('the cursor stands on the submit button', () =>
      this.sheet.locator('[data-action="submit"]').evaluate((button) => button.matches(':focus')),
    );
    const pressedAt = Date.now();
    await this.page.keyboard.press('Enter');
    await until(
      'the requests are submitted',
      async () => (await this.sheet.locator('tr[data-order]:not(.sent)').count()) === 0,
    );
    return pressedAt;
  }

  row(order: Pick<Order, 'id'>): Locator {
    return this.sheet.locator(`tr[data-order="${order.id}"]`);
  }

  async hangUp(): Promise<void> {
    await this.bar.locator('[part~="hang-up"]').click();
    await this.bar.locator('cw-wrap-up form').waitFor();
  }

  async wrapUp(disposition: string, note: string): Promise<void> {
    await this.bar.locator('cw-wrap-up select').selectOption(disposition);
    await this.bar.locator('cw-wrap-up textarea').fill(note);
    await this.bar.locator('cw-wrap-up [part~="finish"]').click();
    await until('the wrap-up is over', async () => (await this.currentCall()) === undefined);
  }
}
