/** What every driver of a port must do, as vitest suites. Each is given what it is to try, and nothing else. */
export { describeRecordingStore } from '../connectors/recordings/recording-store.contract.ts';
export { DIRECTORY_FIXTURES, type DirectoryFixture, describeDirectory } from '../customers/directory.contract.ts';
export { describeExchange } from '../telephony/exchange.contract.ts';
