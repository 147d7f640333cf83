export { type AsteriskExchangeOptions, createAsteriskExchange } from './asterisk-exchange.ts';
export {
  type AgentAccount,
  type AsteriskDirectories,
  type ExchangeConfigOptions,
  renderExchangeConfig,
  type Trunk,
} from './config.ts';
export { ExchangeConfigError } from './config-values.ts';
