import { networkInterfaces } from 'node:os';
import {
  checkedAccount,
  checkedIpv4,
  checkedName,
  checkedPassword,
  checkedPath,
  checkedPort,
  ExchangeConfigError,
} from './config-values.ts';
import { faxDialplan } from './fax-dialplan.ts';
import { requiredModules } from './modules.ts';
import { renderPjsip } from './pjsip-config.ts';

export interface AgentAccount {
  readonly account: string;
  readonly password: string;
}

export interface Trunk {
  /** Where calls to the outside world are sent. */
  readonly host: string;
  readonly port: number;
  /** Addresses or networks from which the operator's calls come; nobody else reaches the public numbers. */
  readonly from: readonly string[];
  /** For an operator that wants our calls authenticated, and a registration kept up. */
  readonly username?: string;
  readonly password?: string;
  /** Whether faxes may be taken over T.38; where it is refused, or switched off here, they come as sound. @default true */
  readonly t38?: boolean;
}

export interface AsteriskDirectories {
  /** Configuration files: where the rendered map is written to. */
  readonly etc: string;
  /** State, recordings, sockets and logs go below this folder. */
  readonly run: string;
  /** Of the installation: its modules, and its data folder (with `documentation/`). */
  readonly modules: string;
  readonly data: string;
}

export interface ExchangeConfigOptions {
  /** @default 'callweave' */
  readonly application?: string;
  readonly ari: {
    /** @default 'callweave' */
    readonly username?: string;
    readonly password: string;
  };
  /** ARI and the browser phones' `/ws` share this listener. Put TLS in front of `/ws`, and never publish `/ari`. */
  readonly http: { readonly address: string; readonly port: number };
  readonly sip: { readonly address: string; readonly port: number };
  readonly rtp: { readonly start: number; readonly end: number };
  /** UDP ports for faxes over T.38; let them in like those of `rtp`. @default 4000 to 4999 */
  readonly udptl?: { readonly start: number; readonly end: number };
  /** Address that phones and the operator send audio to. @default sip.address */
  readonly mediaAddress?: string;
  /** Domain of the browser phones' addresses. @default 'callweave.local' */
  readonly domain?: string;
  readonly agents: readonly AgentAccount[];
  readonly trunk?: Trunk;
  /** The host's first address that is not loopback; needed when media stays on loopback. @default looked up */
  readonly hostAddress?: string;
  /** Given for an installation that runs from folders of its own; a packaged Asterisk keeps its own asterisk.conf. */
  readonly directories?: AsteriskDirectories;
}

/** Asterisk complains at start when one of these is absent; what they govern is switched off. */
const quietFiles: Readonly<Record<string, string>> = {
  'cdr.conf': '[general]\nenable=no\n',
  'manager.conf': '[general]\nenabled=no\n',
  'indications.conf':
    '[general]\ncountry=us\n[us]\ndescription=United States\nringcadence=2000,4000\nring=440+480/2000,0/4000\nbusy=480+620/500,0/500\ncongestion=480+620/250,0/250\n',
  ...Object.fromEntries(
    ['cel', 'features', 'acl', 'ccss', 'res_fax', 'websocket_client', 'pjproject', 'stasis', 'codecs'].map((name) => [
      `${name}.conf`,
      '; Not used.\n',
    ]),
  ),
};

/** Every file of an Asterisk configuration for Callweave: file name → text. The same code runs behind the tests' Asterisk. */
export function renderExchangeConfig(options: ExchangeConfigOptions): ReadonlyMap<string, string> {
  const application = checkedName('application', options.application ?? 'callweave');
  const files = new Map<string, string>();
  if (options.directories !== undefined) files.set('asterisk.conf', asteriskConf(options.directories));
  files.set(
    'modules.conf',
    ['[modules]', 'autoload=no', ...requiredModules.map((name) => `load=${name}.so`), ''].join('\n'),
  );
  files.set('http.conf', httpConf(options));
  files.set('ari.conf', ariConf(options));
  files.set('rtp.conf', rtpConf(options));
  files.set('udptl.conf', udptlConf(options));
  files.set('extensions.conf', extensionsConf(application));
  files.set(
    'pjsip.conf',
    renderPjsip({ ...options, agents: checkedAgents(options.agents), mediaAddress: mediaAddressOf(options) }),
  );
  files.set('logger.conf', '[general]\ndateformat=%F %T.%3q\n[logfiles]\nmessages.log => notice,warning,error\n');
  for (const [name, text] of Object.entries(quietFiles)) files.set(name, text);
  return files;
}

