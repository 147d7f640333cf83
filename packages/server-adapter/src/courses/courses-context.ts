import type { Amount, DeviceLimits, Locale, Payment } from '@callweave/sdk/protocol';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { CoursePlayer } from '../connectors/spotplayer/course-player.ts';
import type { RateLimitOptions } from '../http/rate-limit.ts';
import type { Secrets } from '../secrets/hash.ts';
import type { Database } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';

export type Db = Kysely<Database>;

/** Whom a licence is made for. */
export interface CourseBuyer {
  readonly name: string;
  /** E.164. */
  readonly telephone: string;
  readonly locale: Locale;
}

/** Courses with a licence. */
export interface CoursesOptions {
  /** `spotPlayer`, or a player of your own. */
  readonly player: CoursePlayer;
  /** What runs over the picture. @default the buyer's name, and their telephone number */
  readonly watermark?: (buyer: CourseBuyer) => readonly string[];
  /** Where a course says nothing of its own. @default { all: 2 } */
  readonly devices?: DeviceLimits;
  /** Where a course says nothing of its own: for how many days it plays without the internet. @default 30 */
  readonly offlineDays?: number;
  /** How often one partner may ask. @default { burst: 60, perSecond: 5 } */
  readonly partnerRateLimit?: RateLimitOptions;
}

/** What this domain asks of the payments. */
export interface CoursePayments {
  openPayment(
    tx: Tx,
    request: {
      readonly purpose: 'course';
      readonly subject: string;
      readonly amount: Amount;
      readonly customerId: string;
      readonly accountId: string;
      readonly description: string;
      readonly dedupeKey: string;
    },
  ): Promise<Payment>;
  onPaid(purpose: 'course', handler: (tx: Tx, payment: Payment) => Promise<void>): void;
  onRefunded(purpose: 'course', handler: (tx: Tx, payment: Payment) => Promise<void>): void;
}

export interface CoursesContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly findBuyer: (db: Db, customerId: string) => Promise<CourseBuyer | undefined>;
  /** Undefined: nothing is paid here, so nothing is sold. */
  readonly payments: CoursePayments | undefined;
  readonly options: CoursesOptions | undefined;
  /** The month of an instant in the house's calendar: `1405-09`. */
  readonly monthOf: (at: Date) => string;
  /** There is something new for the outbox. */
  readonly wake: () => void;
}
