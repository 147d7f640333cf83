import type { CallEndReason } from '@callweave/sdk/phone';
import type {
  Customer,
  Locale,
  PresenceState,
  RecordingState,
  Role,
  Verification,
  VerificationState,
} from '@callweave/sdk/protocol';
import type { CustomerField } from '../components/customer-form/customer-draft.ts';
import type { Disposition } from '../components/wrap-up/dispositions.ts';
import type { TermsSection } from './section.ts';

/** Call bar, wrap-up, verification, customer form, sign-in, availability. */
export interface DeskTerms {
  readonly verificationState: Readonly<Record<VerificationState, string>>;
  readonly recordingState: Readonly<Record<RecordingState, string>>;
  readonly role: Readonly<Record<Role, string>>;
  readonly language: Readonly<Record<Locale, string>>;
  readonly saving: string;
  readonly callBar: CallBarTerms;
  readonly wrapUp: WrapUpTerms;
  readonly verification: VerificationTerms;
  readonly customerForm: CustomerFormTerms;
  readonly customerSecurity: CustomerSecurityTerms;
  readonly dayField: DayFieldTerms;
  readonly signIn: SignInTerms;
  readonly availability: AvailabilityTerms;
}

export interface CallBarTerms {
  readonly label: string;
  readonly ready: string;
  readonly readyHint: string;
  readonly notReady: string;
  readonly onYourTelephone: string;
  readonly callDuration: string;
  readonly validFor: (time: string) => string;
  readonly mute: string;
  readonly hold: string;
  readonly onHold: string;
  /** The button that opens the panel for transfers and pauses of the recording. */
  readonly transfer: string;
  readonly dialling: string;
  readonly heldTooLong: (time: string) => string;
  readonly heldByCaller: string;
  readonly keypad: string;
  readonly keypadHint: string;
  readonly sentDigits: string;
  readonly devices: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly ringtone: string;
  readonly systemDefault: string;
  readonly namelessDevice: (number: string) => string;
  readonly quality: string;
  readonly qualityUnknown: string;
  readonly qualityOf: Readonly<Record<'good' | 'fair' | 'poor', string>>;
  readonly qualityEstimate: (mos: string) => string;
  readonly hangUp: string;
  readonly hangUpAnyway: string;
  readonly unsentRequests: (count: number) => string;
  readonly stay: string;
  readonly offline: string;
  readonly offlineInCall: string;
  readonly reconnecting: string;
  readonly signedOut: string;
  readonly phoneReconnecting: string;
  readonly phoneReconnectingInCall: string;
  readonly soundRecovering: string;
  readonly soundFailed: string;
  readonly playbackBlocked: string;
  readonly letMeHear: string;
  readonly needsActivation: string;
  readonly allowSound: string;
  readonly otherTab: string;
  readonly otherTabInCall: string;
  readonly takeOver: string;
  readonly findingCall: string;
  readonly noLeg: string;
  readonly ringMeIn: string;
  readonly notRecorded: string;
  readonly weakSound: string;
  readonly lateSound: string;
  readonly silentMicrophone: string;
  readonly nothingHeard: string;
  readonly microphoneReplaced: (name: string) => string;
  readonly speakerReplaced: (name: string) => string;
  readonly anotherDevice: string;
  readonly connectHeadset: string;
  readonly headsetConnected: (name: string) => string;
  readonly endReason: Readonly<Partial<Record<CallEndReason, string>>>;
}

export interface WrapUpTerms {
  readonly title: string;
  readonly disposition: string;
  readonly choose: string;
  readonly chooseFirst: string;
  readonly note: string;
  readonly finish: string;
  readonly timeLeft: string;
  readonly dispositions: Readonly<Record<Disposition, string>>;
}

