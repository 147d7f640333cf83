import type { Locator, Page } from 'playwright-core';
import { callControl as words } from '../../../../packages/widgets/src/translations/en/call-control.ts';

type Mode = keyof typeof words.mode;

/** What an agent does with the panel that hands a call on, brings somebody in, and pauses the recording. */
export class TransferPanel {
  readonly #panel: Locator;
  readonly #open: Locator;

  constructor(page: Page) {
    this.#panel = page.locator('cw-transfer-panel');
    this.#open = page.locator('cw-call-bar button.transfer');
  }

  /** Chooses whom, and how. */
  async to(mode: Mode, who: string): Promise<void> {
    if ((await this.#open.getAttribute('aria-expanded')) !== 'true') await this.#open.click();
    await this.#panel.getByLabel(words.mode[mode], { exact: true }).check();
    await this.#panel.locator('#search').fill(who);
    await this.#panel.locator('li button', { hasText: /./ }).first().click();
  }

  async saysOf(state: keyof typeof words.partyState): Promise<void> {
    await this.#panel.locator('[part~="party"]', { hasText: words.partyState[state] }).waitFor();
  }

  async handOver(): Promise<void> {
    await this.#panel.getByRole('button', { name: words.handOver }).click();
  }

  async letIn(): Promise<void> {
    await this.#panel.getByRole('button', { name: words.letIn }).click();
  }

  async backToCustomer(): Promise<void> {
    await this.#panel.getByRole('button', { name: words.backToCustomer }).click();
  }

  async pauseRecording(reason: keyof typeof words.pauseReason): Promise<void> {
    if ((await this.#open.getAttribute('aria-expanded')) !== 'true') await this.#open.click();
    await this.#panel.locator('select[name="reason"]').selectOption(reason);
    await this.#panel.getByRole('button', { name: words.pauseRecording }).click();
  }

  async resumeRecording(): Promise<void> {
    await this.#panel.getByRole('button', { name: words.resume }).click();
  }
}
