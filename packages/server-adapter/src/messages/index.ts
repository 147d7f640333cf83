export {
  type CreateMessagesOptions,
  createMessages,
  type Messages,
  type SmsOptions,
  type WhatsAppOptions,
} from './create-messages.ts';
export { maskNumber } from './mask-number.ts';
export { countMessages, type MessageOutcome, messageOutcomes, messageStates } from './message-rows.ts';
export type { MessageRequest, MessageSender } from './send.ts';
export type { MessageTemplates } from './templates.ts';
