export { type Box, Boxes, type BoxQueue } from './boxes.ts';
export { emptyBin } from './empty-bin.ts';
export { expireMessages } from './expire-messages.ts';
export {
  beginTake,
  findGreeting,
  forgetTake,
  type GreetingRow,
  keepGreeting,
  publishGreeting,
  unwantedTakes,
} from './greetings.ts';
export type { MessageRow } from './message-rows.ts';
export { createVoicemailOperations, type GreetingControl } from './operations.ts';
export { type VoicemailOptions, type VoicemailPolicy, voicemailPolicy } from './policy.ts';
export type { VoicemailShelf } from './shelf.ts';
export {
  dropMessage,
  keepMessage,
  type NewMessage,
  noteLeft,
  noteSpeaking,
  noteSpoken,
  openMessage,
  storedSince,
  unfinishedMessages,
} from './take-message.ts';