function checkedAgents(agents: readonly AgentAccount[]): readonly AgentAccount[] {
  const seen = new Set<string>();
  return agents.map(({ account, password }, index) => {
    checkedAccount(`agents[${index}].account`, account);
    checkedPassword(`agents[${index}].password`, password);
    if (seen.has(account))
      throw new ExchangeConfigError(
        `agents[${index}].account`,
        `"${account}" stands twice; give every agent an account of their own`,
      );
    seen.add(account);
    return { account, password };
  });
}

function mediaAddressOf(options: ExchangeConfigOptions): string {
  return checkedIpv4('mediaAddress', options.mediaAddress ?? options.sip.address);
}

function asteriskConf(directories: AsteriskDirectories): string {
  const run = checkedPath('directories.run', directories.run);
  return `[directories]
astetcdir => ${checkedPath('directories.etc', directories.etc)}
astmoddir => ${checkedPath('directories.modules', directories.modules)}
astdatadir => ${checkedPath('directories.data', directories.data)}
astvarlibdir => ${run}/lib
astdbdir => ${run}/db
astkeydir => ${run}/keys
astspooldir => ${run}/spool
astrundir => ${run}/run
astlogdir => ${run}/log
astcachedir => ${run}/cache
[options]
documentation_language = en_US
`;
}

function httpConf({ http }: ExchangeConfigOptions): string {
  return `[general]
enabled=yes
bindaddr=${checkedIpv4('http.address', http.address)}
bindport=${checkedPort('http.port', http.port)}
enablestatic=no
; Every browser phone holds one session for as long as it is registered.
sessionlimit=2000
session_keep_alive=30000
`;
}

function ariConf({ ari }: ExchangeConfigOptions): string {
  return `[general]
enabled=yes
pretty=no
; Sent with every channel, so that a restarted adapter knows its legs without asking for each.
channelvars=CALLWEAVE_LEG,CALLWEAVE_TAG
[${checkedName('ari.username', ari.username ?? 'callweave')}]
type=user
read_only=no
password=${checkedPassword('ari.password', ari.password)}
password_format=plain
`;
}

function rtpConf(options: ExchangeConfigOptions): string {
  const start = checkedPort('rtp.start', options.rtp.start);
  const end = checkedPort('rtp.end', options.rtp.end);
  if (end - start < 20) throw new ExchangeConfigError('rtp', 'give a range of at least 20 ports; every leg takes two');
  const media = mediaAddressOf(options);
  const text = `[general]
rtpstart=${start}
rtpend=${end}
strictrtp=yes
icesupport=yes
; Only the address that audio is meant to reach is offered: faster to connect, and no inner address is told to browsers.
ice_deny=0.0.0.0/0
ice_deny=::/0
`;
  if (!media.startsWith('127.')) return `${text}ice_permit=${media}/32\n`;
  // Asterisk never offers a loopback address. On one machine, its first other address is offered as loopback instead.
  const host = options.hostAddress ?? firstHostAddress();
  const mapped =
    host === undefined
      ? ''
      : `ice_permit=${checkedIpv4('hostAddress', host)}/32\n[ice_host_candidates]\n${host} => ${media}\n`;
  return `${text}ice_permit=${media}/32\n${mapped}`;
}

function udptlConf({ udptl = { start: 4000, end: 4999 } }: ExchangeConfigOptions): string {
  const start = checkedPort('udptl.start', udptl.start);
  const end = checkedPort('udptl.end', udptl.end);
  if (end - start < 9) throw new ExchangeConfigError('udptl', 'give a range of at least 10 ports; every fax takes one');
  return `[general]
udptlstart=${start}
udptlend=${end}
; Each packet repeats the three before it: a lost one does no harm.
udptlfecentries=3
udptlfecspan=3
`;
}

function firstHostAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses.find((entry) => entry.family === 'IPv4' && !entry.internal)?.address;
}

/** Calls enter the application; with no adapter connected they are refused with 503, so that an operator can re-route. */
function extensionsConf(application: string): string {
  const digits = `\${FILTER(0-9+*#,\${EXTEN})}`;
  const enter = (pattern: string, args: string) =>
    `exten => ${pattern},1,Stasis(${application},${args})\n same => n,Hangup(42)\n`;
  const trunk = `in,${digits},\${CALLERID(num-pres)}`;
  return `[general]
static=yes
writeprotect=yes
[from-trunk]
${enter('_X!', trunk)}${enter('_+X!', trunk)}[from-agent]
${enter('_[0-9*#]!', `agent,${digits}`)}${enter('_+X!', `agent,${digits}`)}${faxDialplan()}`;
}
