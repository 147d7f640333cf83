/** What counts as a missed call, and what follows. */
export interface MissedCallPolicy {
  /** A caller who gave up sooner has misdialled. A call that nobody took counts however short it was. @default 3 */
  readonly minRingSeconds: number;
  /** Tells the caller by text that they will be called back, once per case: the template `missed-call`. @default false */
  readonly sms: boolean;
  /** Which callers can get a text. @default all but fixed lines of Iran and Czechia */
  readonly smsTo: (number: string) => boolean;
  /** For how long a case is the agent's who is calling back. @default 10 */
  readonly claimMinutes: number;
  /** Numbers of ours with the same answer share their cases. @default all of them */
  readonly groupOf: (calledNumber: string) => string;
}

export const DEFAULT_MISSED_CALL_POLICY: MissedCallPolicy = {
  minRingSeconds: 3,
  sms: false,
  smsTo: (number) => {
    if (number.startsWith('+98')) return number.startsWith('+989');
    if (number.startsWith('+420')) return /^\+420[67]/.test(number);
    return true;
  },
  claimMinutes: 10,
  groupOf: () => 'desk',
};
