import { type Device, ExchangeError } from '../exchange.ts';

/**
 * Accounts of the exchange: a person's browser phone under its name, an outside telephone under its number. A number starts
 * with `+` and a name cannot, so nobody's phone can pass for a telephone.
 */
export function phoneAccount(name: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new ExchangeError(
      'invalid',
      `"${name}" cannot be an account; use up to 64 letters, digits, ".", "_" and "-".`,
    );
  }
  return name;
}

export function telephoneAccount(number: string): string {
  if (!/^\+[1-9]\d{4,14}$/.test(number))
    throw new ExchangeError('invalid', `"${number}" is no E.164 number, such as +982181021380.`);
  return number;
}

export function accountOf(device: Device): string {
  return device.kind === 'browser' ? phoneAccount(device.account) : telephoneAccount(device.number);
}

export function isTelephone(account: string): boolean {
  return account.startsWith('+');
}

export function deviceOf(account: string): Device {
  return isTelephone(account) ? { kind: 'number', number: account } : { kind: 'browser', account };
}
