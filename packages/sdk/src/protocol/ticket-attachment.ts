import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { Empty, Id, line } from './primitives.ts';

/** No file is larger, whatever the house allows; the adapter's option can only lower it. */
export const MAX_ATTACHMENT_BYTES = 26_214_400;
/** Files of one message. */
export const MAX_ATTACHMENTS = 10;

/** What may be attached. Told by the file's own bytes, never by its name. */
export const ATTACHMENT_TYPES = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
  'video/mp4',
  'video/webm',
] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

/** `scanning`: nobody can open it yet. `infected`: malware was found, and the file was removed at once. */
export const AttachmentState = z.enum(['scanning', 'ready', 'infected']);
export type AttachmentState = z.infer<typeof AttachmentState>;

export const Attachment = z.object({
  id: Id,
  /** Without folders, control and direction characters; safe to show and to save under. */
  name: z.string(),
  mediaType: z.enum(ATTACHMENT_TYPES),
  bytes: z.int(),
  state: AttachmentState,
  /** Whether a scanner looked at it; false where the house has none. */
  scanned: z.boolean(),
});
export type Attachment = z.infer<typeof Attachment>;

const everyone = ['buyer', 'agent', 'technician', 'manager'] as const;
const one = z.object({ attachmentId: Id });

/** Uploaded first, then named in the ticket or message that they belong to; what no message names is removed after a day. */
export const ticketAttachments = {
  upload: endpoint({
    method: 'POST',
    path: '/ticket-attachments',
    summary: 'Upload a file, as it is, for a message that I am about to write',
    access: everyone,
    input: z.object({
      /** Made by the page: who sends the same one again gets the file that is there. */
      uploadId: Id,
      name: line(255),
    }),
    output: Attachment,
    raw: { maxBytes: MAX_ATTACHMENT_BYTES },
    problems: ['attachment-type', 'attachment-empty', 'attachment-too-many', 'attachments-off'],
  }),
  get: endpoint({
    method: 'GET',
    path: '/ticket-attachments/{attachmentId}',
    summary: 'One attachment: whether it can be opened yet',
    access: everyone,
    input: one,
    output: Attachment,
  }),
  file: endpoint({
    method: 'GET',
    path: '/ticket-attachments/{attachmentId}/file',
    summary: 'The file, to be saved and never opened in our own origin',
    access: everyone,
    input: one,
    output: Empty,
    bytes: 'application/octet-stream',
    problems: ['attachment-scanning', 'attachment-infected'],
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/ticket-attachments/{attachmentId}',
    summary: 'Removes a file that I uploaded and have not sent yet',
    access: everyone,
    input: one,
    output: Empty,
  }),
} as const;
