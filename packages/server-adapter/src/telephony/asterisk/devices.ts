import { type Device, type DeviceState, ExchangeError, type RingOptions } from '../exchange.ts';
import { endpointSchema } from './ari-messages.ts';
import type { ExchangeContext } from './exchange-context.ts';
import { ringVariable } from './legs.ts';

export interface DialTarget {
  readonly endpoint: string;
  readonly account?: string;
  /** What the leg shows as dialled. */
  readonly to: string;
}

/** Where a device is, in Asterisk's words. */
export function dialTarget(device: Device, trunk: string): DialTarget {
  if (device.kind === 'browser') {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(device.account))
      throw new ExchangeError('invalid', `"${device.account}" is no account of a browser phone.`);
    return { endpoint: `PJSIP/${device.account}`, account: device.account, to: device.account };
  }
  if (!/^\+?[0-9*#]{1,32}$/.test(device.number))
    throw new ExchangeError(
      'invalid',
      `"${device.number}" is no telephone number. Give digits, with + before a country code.`,
    );
  return { endpoint: `PJSIP/${device.number}@${trunk}`, to: device.number };
}

/** A line break in a header would begin another header. */
function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

/** What goes into SIP headers is checked, not cleaned: whoever sends a line break meant something by it. */
export function originateBody(options: RingOptions, target: DialTarget, application: string): Record<string, unknown> {
  const { number, name = '' } = options.callerId;
  if (!/^[+0-9A-Za-z*#._-]{0,40}$/.test(number))
    throw new ExchangeError(
      'invalid',
      `"${JSON.stringify(number)}" cannot be a caller number. Give digits, with + before a country code.`,
    );
  if (hasControlCharacter(name))
    throw new ExchangeError('invalid', 'A caller name cannot hold control characters. Remove them.');
  const seconds = Math.ceil(options.timeoutSeconds);
  if (!Number.isFinite(seconds) || seconds < 1 || seconds > 600)
    throw new ExchangeError('invalid', 'A ring takes 1 to 600 seconds. Correct timeoutSeconds.');

  const variables: Record<string, string> = {
    CALLWEAVE_LEG: ringVariable({
      from: number,
      to: target.to,
      ...(target.account === undefined ? {} : { account: target.account }),
    }),
  };
  if (options.tag !== undefined) variables.CALLWEAVE_TAG = checkedTag(options.tag);
  for (const [header, value] of Object.entries(options.headers ?? {})) {
    if (!/^X-[A-Za-z0-9-]{1,60}$/i.test(header))
      throw new ExchangeError(
        'invalid',
        `"${JSON.stringify(header)}" cannot be an extra SIP header. Use X- with letters, digits and hyphens.`,
      );
    if (hasControlCharacter(value) || value.length > 512)
      throw new ExchangeError(
        'invalid',
        `The value of ${header} holds control characters or is longer than 512. Shorten or clean it.`,
      );
    variables[`PJSIP_HEADER(add,${header})`] = value;
  }
  // Quotes and brackets would end the name early; they carry no meaning in one.
  const shown = name.replace(/["<>\\]/g, '').trim();
  return {
    endpoint: target.endpoint,
    app: application,
    appArgs: 'ring',
    channelId: options.leg,
    callerId: `"${shown}" <${number === '' ? 'anonymous' : number}>`,
    timeout: seconds,
    variables,
  };
}

export function checkedTag(tag: string): string {
  if (tag.length > 1000 || hasControlCharacter(tag))
    throw new ExchangeError(
      'invalid',
      'A tag is at most 1000 characters without control characters. Store the rest elsewhere, under an id.',
    );
  return tag;
}

/** Asterisk sends a second INVITE to a phone that talks, so who is busy is known from our own legs. */
export function isBusy(context: ExchangeContext, device: Device): boolean {
  for (const leg of context.legs.values()) {
    if (
      device.kind === 'browser'
        ? leg.account === device.account
        : leg.origin === 'ring' && leg.account === undefined && leg.to === device.number
    )
      return true;
  }
  return false;
}

export async function deviceStateOf(context: ExchangeContext, device: Device): Promise<DeviceState> {
  if (isBusy(context, device)) return 'busy';
  // Nobody can know of a telephone in the outside world before it is rung.
  if (device.kind === 'number') return 'unknown';
  const endpoint = await context.ari
    .json(endpointSchema, ['endpoints', 'PJSIP', device.account], { errors: { 404: 'failed' } })
    .catch((error: unknown) => {
      if (error instanceof ExchangeError && error.code === 'failed') return undefined;
      throw error;
    });
  if (endpoint === undefined || endpoint.state === 'offline') return 'unreachable';
  if (endpoint.state !== 'online') return 'unknown';
  return endpoint.channel_ids.length > 0 ? 'busy' : 'idle';
}
