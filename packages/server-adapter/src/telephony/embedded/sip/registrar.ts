import type { SipConnection } from './connection.ts';

export interface Registration {
  readonly account: string;
  readonly contact: string;
  readonly connection: SipConnection;
  readonly expiresAt: number;
}

/**
 * Where each account is reached. One contact per account, the newest wins: one tab owns the phone. Only authenticated
 * accounts get in, so the number of entries is bounded by the accounts that credentials were issued for.
 */
export class Registrar {
  readonly #registrations = new Map<string, Registration & { readonly timer: NodeJS.Timeout }>();
  readonly #onChange: (account: string) => void;

  constructor(onChange: (account: string) => void) {
    this.#onChange = onChange;
  }

  find(account: string): Registration | undefined {
    return this.#registrations.get(account);
  }

  register(account: string, contact: string, connection: SipConnection, seconds: number): void {
    const before = this.#registrations.get(account);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => this.#remove(account), seconds * 1000);
    timer.unref();
    this.#registrations.set(account, { account, contact, connection, expiresAt: Date.now() + seconds * 1000, timer });
    if (before === undefined) this.#onChange(account);
  }

  /** Only the connection that holds the registration may end it: a closing old tab must not take the new one's. */
  unregister(account: string, connection: SipConnection): void {
    if (this.#registrations.get(account)?.connection === connection) this.#remove(account);
  }

  connectionClosed(connection: SipConnection): void {
    for (const entry of this.#registrations.values()) if (entry.connection === connection) this.#remove(entry.account);
  }

  clear(): void {
    for (const { timer } of this.#registrations.values()) clearTimeout(timer);
    this.#registrations.clear();
  }

  #remove(account: string): void {
    const entry = this.#registrations.get(account);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    this.#registrations.delete(account);
    this.#onChange(account);
  }
}
