/** What every driver of a port must do, as vitest suites. Each is given what it is to try, and nothing else. */
export { describeRecordingStore } from '../connectors/recordings/recording-store.contract.ts';
export { describeSmsDriver, type SmsBench, smsTo } from '../connectors/sms/sms-driver.contract.ts';
export { FakeSmsService, type Fault, type TakenMessage } from '../connectors/sms/testing/fake-sms-service.ts';
export { DIRECTORY_FIXTURES, type DirectoryFixture, describeDirectory } from '../customers/directory.contract.ts';
export { describeExchange } from '../telephony/exchange.contract.ts';
