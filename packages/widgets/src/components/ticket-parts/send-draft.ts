import { isCallweaveError, type Tickets } from '@callweave/sdk';
import type { TicketChange, TicketPriority } from '@callweave/sdk/protocol';
import { draftsChanged } from './draft-changes.ts';
import type { Draft, DraftStore } from './draft-store.ts';

/** What a draft is written for. A ticket's id follows all but `new`; after `new` it is the customer whom an agent serves. */
export type Purpose = 'new' | 'write' | 'answer' | 'note';

export const draftKey = (purpose: Purpose, id: string): string => (id === '' ? purpose : `${purpose} ${id}`);

/** The adapter remembers keys of changes for a day: what is older is not sent by itself, it might be there twice. */
const SAFE_MS = 20 * 3_600_000;

/** The server was not reached, or nobody knows whether it was. */
export function isUnreached(error: unknown): boolean {
  return isCallweaveError(error) && (error.code === 'network' || error.code === 'timeout');
}

/**
 * Sends a draft that waits, once: one tab at a time, and under the key of its first try. When the server was not
 * reached it goes on waiting; when the server refuses, it is a draft again, so that nothing that was typed is lost.
 */
export function sendDraft(store: DraftStore, key: string, tickets: Tickets): Promise<TicketChange | undefined> {
  return alone(store.accountId, async () => {
    const draft = store.get(key);
    if (draft?.sendKey == null) return undefined;
    if (Date.now() - draft.savedAt > SAFE_MS) {
      store.put(key, draft.fields);
      draftsChanged();
      return undefined;
    }
    try {
      const change = await perform(draft, draft.sendKey, tickets);
      store.remove(key);
      return change;
    } catch (error) {
      if (!isUnreached(error)) store.put(key, draft.fields);
      throw error;
    } finally {
      draftsChanged();
    }
  });
}

function perform({ key, fields }: Draft, idempotencyKey: string, tickets: Tickets): Promise<TicketChange> {
  const [purpose = '', id = ''] = key.split(' ');
  const { text = '', attachments = '', callId } = fields;
  const attachmentIds = attachments.split(',').filter(Boolean);
  const call = callId ? { callId } : {};
  const options = { idempotencyKey };
  switch (purpose as Purpose) {
    case 'new':
      return tickets.create(
        {
          deviceId: fields['deviceId'] ?? '',
          title: fields['title'] ?? '',
          description: text,
          priority: (fields['priority'] || 'medium') as TicketPriority,
          attachmentIds,
          ...call,
        },
        options,
      );
    case 'write':
      return tickets.write(id, { text, attachmentIds, ...call }, options);
    case 'answer':
      return tickets.answer(id, { text, attachmentIds }, options);
    case 'note':
      return tickets.note(id, { text, attachmentIds }, options);
  }
}

/** Tabs share what they keep: one of them sends. A page without a secure origin has no locks; there the key alone guards. */
async function alone<T>(accountId: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request(`callweave-drafts ${accountId}`, task) : task();
}
