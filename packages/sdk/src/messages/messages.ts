import type { Feature } from '../feature.ts';
import type { Client } from '../http/client.ts';
import { messagesRoutes } from '../http/routes/messages.ts';
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
  reset(): void;
  handleMessage(message: Message): void;
}

const LIMIT = 500;

export function createMessages(client: Pick<Client, 'messages'>): MessagesManager {
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
    reset: () => list.reset(),
    handleMessage: (message) => list.put(message),
  };
}

/** Text messages that went out. */
export const messages: Feature<Messages> = {
  name: 'messages',
  create({ clientFor, on, keep }) {
    const made = createMessages(clientFor({ messages: messagesRoutes }));
    on('message', ({ data }) => made.handleMessage(data));
    keep(made);
    return made;
  },
};
