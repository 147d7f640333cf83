export { CwAvailability } from './components/availability/availability.ts';
export { CwHangUpEvent } from './components/call-bar/call-bar.events.ts';
export { type CallBarShortcuts, CwCallBar } from './components/call-bar/call-bar.ts';
export { CwCallHistory } from './components/call-history/call-history.ts';
export { CwChecklistAdmin } from './components/checklist-admin/checklist-admin.ts';
export { CwCancelEvent, CwCustomerEvent } from './components/customer-form/customer-form.events.ts';
export { CwCustomerForm } from './components/customer-form/customer-form.ts';
export { CwCustomerSecurity } from './components/customer-security/customer-security.ts';
export { CwDayEvent } from './components/day-field/day-field.events.ts';
export { CwDayField } from './components/day-field/day-field.ts';
export { CwDealingFloor } from './components/dealing-floor/dealing-floor.ts';
export { CwDesk, DESK_PHONES } from './components/desk/desk.ts';
export { CwDeviceAdmin } from './components/device-admin/device-admin.ts';
export { CwDeviceTypes } from './components/device-admin/type-panel.ts';
export { CwDeviceOpenEvent } from './components/device-list/device-list.events.ts';
export { CwDeviceList } from './components/device-list/device-list.ts';
export { CwDialEvent } from './components/dial-pad/dial-pad.events.ts';
export { CwDialPad, DIAL_PAD_USERS, type DialPadUser } from './components/dial-pad/dial-pad.ts';
export { CwEscalation } from './components/escalation/escalation.ts';
export { CwFaxOpenEvent } from './components/fax-inbox/fax-inbox.events.ts';
export { CwFaxInbox, FAX_FILTERS } from './components/fax-inbox/fax-inbox.ts';
export { CwAnswerEvent, CwDeclineEvent, CwOpenSheetEvent } from './components/incoming-call/incoming-call.events.ts';
export {
  CwIncomingCall,
  INCOMING_CALL_PLACEMENTS,
  type IncomingCallShortcuts,
} from './components/incoming-call/incoming-call.ts';
export { CwInstallationConfirmEvent } from './components/installation-form/installation-form.events.ts';
export { CwInstallationForm } from './components/installation-form/installation-form.ts';
export { CwInstallationPreparation } from './components/installation-preparation/installation-preparation.ts';
export { CwInstrumentEvent } from './components/instrument-picker/instrument-picker.events.ts';
export { CwInstrumentPicker } from './components/instrument-picker/instrument-picker.ts';
export { CwListeningLog } from './components/listening-log/listening-log.ts';
export { CwMessageLog, MESSAGE_LOG_FILTERS, type MessageLogFilter } from './components/message-log/message-log.ts';
export { CwCallBackEvent } from './components/missed-calls/missed-calls.events.ts';
export { CwMissedCalls } from './components/missed-calls/missed-calls.ts';
export { CwNumberPairings, NUMBER_TABS, type NumberTab } from './components/number-pairings/number-pairings.ts';
export { CwOrderFormCloseEvent, CwOrderSavedEvent } from './components/order-form/order-form.events.ts';
export { CwOrderForm, ORDER_FORM_MODES } from './components/order-form/order-form.ts';
export { CwOrderOpenEvent } from './components/order-list/order-list.events.ts';
export { CwOrderList, ORDER_LIST_FILTERS } from './components/order-list/order-list.ts';
export { CwPreflightEvent } from './components/preflight/preflight.events.ts';
export { CwPreflight } from './components/preflight/preflight.ts';
export { CwRecordingHold } from './components/recording-hold/recording-hold.ts';
export { CwRecordingLink, LINK_MINUTES } from './components/recording-link/recording-link.ts';
export { CwRecordingPlayer, PLAYBACK_SPEEDS } from './components/recording-player/recording-player.ts';
export { CwSubmitEvent } from './components/request-sheet/request-sheet.events.ts';
export { CwRequestSheet } from './components/request-sheet/request-sheet.ts';
export { CwSignInEvent } from './components/sign-in/sign-in.events.ts';
export { CwSignIn } from './components/sign-in/sign-in.ts';
export { CwSupervision } from './components/supervision/supervision.ts';
export { CwTableImport } from './components/table-import/table-import.ts';
export { CwTicketForm } from './components/ticket-panel/ticket-form.ts';
export {
  CwTicketCreatedEvent,
  CwTicketOpenEvent,
  CwTicketWayOutEvent,
} from './components/ticket-panel/ticket-panel.events.ts';
export { CwTicketPanel, TICKET_FILTERS } from './components/ticket-panel/ticket-panel.ts';
export { CwTicketThread } from './components/ticket-parts/ticket-thread.ts';
export { CwTransferPanel } from './components/transfer-panel/transfer-panel.ts';
export { CwVerificationEvent } from './components/verification/verification.events.ts';
export { CwVerification } from './components/verification/verification.ts';
export { VOICEMAIL_SPEEDS } from './components/voicemail/sound-player.ts';
export { CwAnnouncements } from './components/announcements/announcements.ts';
export { CwNotifications } from './components/notifications/notifications.ts';
export { CwVoicemailCallBackEvent, CwVoicemailOpenEvent } from './components/voicemail/voicemail.events.ts';
export { CwVoicemail, VOICEMAIL_FILTERS } from './components/voicemail/voicemail.ts';
export { CwWallboard } from './components/wallboard/wallboard.ts';
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
