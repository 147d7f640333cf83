import type { AgentPauseReason } from '@callweave/sdk/protocol';
import { touchCall } from '../../calls/index.ts';
import { Problem } from '../../problem.ts';
import type { CallSession } from './call-session.ts';

/** The agent's own pauses of the recording: a card number, a secret. The gap and its reason are kept. */
export class RecordingPause {
  readonly #session: CallSession;

  constructor(session: CallSession) {
    this.#session = session;
  }

  async begin(reason: AgentPauseReason): Promise<void> {
    const { recording, connected, services, id } = this.#session;
    if (!connected) throw new Problem('call-not-live', 'Nobody is talking.');
    if (recording.id === undefined) throw new Problem('recording-not-running', 'This call is not being recorded.');
    if (recording.pausedFor === reason) return;
    if (recording.pausedFor !== undefined)
      throw new Problem('recording-not-running', 'The recording is paused for another reason.');
    await recording.pause(reason);
    await services.store.write(async (tx) => {
      await recording.notePaused(tx);
      await touchCall(tx, id);
    });
  }

  async end(): Promise<void> {
    const { pausedFor } = this.#session.recording;
    if (pausedFor === undefined || pausedFor === 'pin')
      throw new Problem('recording-not-running', 'You have not paused the recording.');
    await this.over();
  }

  /** Whoever has the call next is recorded again. */
  async over(): Promise<void> {
    const { recording, services, id } = this.#session;
    if (recording.pausedFor === undefined || recording.pausedFor === 'pin') return;
    const gap = await recording.resume();
    if (gap === undefined) return;
    await services.store.write(async (tx) => {
      await recording.noteGap(tx, gap);
      await touchCall(tx, id);
    });
  }
}
