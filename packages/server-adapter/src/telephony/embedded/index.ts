export { createEmbeddedExchange, type EmbeddedExchange } from './exchange.ts';
export type { EmbeddedExchangeOptions } from './options.ts';
