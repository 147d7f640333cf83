export { CwDesk, DESK_PHONES } from './components/desk/desk.ts';
export { CwAnswerEvent, CwDeclineEvent, CwOpenSheetEvent } from './components/incoming-call/incoming-call.events.ts';
export {
  CwIncomingCall,
  INCOMING_CALL_PLACEMENTS,
  type IncomingCallShortcuts,
} from './components/incoming-call/incoming-call.ts';
export { type DeskHandle, deskChanges, deskFor } from './context/desk-context.ts';
export { CommandController } from './controllers/command-controller.ts';
export { FollowController, type Followed, type FollowOptions } from './controllers/follow-controller.ts';
export { ReadableController } from './controllers/readable-controller.ts';
export type { Shortcut } from './controllers/shortcut-controller.ts';
export { TimerController } from './controllers/timer-controller.ts';
export { type Formats, formatsOf } from './formats/formats.ts';
export { registerTranslation } from './translations/registry.ts';
export type { SectionName, Translation } from './translations/translation.ts';
