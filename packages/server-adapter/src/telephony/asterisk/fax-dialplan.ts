/** Where {@link Faxes} sends a leg that brings a fax. */
export const faxContext = 'callweave-fax';

/** Name of the user event by which the dialplan tells the outcome. */
export const faxEvent = 'CallweaveFax';

/** One machine may hold a line for so long; at 14.4 kbit/s this is more than a hundred dense pages. */
const longestSeconds = 3600;

/**
 * The dialplan of a fax. `f`: where the operator refuses T.38, the modem's tones are listened to instead. The outcome is
 * told from `h`, which runs however the call ends, and before the channel is destroyed.
 *
 * The TIFF is written among the recordings under the name of a sound: ARI hands out files of that folder alone, and only
 * those whose ending is a sound format's. So an adapter on another machine gets at it as well.
 *
 * What the sender's machine says of itself is filtered to letters, digits and a few signs: it must not add fields.
 */
export function faxDialplan(): string {
  const plain = (value: string) => `\${FILTER(A-Za-z0-9+._\\x20-,\${${value}})}`;
  const fields = [
    'fax: ${CALLWEAVE_FAX}',
    'status: ${FAXSTATUS}',
    'pages: ${FAXPAGES}',
    'mode: ${FAXMODE}',
    `station: ${plain('REMOTESTATIONID')}`,
    `error: ${plain('FAXERROR')}`,
  ];
  return `[${faxContext}]
exten => receive,1,Set(TIMEOUT(absolute)=${longestSeconds})
 same => n,ReceiveFAX(\${ASTSPOOLDIR}/recording/cw-fax-\${CALLWEAVE_FAX}.wav,f)
 same => n,Hangup()
exten => h,1,UserEvent(${faxEvent},${fields.join(',')})
`;
}
