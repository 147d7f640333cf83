import type { DeviceLimits } from '@callweave/sdk/protocol';
import * as z from 'zod/mini';
import { askService, checkedBase, jsonOf } from '../sms/sms-request.ts';
import { type CoursePlayer, type LicenceRequest, type MadeLicence, PlayerError } from './course-player.ts';

export interface SpotPlayerOptions {
  readonly apiKey: string;
  /** Makes licences that play for a few minutes only. @default false */
  readonly test?: boolean;
  /** @default 'https://panel.spotplayer.ir' */
  readonly baseUrl?: string;
  /** What addresses of licences are relative to. @default 'https://dl.spotplayer.ir' */
  readonly downloadUrl?: string;
  /** @default 15_000 */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const SERVICE = 'SpotPlayer';
const LicenceId = z.string().check(z.regex(/^[0-9a-f]{24}$/));
const Made = z.object({ _id: LicenceId, key: z.string().check(z.minLength(1)), url: z.string() });
const Read = z.object({ ...Made.shape, payload: z.optional(z.string()) });
const Refused = z.object({
  ex: z.object({ msg: z.optional(z.string()), code: z.optional(z.union([z.int(), z.string()])) }),
});

/**
 * Licences by SpotPlayer. It has no key against repeating, and cannot be asked for a licence by our order id: what is not
 * known to have been made stays in doubt. The HTTP status of its answers says nothing; `ex` in the body does.
 */
export function spotPlayer(options: SpotPlayerOptions): CoursePlayer {
  const { apiKey, test = false, timeoutMs = 15_000, fetch = globalThis.fetch } = options;
  const base = checkedBase(SERVICE, options.baseUrl ?? 'https://panel.spotplayer.ir');
  const downloads = checkedBase(SERVICE, options.downloadUrl ?? 'https://dl.spotplayer.ir');

  async function ask(path: string, method: 'GET' | 'POST', json: unknown, signal: AbortSignal): Promise<unknown> {
    const { status, text } = await askService({
      service: SERVICE,
      url: new URL(path, base),
      method,
      headers: { $API: apiKey, $LEVEL: '-1' },
      ...(json === undefined ? {} : { json }),
      timeoutMs,
      signal,
      fetch,
    }).catch((error: unknown) => {
      const { reason = 'unreachable', taken = 'unknown' } = error as { reason?: string; taken?: 'no' | 'unknown' };
      throw new PlayerError(`${SERVICE} did not answer (${reason}).`, {
        reason,
        made: taken,
        retryable: true,
        cause: error,
      });
    });
    const answer = jsonOf(text);
    const refused = Refused.safeParse(answer);
    if (refused.success)
      throw new PlayerError(`${SERVICE} refused (${refused.data.ex.code ?? 'no code'}).`, {
        reason: `spotplayer-${String(refused.data.ex.code ?? 'refused').slice(0, 40)}`,
        made: 'no',
        retryable: false,
      });
    if (answer === undefined) throw unreadable(status);
    return answer;
  }

  /** Its address is of its own host, whatever the answer says: a buyer is led nowhere else. */
  function made({ _id, key, url }: z.infer<typeof Made>): MadeLicence {
    const whole = URL.canParse(url, downloads.href) ? new URL(url, downloads) : undefined;
    if (whole?.origin !== downloads.origin) throw unreadable(200);
    return { id: _id, key, url: whole.href };
  }

  return {
    name: 'spotplayer',
    async create(request, signal) {
      const answer = Made.safeParse(await ask('license/edit/', 'POST', bodyOf(request, test), signal));
      if (!answer.success) throw unreadable(200);
      return made(answer.data);
    },
    async read(licenceId, signal) {
      const answer = await ask(`license/edit/${encodeURIComponent(licenceId)}?d=1`, 'GET', undefined, signal).catch(
        (error: unknown) => {
          if (error instanceof PlayerError && error.made === 'no' && !error.retryable) return undefined;
          throw error;
        },
      );
      const found = Read.safeParse(answer);
      return found.success ? { ...made(found.data), orderId: found.data.payload ?? '' } : undefined;
    },
  };
}

const unreadable = (status: number) =>
  new PlayerError(`${SERVICE} answered ${status} with something that cannot be read.`, {
    reason: 'unreadable-answer',
    made: 'unknown',
    retryable: true,
  });

function bodyOf({ orderId, playerCourses, name, watermark, devices, offlineDays }: LicenceRequest, test: boolean) {
  return {
    test,
    course: playerCourses,
    offline: offlineDays,
    name,
    payload: orderId,
    watermark: { texts: watermark.map((text) => ({ text })) },
    device: deviceOf(devices),
  };
}

function deviceOf({ all, windows, mac, ubuntu, android, ios, web }: DeviceLimits): Record<string, number> {
  const kinds = { p0: all, p1: windows, p2: mac, p3: ubuntu, p4: android, p5: ios, p6: web };
  return Object.fromEntries(Object.entries(kinds).filter((entry): entry is [string, number] => entry[1] !== undefined));
}
