import type { contract } from '@callweave/sdk/protocol';
import type { Caller, Implementation } from '../http/operation.ts';
import { Problem } from '../problem.ts';
import { eventStreamResponse } from './direct.ts';
import type { FanOut } from './fan-out.ts';

/** @param authenticate asks again who is signed in, with the request that opened the stream */
export function createEventOperations(
  fanOut: FanOut,
  authenticate: (request: Request) => Promise<Caller | undefined>,
): Implementation<typeof contract.events> {
  return {
    async follow({ after }, { caller, request }) {
      fanOut.admit(caller);
      const lastEventId = request.headers.get('last-event-id');
      // A browser that resumes repeats the address it began with, so its header is the newer of the two.
      const from = lastEventId === null || lastEventId === '' ? after : Number(lastEventId);
      if (from !== undefined && !(Number.isSafeInteger(from) && from >= 0)) {
        throw new Problem('invalid-input', 'The last event id cannot be accepted.', {
          fields: [{ path: 'last-event-id', message: 'must be a whole number that an event carried' }],
        });
      }
      const stillAllowed = async () => {
        const now = await authenticate(request);
        return now?.accountId === caller.accountId && now.roles.join() === caller.roles.join();
      };
      return eventStreamResponse((sink) => fanOut.follow({ caller, after: from, stillAllowed }, sink));
    },
  };
}
