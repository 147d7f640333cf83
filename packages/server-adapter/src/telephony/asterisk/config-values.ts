/** A value that cannot be written into Asterisk's configuration, with the field that holds it and what to do. */
export class ExchangeConfigError extends Error {
  override readonly name = 'ExchangeConfigError';
  readonly code = 'exchange-config-invalid';
  readonly field: string;
  constructor(field: string, fix: string) {
    super(`${field}: ${fix}`);
    this.field = field;
  }
}

/** Section names that the generated configuration uses itself. */
const reserved = new Set([
  'global',
  'system',
  'general',
  'trunk',
  'trunk-auth',
  'trunk-registration',
  'transport-udp',
  'transport-ws',
  'browser-phone',
]);

/** An agent's account becomes a section name, a SIP user and part of a dial string: a small alphabet, nothing to escape. */
export function checkedAccount(field: string, account: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(account)) {
    throw new ExchangeConfigError(
      field,
      'use 1 to 40 of the characters A-Z a-z 0-9 . _ -, beginning with a letter or digit',
    );
  }
  if (reserved.has(account.toLowerCase()))
    throw new ExchangeConfigError(field, `"${account}" is a name of the configuration itself; choose another`);
  return account;
}

/** Passwords go into the file as they are, so what Asterisk reads specially (; \ # [ ] and blanks) is refused, not escaped. */
export function checkedPassword(field: string, password: string): string {
  if (!/^[A-Za-z0-9._~!@$%^*()+=:,/?{}|-]{12,120}$/.test(password)) {
    throw new ExchangeConfigError(
      field,
      'use 12 to 120 of the characters A-Z a-z 0-9 . _ ~ ! @ $ % ^ * ( ) + = : , / ? { } | -',
    );
  }
  return password;
}

export function checkedIpv4(field: string, address: string): string {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) {
    throw new ExchangeConfigError(field, 'give an IPv4 address such as 192.0.2.10');
  }
  return address;
}

export function checkedHost(field: string, host: string): string {
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/.test(host))
    throw new ExchangeConfigError(field, 'give a host name or an IPv4 address');
  return host;
}

/** An address or a network, as an operator lists where its calls come from. */
export function checkedNetwork(field: string, network: string): string {
  const [address = '', bits, ...rest] = network.split('/');
  if (rest.length > 0 || (bits !== undefined && (!/^\d{1,2}$/.test(bits) || Number(bits) > 32 || Number(bits) < 8))) {
    throw new ExchangeConfigError(field, 'give an IPv4 address or a network such as 192.0.2.0/24');
  }
  checkedIpv4(field, address);
  return network;
}

export function checkedPort(field: string, port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new ExchangeConfigError(field, 'give a port from 1 to 65535');
  return port;
}

export function checkedName(field: string, name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name))
    throw new ExchangeConfigError(field, 'use 1 to 40 letters, digits, _ or -, beginning with a letter');
  return name;
}

export function checkedPath(field: string, path: string): string {
  if (!/^\/[A-Za-z0-9._/+@-]*$/.test(path))
    throw new ExchangeConfigError(field, 'give an absolute path without blanks or special characters');
  return path;
}