export interface VerificationTerms {
  readonly title: string;
  readonly noCall: string;
  readonly whoIsCalling: string;
  readonly candidates: (count: number) => string;
  readonly nobodyMatched: string;
  readonly find: string;
  readonly findHint: string;
  readonly searching: string;
  readonly nothingFound: string;
  readonly choose: (name: string) => string;
  readonly change: string;
  readonly changeAsks: string;
  readonly keep: string;
  readonly username: string;
  readonly startHint: (declared: boolean) => string;
  readonly start: string;
  readonly startAgain: string;
  readonly questionOf: (position: number, count: number) => string;
  readonly answer: string;
  readonly check: string;
  readonly checking: string;
  readonly right: string;
  readonly wrong: string;
  readonly attemptsLeft: (count: number) => string;
  readonly pinTitle: string;
  readonly pinRequired: string;
  readonly collectPin: string;
  readonly pinCollecting: string;
  readonly pinRight: string;
  readonly pinWrong: string;
  readonly pinChangeRequired: string;
  readonly changePin: string;
  readonly pinChanging: string;
  readonly pinChanged: string;
  readonly passed: string;
  readonly expiresIn: string;
  readonly soonOver: string;
  readonly failed: string;
  readonly failedNext: string;
  readonly locked: string;
  readonly lockedNext: string;
  readonly expired: string;
  readonly reason: Readonly<Record<NonNullable<Verification['reason']>, string>>;
}

export interface CustomerFormTerms {
  readonly createTitle: string;
  readonly editTitle: string;
  readonly identity: string;
  readonly contact: string;
  readonly service: string;
  readonly field: Readonly<Record<CustomerField, string>>;
  readonly hint: Readonly<Partial<Record<CustomerField, string>>>;
  readonly invalid: Readonly<Partial<Record<CustomerField, string>>>;
  readonly required: string;
  readonly optional: string;
  readonly writtenAs: string;
  readonly nobody: string;
  readonly sameResponder: string;
  readonly onLeave: string;
  readonly questions: string;
  readonly questionsHint: string;
  readonly question: string;
  readonly answer: string;
  readonly addQuestion: string;
  readonly removeQuestion: (position: number) => string;
  readonly questionIncomplete: string;
  readonly questionsKept: (count: number) => string;
  readonly noMoreQuestions: string;
  readonly create: string;
  readonly save: string;
  readonly fieldsToCorrect: (count: number) => string;
  readonly created: (username: string) => string;
  readonly initialPin: string;
  readonly saved: string;
  readonly unsaved: string;
  readonly discard: string;
  readonly keepEditing: string;
  readonly notFound: string;
}

export interface CustomerSecurityTerms {
  readonly title: string;
  readonly lock: string;
  readonly locked: string;
  readonly notLocked: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly reasonMissing: string;
  readonly unlock: string;
  readonly unlocked: string;
  readonly pin: string;
  readonly pinState: Readonly<Record<Customer['pin'], string>>;
  readonly resetPin: string;
  readonly resetPinAsks: string;
  readonly pinReset: string;
  readonly replaceQuestions: string;
  readonly replaceHint: string;
  readonly questionRefused: string;
  readonly questionsStored: string;
}

export interface DayFieldTerms {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly invalid: string;
}

export interface SignInTerms {
  readonly firstTitle: string;
  readonly firstHint: string;
  readonly newPassword: string;
  readonly repeatPassword: string;
  readonly tooShort: string;
  readonly notTheSame: string;
  readonly setPassword: string;
  readonly title: string;
  readonly username: string;
  readonly password: string;
  readonly show: string;
  readonly hide: string;
  readonly signIn: string;
  readonly signingIn: string;
  readonly fillBoth: string;
  readonly lockedFor: (time: string) => string;
  readonly signedInAs: string;
  readonly signOut: string;
  readonly hostSignsIn: string;
}

export interface AvailabilityTerms {
  readonly title: string;
  readonly reachedAt: string;
  readonly browser: string;
  readonly telephone: string;
  readonly number: string;
  readonly invalidNumber: string;
  readonly onLeave: string;
  readonly onLeaveHint: string;
  readonly save: string;
  readonly saved: string;
  readonly presence: PresenceTerms;
}

export interface PresenceTerms {
  readonly label: string;
  readonly state: Readonly<Record<PresenceState, string>>;
  readonly undisturbed: string;
  readonly notReady: string;
  readonly moreTime: string;
}

export const deskTerms: TermsSection<'desk'> = {
  name: 'desk',
  en: () => import('./en/desk.ts'),
  fa: () => import('./fa/desk.ts'),
  cs: () => import('./cs/desk.ts'),
};
