import {
  type EscalationRow,
  moveEscalation,
  presentEscalations,
  type SupervisionPolicy,
} from '../../../supervision/index.ts';
import type { FlowServices } from '../call-session.ts';
import { Mailbox } from '../mailbox.ts';
import { TimerGroup } from '../timers.ts';

const AGAIN_MS = 2_000;

/** Watches the agents who wait for a supervisor: tells them when nobody comes, and forgets them when their call is over. */
export class EscalationClock {
  readonly #services: FlowServices;
  readonly #policy: SupervisionPolicy;
  readonly #goesOn: (callId: string) => boolean;
  readonly #comes: (escalationId: string) => boolean;
  readonly #timers: TimerGroup;
  readonly #waiting = new Map<string, { readonly callId: string; readonly cancel: () => void }>();
  readonly mailbox: Mailbox;

  /** @param comes a supervisor is on their way, or there */
  constructor(options: {
    readonly services: FlowServices;
    readonly policy: SupervisionPolicy;
    readonly goesOn: (callId: string) => boolean;
    readonly comes: (escalationId: string) => boolean;
  }) {
    this.#services = options.services;
    this.#policy = options.policy;
    this.#goesOn = options.goesOn;
    this.#comes = options.comes;
    this.#timers = new TimerGroup(options.services.timers);
    this.mailbox = new Mailbox(async (error) => {
      options.services.logger.warn('The requests for a supervisor could not be followed; trying again.', error);
      this.#timers.after(AGAIN_MS, () => this.refresh());
    });
  }

  get callIds(): readonly string[] {
    return [...this.#waiting.values()].map(({ callId }) => callId);
  }

  refresh(): void {
    this.mailbox.post(async () => {
      const rows = await presentEscalations(this.#services.store.db);
      for (const [id, { cancel }] of this.#waiting) {
        if (rows.some((row) => row.id === id)) continue;
        cancel();
        this.#waiting.delete(id);
      }
      for (const row of rows) await this.#look(row);
    });
  }

  /** After a start: whoever had accepted and is not there is asked for again. */
  async recover(): Promise<void> {
    await this.mailbox.ask(async () => {
      for (const row of await presentEscalations(this.#services.store.db))
        if (row.state === 'accepted' && !this.#comes(row.id))
          await this.#services.store.write((tx) => moveEscalation(tx, row.id, ['accepted'], { state: 'open' }));
    });
    this.refresh();
  }

  stop(): void {
    this.#timers.cancelAll();
  }

  async #look(row: EscalationRow): Promise<void> {
    const { store, clock } = this.#services;
    if (!this.#goesOn(row.call_id)) {
      // A supervisor who is there ends it with their own part.
      if (this.#comes(row.id)) return;
      await store.write((tx) => moveEscalation(tx, row.id, ['open', 'accepted'], { state: 'over' }));
      this.#waiting.get(row.id)?.cancel();
      this.#waiting.delete(row.id);
      return;
    }
    if (this.#waiting.has(row.id)) return;
    const due = Date.parse(row.created_at) + this.#policy.escalationAlertSeconds * 1000 - clock.now().getTime();
    const cancel = row.unanswered === 1 ? () => {} : this.#timers.after(Math.max(0, due), () => this.#due(row.id));
    this.#waiting.set(row.id, { callId: row.call_id, cancel });
  }

  #due(id: string): void {
    this.mailbox.post(async () => {
      // What cannot be written now is found due again.
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      await this.#services.store.write((tx) => moveEscalation(tx, id, ['open'], { unanswered: 1 }));
      if (waiting !== undefined) this.#waiting.set(id, waiting);
    });
  }
}
