import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningAsterisk, startAsterisk } from '../../../../../scripts/system/ensure.ts';

export interface FaxSender {
  /** Calls the number over the trunk and sends the TIFF when it is answered; resolves when the call was placed. */
  send(to: string, tiff: Uint8Array, from: string): Promise<void>;
  /** Breaks off whatever is being sent. */
  hangup(): Promise<void>;
  stop(): Promise<void>;
}

/** Sends what `FAX_FILE` names. `f`: over T.38 if both sides can, else as tones. */
const dialplan = `[send-fax]
exten => send,1,Set(FAXOPT(localstationid)=\${FAX_STATION})
 same => n,SendFAX(\${FAX_FILE},f)
 same => n,Hangup()
`;

/** The fax machine of somebody else: a second Asterisk, whose trunk leads to ours. */
export async function startFaxSender(options: {
  readonly exchangePort: number;
  readonly t38: boolean;
}): Promise<FaxSender> {
  const asterisk: RunningAsterisk = await startAsterisk({
    agents: [],
    trunk: { host: '127.0.0.1', port: options.exchangePort, t38: options.t38 },
    dialplan,
  });
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUsername}:${asterisk.ariPassword}`).toString('base64')}`;
  let sent = 0;
  return {
    async send(to, tiff, from) {
      sent += 1;
      const file = join(asterisk.dir, `sent-${sent}.tif`);
      writeFileSync(file, tiff);
      const query = new URLSearchParams({
        endpoint: `PJSIP/${to}@trunk`,
        callerId: from,
        context: 'send-fax',
        extension: 'send',
        priority: '1',
        timeout: '30',
      });
      const answer = await fetch(`${asterisk.ariUrl}/channels?${query}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ variables: { FAX_FILE: file, FAX_STATION: from } }),
      });
      if (!answer.ok) throw new Error(`The sending Asterisk refused (${answer.status}): ${await answer.text()}`);
    },
    async hangup() {
      const channels = (await (await fetch(`${asterisk.ariUrl}/channels`, { headers: { authorization } })).json()) as {
        id: string;
      }[];
      for (const { id } of channels)
        await fetch(`${asterisk.ariUrl}/channels/${id}`, { method: 'DELETE', headers: { authorization } });
    },
    stop: () => asterisk.stop(),
  };
}
