import type { FieldCallOutcome } from '@callweave/sdk/protocol';
import {
  addVirtualLegs,
  legAnswered,
  legsEnded,
  legsOf,
  openVirtualCall,
  virtualCallAnswered,
  virtualCallEnded,
} from '../../../calls/index.ts';
import { closeCases, findFieldCall, moveFieldCall, noteMissed, openFieldCall } from '../../../numbers/index.ts';
import type { Tx } from '../../../store/store.ts';
import type { HangupCause } from '../../exchange.ts';
import type { CallRecording } from '../call-recording.ts';
import type { Subject } from './subject.ts';
import type { VirtualServices } from './virtual-services.ts';

/** The called party's leg is written as the customer's, the field caller's as the agent's: so their sides are recorded. */
export const LEG_ROLES = { callee: 'customer', field: 'agent' } as const;
export type Side = keyof typeof LEG_ROLES;

export interface SideLeg {
  readonly side: Side;
  readonly leg: string;
  readonly state: 'ringing' | 'up';
}

const toLeg = ({ side, leg, state }: SideLeg) => ({ id: leg, role: LEG_ROLES[side], state });

/** Writes of one call through a fictitious number: the call, what it is about, and what follows from it. */
export class VirtualBook {
  readonly #services: VirtualServices;
  readonly #callId: string;

  constructor(services: VirtualServices, callId: string) {
    this.#services = services;
    this.#callId = callId;
  }

  async open(subject: Subject, legs: readonly SideLeg[], state: 'own-phone' | 'dialling'): Promise<void> {
    const { store, clock, virtual } = this.#services;
    const startedAt = clock.now();
    const inbound = subject.kind === 'in';
    await store.write(async (tx) => {
      await openVirtualCall(tx, {
        id: this.#callId,
        direction: inbound ? 'inbound' : 'outbound',
        callerNumber: inbound ? subject.otherNumber : subject.fictitiousNumber,
        calledNumber: inbound ? subject.fictitiousNumber : subject.otherNumber,
        presentedNumber: inbound ? virtual.exchangeNumber : subject.fictitiousNumber,
        startedAt,
        legs: legs.map(toLeg),
      });
      await openFieldCall(tx, { callId: this.#callId, ...plain(subject) }, state, startedAt);
    });
  }

  async dialling(fieldLeg: string, callee: SideLeg): Promise<void> {
    await this.#services.store.write(async (tx) => {
      await legAnswered(tx, fieldLeg);
      await addVirtualLegs(tx, this.#callId, [toLeg(callee)]);
      await moveFieldCall(tx, this.#callId, { state: 'dialling' });
    });
  }

  /** They talk: what was missed between these two is settled. */
  async answered(subject: Subject, legs: readonly string[], recording: CallRecording): Promise<void> {
    await this.#services.store.write(async (tx) => {
      for (const leg of legs) await legAnswered(tx, leg);
      await virtualCallAnswered(tx, this.#callId, await recording.note(tx));
      await moveFieldCall(tx, this.#callId, { state: 'answered' });
      await closeCases(tx, { pairingId: subject.pairingId, otherNumber: subject.otherNumber }, 'connected');
    });
  }

  /** It is known that nobody will answer, while the caller is still being told so. */
  async concluded(subject: Subject, outcome: FieldCallOutcome): Promise<void> {
    await this.#services.store.write((tx) => this.#conclude(tx, subject, outcome));
  }

  /** @returns the recording to be stored */
  async ended(
    subject: Subject,
    outcome: FieldCallOutcome,
    cause: HangupCause,
    recording: CallRecording,
  ): Promise<string | undefined> {
    return this.#services.store.write(async (tx) => {
      await this.#conclude(tx, subject, outcome);
      const recordingId = await recording.noteFinished(tx);
      await this.#close(tx, outcome, cause, recordingId === undefined ? {} : { recording_id: recordingId });
      return recordingId;
    });
  }

  /** It ended while the adapter was away. */
  async endedUnseen(subject: Subject, note: (tx: Tx) => Promise<void>): Promise<void> {
    await this.#services.store.write(async (tx) => {
      await note(tx);
      const answered = (await findFieldCall(tx.db, this.#callId))?.answered_at != null;
      await this.#conclude(tx, subject, answered ? 'answered' : 'failed');
      await this.#close(tx, answered ? 'answered' : 'failed', 'failed', {});
    });
  }

  async #close(
    tx: Tx,
    outcome: FieldCallOutcome,
    cause: HangupCause,
    columns: { recording_id?: string },
  ): Promise<void> {
    const legs = await legsOf(tx.db, this.#callId);
    await legsEnded(
      tx,
      legs.map(({ id }) => id),
      cause,
    );
    // What a field caller missed is told by its case; for the supervisors it is a missed call.
    const row = await findFieldCall(tx.db, this.#callId);
    const missed = row?.kind === 'in' && outcome !== 'answered' && outcome !== 'abandoned' && outcome !== 'failed';
    await virtualCallEnded(tx, this.#callId, missed ? 'missed' : outcome, columns);
  }

  /** Once per call, however often it is written: the first conclusion stands. */
  async #conclude(tx: Tx, subject: Subject, outcome: FieldCallOutcome): Promise<void> {
    const before = await findFieldCall(tx.db, this.#callId);
    if (before === undefined || before.state === 'ended') return;
    await moveFieldCall(tx, this.#callId, { state: 'ended', outcome });
    if (before.kind !== 'in' || before.answered_at !== null) return;
    const { virtual, sendMessage } = this.#services;
    const { row, opened } = await noteMissed(tx, plain(subject), virtual.callbackHours);
    if (!opened) return;
    await sendMessage(tx, {
      to: subject.realNumber,
      template: 'field-missed-call',
      values: { ordinal: row.ordinal, project: subject.projectName, exchange: virtual.exchangeNumber },
      locale: subject.locale,
      purpose: 'field-missed-call',
      dedupeKey: `callback:${row.id}`,
      sendBefore: new Date(row.expires_at),
    });
  }
}

function plain({ kind, pairingId, projectId, fieldCallerId, fictitiousNumber, otherNumber, caseId }: Subject) {
  return { kind, pairingId, projectId, fieldCallerId, fictitiousNumber, otherNumber, caseId };
}
