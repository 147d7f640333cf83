import { type Exchange, ExchangeError } from './exchange.ts';

/** Where the adapter was made without an exchange: there are no calls, and every command says so. */
export function noExchange(): Exchange {
  const down = async (): Promise<never> => {
    throw new ExchangeError('exchange-down', 'The adapter was made without a telephone exchange.');
  };
  return {
    name: 'none',
    start: async () => {},
    stop: async () => {},
    subscribe: () => () => {},
    legs: async () => [],
    deviceState: async () => 'unknown',
    hangup: async () => {},
    credentials: down,
    ring: down,
    answer: down,
    progress: down,
    tag: down,
    play: down,
    stopPlayback: down,
    createBridge: down,
    join: down,
    leave: down,
    destroyBridge: down,
    hold: down,
    mute: down,
    supervise: down,
    endSupervision: down,
    record: down,
    pauseRecording: down,
    stopRecording: down,
    fetchRecording: down,
    deleteRecording: down,
    receiveFax: down,
    fetchFax: down,
    deleteFax: down,
  };
}
