export { insertPlainCustomer, takenNationalCodes, updateIdentity } from './customer-writes.ts';
export type { Directory, DirectoryCustomer } from './directory.ts';
export { embeddedDirectory } from './embedded-directory.ts';
export { customerSummaries, mirrorCustomer } from './mirror.ts';
export { type CustomersOptions, createCustomers } from './operations.ts';
export { DEFAULT_PIN_POLICY, type PinPolicy } from './pin-policy.ts';
export {
  clearFailures,
  noteFailure,
  setPin,
  takeBackFailure,
  type VerificationSecrets,
  verificationSecrets,
} from './verification-secrets.ts';
