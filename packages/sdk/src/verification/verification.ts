import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { verificationRoutes } from '../http/routes/verification.ts';
import type { Verification } from '../protocol/verification.ts';

/** Progress arrives with the call's events: `call.verification`. */
export interface Verifications {
  /** Draws the questions for this call. */
  start(callId: string): Promise<Verification>;
  /** Checks one answer on the server, typed as the agent heard it. */
  answer(callId: string, questionId: string, answer: string): Promise<Verification>;
  /** Lets the caller key the PIN; resolves when the entry has begun. */
  collectPin(callId: string): Promise<Verification>;
  changePin(callId: string): Promise<Verification>;
}

export function createVerifications(client: Pick<Client, 'verification'>): Verifications {
  return {
    start: (callId) => client.verification.start({ callId }),
    answer: (callId, questionId, answer) => client.verification.answer({ callId, questionId, answer }),
    collectPin: (callId) => client.verification.collectPin({ callId }),
    changePin: (callId) => client.verification.changePin({ callId }),
  };
}

/** Finding out whether a caller is who they say. */
export const verification: Feature<Verifications> = {
  name: 'verification',
  create: ({ clientFor }) => createVerifications(clientFor({ verification: verificationRoutes })),
};
