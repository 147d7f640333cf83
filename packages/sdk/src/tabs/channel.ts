/** Messages between the tabs of one origin. A tab never receives its own messages. */
export interface Channel {
  post(message: unknown): void;
  subscribe(listener: (message: unknown) => void): () => void;
  close(): void;
}

export type OpenChannel = (name: string) => Channel;

export const noChannel: OpenChannel = () => ({ post: () => {}, subscribe: () => () => {}, close: () => {} });

export const openBroadcastChannel: OpenChannel = (name) => {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    subscribe(listener) {
      const handler = (event: MessageEvent<unknown>): void => listener(event.data);
      channel.addEventListener('message', handler);
      return () => channel.removeEventListener('message', handler);
    },
    close: () => channel.close(),
  };
};
