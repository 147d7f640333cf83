import type { Client } from '../http/client.ts';
import type { Message } from '../protocol/message.ts';
import { LiveList } from '../state/live-list.ts';
import type { Loadable, Readable } from '../state/readable.ts';

/** Text messages and what became of them, for supervisors and managers. */
export interface Messages {
  /** The latest, newest first. Loaded on the first {@link open}, then kept true by events. */
  readonly latest: Readable<Loadable<readonly Message[]>>;
  /** Begins to follow them; returns the function that ends it. */
  open(): () => void;
}

export interface MessagesManager extends Messages {
  reload(): void;
  handleMessage(message: Message): void;
}

const LIMIT = 500;

export function createMessages(client: Client): MessagesManager {
  const list = new LiveList<Message>({
    fetch: async () => (await client.messages.list({ limit: LIMIT })).messages,
    matches: () => true,
    compare: (a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1),
    limit: LIMIT,
  });
  return {
    latest: list.state,
    open: () => list.open(),
    reload: () => list.reload(),
    handleMessage: (message) => list.put(message),
  };
}
