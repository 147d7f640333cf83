import type { AgentAccount, ExchangeConfigOptions, Trunk } from './config.ts';
import {
  checkedHost,
  checkedIpv4,
  checkedNetwork,
  checkedPassword,
  checkedPort,
  ExchangeConfigError,
} from './config-values.ts';

type PjsipOptions = Pick<ExchangeConfigOptions, 'sip' | 'http' | 'domain' | 'trunk'> & {
  readonly agents: readonly AgentAccount[];
  readonly mediaAddress: string;
};

export function renderPjsip(options: PjsipOptions): string {
  const domain = checkedHost('domain', options.domain ?? 'callweave.local');
  return [
    `[global]
type=global
user_agent=Callweave exchange
; Username first: else a browser on the trunk's address would be taken for the trunk.
endpoint_identifier_order=username,ip
[transport-udp]
type=transport
protocol=udp
bind=${checkedIpv4('sip.address', options.sip.address)}:${checkedPort('sip.port', options.sip.port)}
[transport-ws]
type=transport
protocol=ws
bind=${checkedIpv4('http.address', options.http.address)}
[browser-phone](!)
type=endpoint
context=from-agent
from_domain=${domain}
identify_by=username
webrtc=yes
disallow=all
allow=ulaw
media_address=${options.mediaAddress}
bind_rtp_to_media_address=yes
direct_media=no
allow_subscribe=no
allow_transfer=no
send_connected_line=no
; A tab that died in a call: no audio for so long ends its leg (cause 44). One that lost its network for 20 s comes back.
rtp_timeout=40
rtp_timeout_hold=3600
`,
    ...options.agents.map(agentSections),
    options.trunk === undefined ? '' : trunkSections(options.trunk, options.mediaAddress),
  ].join('');
}

function agentSections({ account, password }: AgentAccount): string {
  return `[${account}](browser-phone)
auth=${account}
aors=${account}
[${account}]
type=auth
auth_type=userpass
username=${account}
password=${password}
[${account}]
type=aor
max_contacts=1
remove_existing=yes
remove_unavailable=yes
minimum_expiration=30
maximum_expiration=3600
`;
}

/** Redundancy: what every gateway understands. */
const t38Lines = `t38_udptl=yes
t38_udptl_ec=redundancy
t38_udptl_maxdatagram=400
t38_bind_udptl_to_media_address=yes
`;

function trunkSections(trunk: Trunk, mediaAddress: string): string {
  const target = `${checkedHost('trunk.host', trunk.host)}:${checkedPort('trunk.port', trunk.port)}`;
  if (trunk.from.length === 0)
    throw new ExchangeConfigError('trunk.from', "list the operator's addresses, else no call comes in");
  const matches = trunk.from
    .map((network, index) => `match=${checkedNetwork(`trunk.from[${index}]`, network)}\n`)
    .join('');
  const account = trunkAccount(trunk, target);
  return `[trunk]
type=endpoint
transport=transport-udp
context=from-trunk
identify_by=ip
disallow=all
allow=ulaw,alaw
aors=trunk
${account === '' ? '' : 'outbound_auth=trunk-auth\n'}dtmf_mode=rfc4733
media_address=${mediaAddress}
bind_rtp_to_media_address=yes
rtp_symmetric=yes
direct_media=no
allow_subscribe=no
allow_transfer=no
trust_id_inbound=yes
trust_id_outbound=yes
send_pai=yes
; Operators and test tools stumble over the re-INVITE that it would send on every bridging.
send_connected_line=no
rtp_timeout=30
${trunk.t38 === false ? '' : t38Lines}rtp_timeout_hold=3600
[trunk]
type=aor
contact=sip:${target}
[trunk]
type=identify
endpoint=trunk
${matches}${account}`;
}

function trunkAccount(trunk: Trunk, target: string): string {
  if (trunk.username === undefined && trunk.password === undefined) return '';
  const username = trunk.username ?? '';
  if (!/^\+?[A-Za-z0-9._-]{1,60}$/.test(username))
    throw new ExchangeConfigError(
      'trunk.username',
      'give the user name that the operator issued, letters, digits, . _ -',
    );
  const password = checkedPassword('trunk.password', trunk.password ?? '');
  return `[trunk-auth]
type=auth
auth_type=userpass
username=${username}
password=${password}
[trunk-registration]
type=registration
transport=transport-udp
outbound_auth=trunk-auth
server_uri=sip:${target}
client_uri=sip:${username}@${target}
retry_interval=30
forbidden_retry_interval=300
`;
}
