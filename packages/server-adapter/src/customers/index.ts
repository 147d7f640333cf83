export type { Directory, DirectoryCustomer } from './directory.ts';
export { embeddedDirectory } from './embedded-directory.ts';
export { customerSummaries, mirrorCustomer } from './mirror.ts';
export { createCustomers, type CustomersOptions } from './operations.ts';
export { DEFAULT_PIN_POLICY, type PinPolicy } from './pin-policy.ts';
export { clearFailures, noteFailure, setPin, takeBackFailure, verificationSecrets, type VerificationSecrets } from './verification-secrets.ts';
