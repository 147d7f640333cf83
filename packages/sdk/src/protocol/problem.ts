import * as z from 'zod/mini';

/**
 * Every error that the adapter answers with, its HTTP status, and what the reader can do about it.
 * Codes are part of the contract: they are never renamed, only added.
 */
export const PROBLEMS = {
  'invalid-input': [400, 'Correct the fields named in `fields` and send the request again.'],
  'not-signed-in': [401, 'Sign in and send the request again.'],
  'wrong-credentials': [401, 'Check the username and password.'],
  'not-allowed': [403, 'Ask a manager for the role that this action needs.'],
  'cross-origin': [403, 'Send the request from a page of the same origin, or list the origin in `allowedOrigins`.'],
  'not-found': [404, 'Check the id; it may belong to someone else or not exist.'],
  'method-not-allowed': [405, 'Use a method that the contract lists for this path.'],
  conflict: [409, 'Load the current state and try again.'],
  'idempotency-mismatch': [409, 'Use a new Idempotency-Key for a request with another body.'],
  'too-large': [413, 'Send a smaller body.'],
  'unsupported-media': [415, 'Send JSON with `Content-Type: application/json`.'],
  'idempotency-required': [428, 'Send an Idempotency-Key header with every change.'],
  'too-many-requests': [429, 'Wait for the time in `Retry-After`.'],
  'password-not-set': [403, 'Set a password first: nothing else is answered before.'],
  'password-set-already': [409, 'Sign in with the password; a manager can reset it.'],
  'password-too-near': [422, 'Choose a password that is neither the username nor the one-time secret.'],
  'invitation-over': [401, 'Ask a manager for a new one-time password: this one was not used in time.'],
  'account-locked': [423, 'Wait until the lock ends, or ask a manager to unlock the account.'],
  unavailable: [503, 'Try again in a few seconds; nothing was changed.'],
  'exchange-unavailable': [503, 'The telephone exchange does not answer. Calls go on; try the command again shortly.'],
  internal: [500, 'Try again; if it stays, give the request id to whoever runs the adapter.'],
  // customers
  'username-taken': [409, 'Choose another 5-digit username, or leave it empty to have one issued.'],
  'national-code-taken': [409, 'Open the customer who has this national code instead of creating a second one.'],
  'customer-kept-by-host': [409, 'Create and edit customers in the system that keeps them; the desk only reads them.'],
  'unknown-responder': [422, 'Choose responders among active accounts with the role agent.'],
  // buyers
  'already-a-buyer': [409, 'Open the buyer instead of making a second one.'],
  'kept-as-buyer': [
    409,
    'This customer is a buyer: a manager corrects name, national code, telephone and language there.',
  ],
  // calls
  'call-not-live': [409, 'This needs a live call. Wait for the customer to ring, or ring them.'],
  'call-without-customer': [409, 'Choose which customer is calling first.'],
  'call-not-yours': [403, 'Only the agent who has the call can do this.'],
  'target-unavailable': [409, 'They cannot be rung now. Choose somebody else, or try again later.'],
  'third-in-call': [409, 'Finish the consultation, or remove whoever was brought in, first.'],
  'no-third-in-call': [409, 'Nobody else is in this call. Bring somebody in first.'],
  'caller-id-not-ours': [422, 'Choose one of the numbers that may be shown.'],
  'recording-not-running': [409, 'The recording does not run, or is paused for another reason.'],
  'not-a-candidate': [422, 'Choose one of the customers whose number matched, or find the customer first.'],
  'unknown-reason': [422, 'Give one of the reasons that the house has listed.'],
  'wrap-up-not-extendable': [409, 'The time can be extended once, while it runs and where the house allows it.'],
  // supervision
  'reason-missing': [422, 'Say why you listen to this call: it is written to the listening log.'],
  'escalation-closed': [409, 'Somebody else has come already, or the agent took the request back.'],
  // missed calls
  'missed-call-claimed': [409, 'Somebody else is calling this person back. Wait until they are done, or ask them.'],
  'missed-call-closed': [409, 'Nobody needs to call back any more: the case is closed.'],
  // verification
  'verification-locked': [
    423,
    'Too many wrong attempts. A supervisor must release the customer after checking identity.',
  ],
  'verification-not-open': [409, 'Start a verification first.'],
  'question-not-asked': [422, 'Answer only the questions that were asked.'],
  'no-questions': [
    409,
    'The customer has too few security questions. Use the PIN, or add questions in the back office.',
  ],
  'pin-not-possible': [409, 'The PIN can be keyed only while the customer is connected and no other entry is running.'],
  // orders: what seals them
  'recording-missing': [409, 'The call is not being recorded. Nothing may be submitted; call the customer again.'],
  'verification-missing': [409, 'Verify the caller first.'],
  'read-back-missing': [
    409,
    'Read the request back to the customer first; a change after reading needs a new reading.',
  ],
  'pin-change-missing': [409, 'The customer must change the initial PIN in this call before any order.'],
  'contract-missing': [409, 'The customer has not signed the telephone-order contract.'],
  'other-customer': [409, 'The live call is of another customer.'],
  'order-state': [409, 'The order is no longer in a state that allows this. Load it again.'],
  'order-already-acted': [
    409,
    'The broker has acted already; the dealing floor must return the order before it can change.',
  ],
  'unknown-instrument': [422, 'Choose an instrument from the catalogue.'],
  'wrong-section': [422, 'The customer has no contract for this section, or the instrument belongs to another one.'],
  'claimed-by-other': [409, 'Another dealer has claimed this order.'],
  'not-claimed': [409, 'Claim the order first.'],
  overfill: [422, 'The fill is larger than what is still open.'],
  // dialling out
  'dial-emergency': [422, 'Ring rescue services from your own telephone: they must see where you are.'],
  'dial-premium': [422, 'This number costs more than a call. Choose another one.'],
  'dial-country': [422, 'Choose a number in a country that may be called, or ask a manager to allow it.'],
  'dial-not-listed': [422, 'Choose a number from the list, or ask a manager to add this one.'],
  'dial-not-a-number': [422, 'Check the number: national form, or + and country code.'],
  'in-a-call': [409, 'End the call that goes on first.'],
  // virtual numbers
  'project-name-taken': [409, 'Choose another name: an SMS names the project.'],
  'project-over': [409, 'The project is over. Create a new one, or move its last day.'],
  'fictitious-number-taken': [409, 'This number is in the stock already; assign it instead.'],
  'fictitious-number-paired': [409, 'End its pairings first.'],
  'number-without-project': [409, 'Give the fictitious number to a project first.'],
  'real-number-taken': [409, 'Another active field caller has this number.'],
  'not-a-field-caller': [422, 'Choose an active account with the role field-caller that nobody else uses.'],
  'field-caller-inactive': [409, 'Switch the field caller on first.'],
  'already-paired': [409, 'This number is paired with this field caller already.'],
  'pairing-over': [409, 'This number can no longer be called through. Choose another one.'],
  'callback-closed': [409, 'This missed call is no longer open.'],
  // devices and imports
  'device-type-taken': [409, 'There is a type with this brand and model already; change that one.'],
  'unknown-device-type': [422, 'Choose a device type that is active, or create it first.'],
  'device-taken': [409, 'Another device has this serial number, dongle or user id; open that one instead.'],
  'installation-sealed': [409, 'The buyer has confirmed the installation; its day can no longer be changed.'],
  'service-not-activated': [409, 'Confirm the installation first: service starts with it.'],
  'import-unreadable': [422, 'Give a CSV file whose first line names its columns.'],
  'import-state': [409, 'The import has gone on meanwhile. Load it again.'],
  // installations
  'no-checklist': [409, 'Publish a checklist for this device type first, or a general one.'],
  'checklist-empty': [422, 'Write at least one item before publishing.'],
  'checklist-incomplete': [422, 'Tick every item and "all done"; ask the technician about what is missing.'],
  'installation-day': [422, 'Give the day on which the device was installed: today or before.'],
  'installation-changed': [409, 'The form has changed since it was shown. Read it again, and confirm it then.'],
  'installation-confirmed': [409, 'The installation is confirmed already and can no longer change.'],
  // tickets
  'ticket-service-expired': [409, 'Renew the service, or choose service per case.'],
  'ticket-service-declined': [409, 'Service was declined. Renew it, or choose service per case.'],
  'ticket-ceiling-reached': [
    409,
    'Pay the outstanding balance; new cases are taken again when it is below the ceiling.',
  ],
  'ticket-closed': [409, 'The ticket is closed. Reopen it first.'],
  'ticket-open': [409, 'The ticket is open already; write to it.'],
  'ticket-taken': [409, 'Somebody else has the ticket now. Load it again before you give it to another.'],
  'unknown-technician': [422, 'Choose an active account with the role technician or manager.'],
  'attachment-type': [415, 'Attach a picture (JPEG, PNG, GIF, WebP), PDF, plain text, or a short video (MP4, WebM).'],
  'attachment-empty': [422, 'The file is empty. Choose another one.'],
  'attachment-too-many': [429, 'Send the message with the files that are uploaded, or remove some of them first.'],
  'attachment-unknown': [422, 'Upload the file again: it is not there any more, was sent already, or is not yours.'],
  'attachment-scanning': [409, 'The file is being checked for malware; try again in a few seconds.'],
  'attachment-infected': [410, 'Malware was found in this file, and it was removed. Ask the sender for a clean one.'],
  'attachments-off': [503, 'Ask whoever runs the adapter for a place to keep files in: the option `recordings`.'],
  // billing
  'no-price': [409, 'Publish a price list that holds today; the device type may be missing in it.'],
  'price-list-changed': [409, 'Somebody has changed the draft meanwhile. Load it again, and look at it again.'],
  'publish-in-past': [422, 'Choose now or a later time: prices do not change afterwards.'],
  'other-currency': [422, 'Use the currency of the house; the adapter’s option for the ceiling names it.'],
  'nothing-owed': [409, 'Nothing is owed: there is nothing to pay.'],
  'more-than-owed': [422, 'Pay what is owed, or less.'],
  'nothing-to-invoice': [409, 'Everything stands on an invoice already.'],
  'not-correctable': [409, 'Only a charge for work can be taken back, and only once.'],
  'override-open': [409, 'There is an open request, or a grant that still runs: decide on it, or end it.'],
  'override-closed': [409, 'This has been decided or has ended already. Load it again.'],
  'override-end': [422, 'Choose an end in the future, within a year.'],
  // faxes
  'fax-not-finished': [409, 'The fax is still coming in; try again when it is here.'],
  'fax-unreadable': [422, 'Send black and white TIFF (group 3, group 4 or uncompressed) or PDF.'],
  // recordings
  'recording-not-ready': [409, 'The recording is still being stored; try again in a few seconds.'],
  'recording-expired': [410, 'The time for which it had to be kept has ended, and it was deleted.'],
  'recording-altered': [409, 'The stored file is not the one that was sealed. Run `callweave evidence verify`.'],
  'recording-link-over': [410, 'The link has expired or was revoked. Ask for a new one.'],
  // payments
  'payment-closed': [409, 'This payment is over. Load it again, and open a new one if something is still owed.'],
  'payment-not-paid': [409, 'There is a receipt once it is paid.'],
  'return-elsewhere': [
    422,
    'Give a path of your own site, or add its origin to `devicePortal.payments.returnOrigins`.',
  ],
  'no-gateway': [409, 'Choose one of the payment gateways that are set up, and an amount in its currency and limits.'],
  'gateway-refused': [409, 'The gateway has refused. Try another gateway, or look at the reason in its panel.'],
  'gateway-unavailable': [503, 'The payment gateway does not answer. No money was taken; try again in a few minutes.'],
  'refund-not-possible': [409, 'Only an attempt that was paid, and not given back yet, can be refunded.'],
  // service plans
  'renewal-not-sold': [409, 'Choose another number of years, or ask the house to put a price on it.'],
  'renewal-price-changed': [409, 'Load the prices again, and choose again if you agree.'],
  // articles
  'article-state': [409, 'The article is no longer in a state that allows this. Load it again.'],
  'article-incomplete': [422, 'Give each language of the article a text; a video needs its link as well.'],
  'video-host': [
    422,
    'Give a link to one of the hosts in the option `devicePortal.articles.videoHosts`, or add its host.',
  ],
  // ownership transfers
  'transfers-off': [
    503,
    'Ask whoever runs the adapter for the page of acceptance: `devicePortal.transfers.acceptUrl`.',
  ],
  'transfer-open': [409, 'A transfer of this device is going on. Withdraw it first, or wait for its end.'],
  'transfer-to-self': [422, 'Name somebody else: this is the national code of the present owner.'],
  'transfer-state': [409, 'The transfer is no longer in a state that allows this. Load it again.'],
  'transfer-expired': [409, 'The time for it is over. The present owner can begin a new transfer.'],
  'transfer-device-moved': [409, 'The device belongs to somebody else by now. Begin anew with its owner.'],
  'transfer-text-changed': [409, 'The text is not the one that was shown. Read it again, and confirm it then.'],
  'transfer-debt': [409, 'The present owner still owes something. It has to be paid first.'],
  'transfer-new-buyer': [422, 'The new owner is no buyer yet: give the operator of the device and the address.'],
  'one-time-code-wrong': [422, 'Compare the code with the text message, and type it again.'],
  'one-time-code-over': [409, 'This code is of no use any more. Have a new one sent.'],
  'one-time-code-too-soon': [429, 'A code was sent a moment ago. Wait for it, or ask again after a minute.'],
  'one-time-code-limit': [429, 'Too many codes were sent. Try again tomorrow, or ask the house.'],
  // announcements
  'announcement-state': [409, 'The announcement is no longer in a state that allows this. Load it again.'],
  // courses
  'course-not-sold': [409, 'Choose another course: this one is not sold at the moment.'],
  'course-owned': [409, 'You have bought this course already; its licence stands under your courses.'],
  'course-price-changed': [409, 'The price has changed since it was shown. Look at it again.'],
  'course-order-state': [409, 'The order is no longer in a state that allows this. Load it again.'],
  'licence-not-found': [422, 'Give the id of the licence at the player whose payload is the id of this order.'],
  'player-unavailable': [503, 'The player’s service does not answer; try again in a few minutes.'],
  'partner-key': [
    401,
    'Send `Authorization: Bearer` with a key of the partner that has not ended; a manager issues one.',
  ],
  'partner-scope': [403, 'Ask a manager for a key with the scope that this needs.'],
} as const satisfies Record<string, readonly [status: number, fix: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export const problemCodes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

export const FieldProblem = z.object({
  /** Where: `terms.quantity`, `numbers.0`. */
  path: z.string(),
  message: z.string(),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** The body of every answer that is not 2xx. */
export const ProblemBody = z.object({
  error: z.object({
    code: z.enum(problemCodes),
    message: z.string(),
    /** What to do next, in English; user interfaces translate by `code`. */
    fix: z.string(),
    fields: z.optional(z.array(FieldProblem)),
    retryAfterSeconds: z.optional(z.number()),
    requestId: z.optional(z.string()),
  }),
});
export type ProblemBody = z.infer<typeof ProblemBody>;
