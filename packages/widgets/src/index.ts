export { CwAvailability } from './components/availability/availability.ts';
export { CwHangUpEvent } from './components/call-bar/call-bar.events.ts';
export { type CallBarShortcuts, CwCallBar } from './components/call-bar/call-bar.ts';
export { CwCancelEvent, CwCustomerEvent } from './components/customer-form/customer-form.events.ts';
export { CwCustomerForm } from './components/customer-form/customer-form.ts';
export { CwCustomerSecurity } from './components/customer-security/customer-security.ts';
export { CwDayEvent } from './components/day-field/day-field.events.ts';
export { CwDayField } from './components/day-field/day-field.ts';
export { CwDealingFloor } from './components/dealing-floor/dealing-floor.ts';
export { CwDesk, DESK_PHONES } from './components/desk/desk.ts';
export { CwFaxOpenEvent } from './components/fax-inbox/fax-inbox.events.ts';
export { CwFaxInbox, FAX_FILTERS } from './components/fax-inbox/fax-inbox.ts';
export { CwAnswerEvent, CwDeclineEvent, CwOpenSheetEvent } from './components/incoming-call/incoming-call.events.ts';
export {
  CwIncomingCall,
  INCOMING_CALL_PLACEMENTS,
  type IncomingCallShortcuts,
} from './components/incoming-call/incoming-call.ts';
export { CwInstrumentEvent } from './components/instrument-picker/instrument-picker.events.ts';
export { CwInstrumentPicker } from './components/instrument-picker/instrument-picker.ts';
export { CwMessageLog, MESSAGE_LOG_FILTERS, type MessageLogFilter } from './components/message-log/message-log.ts';
export { CwCallBackEvent } from './components/missed-calls/missed-calls.events.ts';
export { CwMissedCalls } from './components/missed-calls/missed-calls.ts';
export { CwOrderFormCloseEvent, CwOrderSavedEvent } from './components/order-form/order-form.events.ts';
export { CwOrderForm, ORDER_FORM_MODES } from './components/order-form/order-form.ts';
export { CwOrderOpenEvent } from './components/order-list/order-list.events.ts';
export { CwOrderList, ORDER_LIST_FILTERS } from './components/order-list/order-list.ts';
export { CwPreflightEvent } from './components/preflight/preflight.events.ts';
export { CwPreflight } from './components/preflight/preflight.ts';
export { CwRecordingPlayer, PLAYBACK_SPEEDS } from './components/recording-player/recording-player.ts';
export { CwSubmitEvent } from './components/request-sheet/request-sheet.events.ts';
export { CwRequestSheet } from './components/request-sheet/request-sheet.ts';
export { CwSignInEvent } from './components/sign-in/sign-in.events.ts';
export { CwSignIn } from './components/sign-in/sign-in.ts';
export { CwVerificationEvent } from './components/verification/verification.events.ts';
export { CwVerification } from './components/verification/verification.ts';
export { DISPOSITIONS, type Disposition } from './components/wrap-up/dispositions.ts';
export { CwWrapUpEvent } from './components/wrap-up/wrap-up.events.ts';
export { CwWrapUp, type DispositionChoice } from './components/wrap-up/wrap-up.ts';
export { type DeskHandle, deskChanges, deskFor } from './context/desk-context.ts';
export { CommandController } from './controllers/command-controller.ts';
export { FollowController, type Followed, type FollowOptions } from './controllers/follow-controller.ts';
export { ReadableController } from './controllers/readable-controller.ts';
export type { Shortcut } from './controllers/shortcut-controller.ts';
export { TimerController } from './controllers/timer-controller.ts';
export { type Formats, formatsOf } from './formats/formats.ts';
export { registerTranslation } from './translations/registry.ts';
export type { SectionName, Translation } from './translations/translation.ts';
