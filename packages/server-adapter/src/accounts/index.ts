export { accountNames } from './account-names.ts';
export { type AccountRow, publishAccount, toAccount } from './account-rows.ts';
export { createAccount, type NewAccount } from './create-account.ts';
export { createGuesses } from './guesses.ts';
export { createHostAccounts, type HostIdentity } from './host-identity.ts';
export {
  accountOfCustomer,
  accountsOfCustomers,
  INVITATION_HOURS,
  inviteAccount,
  newOneTimeSecret,
  switchAccount,
} from './invitations.ts';
export { createAccountOperations } from './operations.ts';
export { createSessionOperations } from './session-operations.ts';
export { createSessions, type SessionOptions, type Sessions } from './sessions.ts';
export { accountsWithRole } from './with-role.ts';
