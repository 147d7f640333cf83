import {
  ATTACHMENT_TYPES,
  type AttachmentType,
  checkOpeningHours,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  type OpeningHours,
  TICKET_PRIORITIES,
  type TicketPriority,
} from '@callweave/sdk/protocol';
import type { AttachmentScanner } from '../connectors/scanner/scanner.ts';

/** What is promised for a priority, in working time. */
export interface TicketGoals {
  readonly firstAnswerMinutes: number;
  readonly resolutionMinutes: number;
}

/** Support tickets of the buyers' portal. What is left out keeps its default. */
export interface TicketsOptions {
  /** When the technical team works; promised times count in these hours. @default always */
  readonly hours?: OpeningHours;
  /** @default urgent 1 h and 8 h, high 2 h and 16 h, medium 8 h and 40 h, low 16 h and 80 h */
  readonly goals?: Readonly<Partial<Record<TicketPriority, Partial<TicketGoals>>>>;
  readonly attachments?: {
    /** Of one file; at most 25 MiB. @default 26_214_400 */
    readonly maxBytes?: number;
    /** Of one message; at most 10. @default 10 */
    readonly maxFiles?: number;
    /** @default every type that the desk knows: pictures, PDF, plain text, short videos */
    readonly mediaTypes?: readonly AttachmentType[];
  };
  /**
   * Looks for malware in each file before anybody can open it: `clamavScanner`, or a driver of your own.
   * @default `noScanner()`: files can be opened at once, and show that nobody looked
   */
  readonly scanner?: AttachmentScanner;
}

export interface TicketPolicy {
  readonly hours: OpeningHours | undefined;
  readonly goals: Readonly<Record<TicketPriority, TicketGoals>>;
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly mediaTypes: readonly AttachmentType[];
}

const HOUR = 60;
const GOALS: TicketPolicy['goals'] = {
  urgent: { firstAnswerMinutes: HOUR, resolutionMinutes: 8 * HOUR },
  high: { firstAnswerMinutes: 2 * HOUR, resolutionMinutes: 16 * HOUR },
  medium: { firstAnswerMinutes: 8 * HOUR, resolutionMinutes: 40 * HOUR },
  low: { firstAnswerMinutes: 16 * HOUR, resolutionMinutes: 80 * HOUR },
};

/** Throws what is wrong with the options, so that it is found when the desk starts. */
export function ticketPolicy({ hours, goals = {}, attachments = {} }: TicketsOptions = {}): TicketPolicy {
  if (hours !== undefined) checkOpeningHours(hours);
  const { maxBytes = MAX_ATTACHMENT_BYTES, maxFiles = MAX_ATTACHMENTS, mediaTypes = ATTACHMENT_TYPES } = attachments;
  if (!(Number.isInteger(maxBytes) && maxBytes >= 1 && maxBytes <= MAX_ATTACHMENT_BYTES))
    throw new RangeError(`tickets.attachments.maxBytes is 1 to ${MAX_ATTACHMENT_BYTES}.`);
  if (!(Number.isInteger(maxFiles) && maxFiles >= 0 && maxFiles <= MAX_ATTACHMENTS))
    throw new RangeError(`tickets.attachments.maxFiles is 0 to ${MAX_ATTACHMENTS}.`);
  const unknown = mediaTypes.find((type) => !ATTACHMENT_TYPES.includes(type));
  if (unknown !== undefined)
    throw new RangeError(`tickets.attachments.mediaTypes: "${unknown}" is none of ${ATTACHMENT_TYPES.join(', ')}.`);
  const all = Object.fromEntries(
    TICKET_PRIORITIES.map((priority) => [priority, { ...GOALS[priority], ...goals[priority] }]),
  ) as Record<TicketPriority, TicketGoals>;
  for (const { firstAnswerMinutes, resolutionMinutes } of Object.values(all))
    if (
      !(
        Number.isInteger(firstAnswerMinutes) &&
        firstAnswerMinutes > 0 &&
        Number.isInteger(resolutionMinutes) &&
        resolutionMinutes > 0
      )
    )
      throw new RangeError('tickets.goals are whole minutes, one or more.');
  return { hours, goals: all, maxBytes, maxFiles, mediaTypes };
}
