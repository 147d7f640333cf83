export { type CreateMissedCallsOptions, createMissedCalls, type MissedCalls } from './create-missed-calls.ts';
export { DEFAULT_MISSED_CALL_POLICY, type MissedCallPolicy } from './policy.ts';
