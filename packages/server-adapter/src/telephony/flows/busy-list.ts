/**
 * Who is in a call, is being rung, or is in wrap-up. Kept by ourselves, because exchanges send a second call to a
 * talking phone. A claim is taken before ringing, so two calls never ring at one person.
 */
export class BusyList {
  /** Somebody may be rung again. */
  onRelease: (accountId: string) => void = () => {};
  readonly #callOf = new Map<string, string>();

  /** @returns false when another call has this person */
  claim(accountId: string, callId: string): boolean {
    const holder = this.#callOf.get(accountId);
    if (holder !== undefined && holder !== callId) return false;
    this.#callOf.set(accountId, callId);
    return true;
  }

  release(accountId: string, callId: string): void {
    if (this.#callOf.get(accountId) !== callId) return;
    this.#callOf.delete(accountId);
    this.onRelease(accountId);
  }

  /** Promised to one and rung for another, without a moment in between in which they are free. */
  handOver(accountId: string, from: string, to: string): void {
    if (this.#callOf.get(accountId) === from) this.#callOf.set(accountId, to);
  }

  callOf(accountId: string): string | undefined {
    return this.#callOf.get(accountId);
  }

  get size(): number {
    return this.#callOf.size;
  }
}
