/** The first caller's side of a plain SIP call, in SIPp's scenario language. */
export interface SippScenario {
  readonly from: string;
  readonly to: string;
  /** Host and port of the exchange's trunk. */
  readonly exchange: string;
  readonly sdp: readonly string[];
  /** A file of raw µ-law that SIPp repeats as its voice. */
  readonly voiceFile?: string;
  /** The caller hangs up after so long. */
  readonly talkMs: number;
}

const refusals = [403, 404, 408, 480, 484, 486, 487, 488, 500, 503, 603];

/** CANCEL, and the ACK of a refusal, carry the INVITE's branch; SIPp's own `[branch]` differs in each message. */
const dialog = (
  from: string,
  remote: string,
  branch: string,
) => `      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK${branch}[call_id]
      From: <sip:${from}@[local_ip]>;tag=[pid]c[call_number]
      To: ${remote}
      Call-ID: [call_id]`;

function request(method: string, uri: string, head: string, sequence: string): string {
  // An ACK is never answered, so it is sent once.
  return `  <send${method === 'ACK' ? '' : ' retrans="500"'}><![CDATA[
      ${method} ${uri} SIP/2.0
${head}
      CSeq: ${sequence} ${method}
      Max-Forwards: 70
      Contact: <sip:caller@[local_ip]:[local_port]>
      Content-Length: 0
  ]]></send>
`;
}

/**
 * Steps are told through SIPp's log: `ringing`, `answered PORT`, `refused STATUS`, `cancelled`, `over far`, `over near`.
 * An INFO request with the call's id, which never comes from an exchange, is how the test says "hang up now".
 */
export function sippScenario({ from, to, exchange, sdp, voiceFile, talkMs }: SippScenario): string {
  const uri = `sip:${to}@${exchange}`;
  const log = (text: string) => `<action><log message="${text}"/></action>`;
  const head = dialog(from, `<${uri}>`, 'i');
  const refused = dialog(from, `<${uri}>[peer_tag_param]`, 'i');
  const talking = (branch: string) => dialog(from, `<${uri}>[peer_tag_param]`, branch);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="customer">
  <send retrans="500"><![CDATA[
      INVITE ${uri} SIP/2.0
${head}
      CSeq: 1 INVITE
      Max-Forwards: 70
      Contact: <sip:caller@[local_ip]:[local_port]>
      Content-Type: application/sdp
      Content-Length: [len]

${sdp.map((line) => `      ${line}`).join('\n')}
  ]]></send>
  <label id="1"/>
  <recv response="100" optional="true" next="1"/>
  <recv response="180" optional="true" next="1">${log('ringing')}</recv>
  <recv response="183" optional="true" next="1">${log('ringing')}</recv>
${refusals.map((status) => `  <recv response="${status}" optional="true" next="4">${log(`refused ${status}`)}</recv>`).join('\n')}
  <recv request="INFO" optional="true" next="3"/>
  <recv response="200" rrs="true">
    <action>
      <ereg regexp="m=audio ([0-9]+)" search_in="body" assign_to="whole,port"/>
      <log message="answered [$port]"/>
    </action>
  </recv>
${request('ACK', uri, talking('a'), '1')}${voiceFile === undefined ? '' : `  <nop><action><exec rtp_stream="${voiceFile},-1,0"/></action></nop>\n`}  <recv request="BYE" optional="true" next="2" timeout="${talkMs}" ontimeout="5">${log('over far')}</recv>
  <recv request="INFO"/>
  <label id="5"/>
${request('BYE', uri, talking('b'), '2')}  <recv response="200">${log('over near')}</recv>
  <nop next="9"/>
  <label id="2"/>
  <send next="9"><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0
  ]]></send>
  <label id="3"/>
${request('CANCEL', uri, head, '1')}  <recv response="200">${log('cancelled')}</recv>
  <recv response="487" timeout="5000" ontimeout="9"/>
  <label id="4"/>
${request('ACK', uri, refused, '1')}  <label id="9"/>
  <Reference variables="whole"/>
</scenario>
`;
}
