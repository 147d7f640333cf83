import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AsteriskRig, startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';
import { SipTelephone } from '../testing/sip-telephone.ts';
import { type ExchangeConfigOptions, renderExchangeConfig } from './config.ts';
import { ExchangeConfigError } from './config-values.ts';

const options: ExchangeConfigOptions = {
  ari: { password: 'a-long-ari-password' },
  http: { address: '10.0.0.5', port: 8088 },
  sip: { address: '10.0.0.5', port: 5060 },
  rtp: { start: 20_000, end: 21_999 },
  agents: [{ account: 'zahra', password: 'a-long-sip-password' }],
  trunk: {
    host: 'sip.operator.example',
    port: 5060,
    from: ['192.0.2.0/24'],
    username: '982181021380',
    password: 'a-long-trunk-password',
  },
};

function refusedField(change: Partial<ExchangeConfigOptions>): string {
  try {
    renderExchangeConfig({ ...options, ...change });
  } catch (error) {
    if (error instanceof ExchangeConfigError) return error.field;
    throw error;
  }
  return 'nothing was refused';
}

describe('the generated configuration', () => {
  it('always loads the module that checks passwords, and nothing by itself', () => {
    const modules = renderExchangeConfig(options).get('modules.conf') ?? '';
    expect(modules).toContain('load=res_pjsip_authenticator_digest.so');
    expect(modules).toContain('autoload=no');
  });

  it('gives each agent an endpoint, a password and one contact', () => {
    const pjsip = renderExchangeConfig(options).get('pjsip.conf') ?? '';
    expect(pjsip).toContain('[zahra](browser-phone)\nauth=zahra\naors=zahra\n');
    expect(pjsip).toContain('username=zahra\npassword=a-long-sip-password\n');
    expect(pjsip).toContain('match=192.0.2.0/24\n');
    expect(pjsip).toContain('client_uri=sip:982181021380@sip.operator.example:5060\n');
  });

  it('offers a loopback address to browsers only when media is on loopback', () => {
    expect(renderExchangeConfig(options).get('rtp.conf')).not.toContain('ice_host_candidates');
    const local = renderExchangeConfig({ ...options, mediaAddress: '127.0.0.1', hostAddress: '192.0.2.7' }).get(
      'rtp.conf',
    );
    expect(local).toContain('[ice_host_candidates]\n192.0.2.7 => 127.0.0.1\n');
  });

  it('takes faxes over T.38 unless that is switched off', () => {
    const trunk = options.trunk as NonNullable<ExchangeConfigOptions['trunk']>;
    expect(renderExchangeConfig(options).get('pjsip.conf')).toContain('t38_udptl=yes');
    expect(renderExchangeConfig({ ...options, trunk: { ...trunk, t38: false } }).get('pjsip.conf')).not.toContain(
      't38',
    );
    expect(renderExchangeConfig({ ...options, udptl: { start: 5000, end: 5099 } }).get('udptl.conf')).toContain(
      'udptlstart=5000\nudptlend=5099\n',
    );
  });

  it('refuses values that would say something else to Asterisk, and names the field', () => {
    expect(refusedField({ agents: [{ account: 'a]\n[trunk', password: 'a-long-sip-password' }] })).toBe(
      'agents[0].account',
    );
    expect(refusedField({ agents: [{ account: 'trunk', password: 'a-long-sip-password' }] })).toBe('agents[0].account');
    expect(refusedField({ agents: [{ account: 'zahra', password: 'with;comment-in-it' }] })).toBe('agents[0].password');
    expect(refusedField({ agents: [{ account: 'zahra', password: 'long-enough\ncontext=evil' }] })).toBe(
      'agents[0].password',
    );
    expect(refusedField({ agents: [{ account: 'zahra', password: 'short' }] })).toBe('agents[0].password');
    const twice = { account: 'zahra', password: 'a-long-sip-password' };
    expect(refusedField({ agents: [twice, twice] })).toBe('agents[1].account');
    expect(refusedField({ ari: { password: '' } })).toBe('ari.password');
    expect(refusedField({ http: { address: 'localhost', port: 8088 } })).toBe('http.address');
    expect(refusedField({ sip: { address: '10.0.0.5', port: 0 } })).toBe('sip.port');
    expect(refusedField({ rtp: { start: 20_000, end: 20_002 } })).toBe('rtp');
    expect(refusedField({ trunk: { host: 'x', port: 5060, from: [] } })).toBe('trunk.from');
    expect(refusedField({ trunk: { host: 'x', port: 5060, from: ['0.0.0.0/0'] } })).toBe('trunk.from[0]');
    expect(refusedField({ trunk: { host: 'x\ny', port: 5060, from: ['192.0.2.1'] } })).toBe('trunk.host');
    expect(refusedField({ udptl: { start: 4000, end: 4001 } })).toBe('udptl');
    expect(refusedField({ application: 'a,b' })).toBe('application');
    expect(refusedField({ directories: { etc: '/etc/x;y', run: '/run', modules: '/m', data: '/d' } })).toBe(
      'directories.etc',
    );
  });
});

await describeWith(['asterisk'], 'the generated configuration in a real Asterisk', () => {
  let rig: AsteriskRig;
  beforeAll(async () => {
    rig = await startAsteriskRig();
  }, 180_000);
  afterAll(async () => {
    await rig?.stop();
  }, 60_000);

  it('lets a phone in with its password', async () => {
    const phone = await rig.agent('alice');
    expect(await rig.exchange.deviceState({ kind: 'browser', account: 'alice' })).toBe('idle');
    await phone.close();
  });

  it('keeps a phone out that has a wrong password, or no account', async () => {
    const credentials = await rig.exchange.credentials('babak');
    await expect(
      SipTelephone.register(rig.asterisk.wsUrl, { ...credentials, password: 'wrong-password-1' }),
    ).rejects.toThrow(/refused the registration/);
    await expect(
      SipTelephone.register(rig.asterisk.wsUrl, {
        ...credentials,
        uri: `sip:nobody@${rig.asterisk.domain}`,
        username: 'nobody',
      }),
    ).rejects.toThrow(/refused/);
    expect(await rig.exchange.deviceState({ kind: 'browser', account: 'babak' })).toBe('unreachable');
  });

  it('does not take a browser for the trunk', async () => {
    const credentials = await rig.exchange.credentials('babak');
    await expect(
      SipTelephone.register(rig.asterisk.wsUrl, {
        ...credentials,
        uri: `sip:trunk@${rig.asterisk.domain}`,
        username: 'trunk',
      }),
    ).rejects.toThrow(/refused/);
  });

  it('does not let one account use another name', async () => {
    const credentials = await rig.exchange.credentials('babak');
    await expect(
      SipTelephone.register(rig.asterisk.wsUrl, { ...credentials, uri: `sip:alice@${rig.asterisk.domain}` }),
    ).rejects.toThrow(/refused/);
  });
});
