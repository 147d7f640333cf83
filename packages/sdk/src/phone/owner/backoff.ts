/** How long to wait before trying again. Replace it to suit a network. */
export interface ReconnectPolicy {
  /** `attempt` counts from 1; `atLeastMs` is what the server asked for. */
  delayMs(kind: 'reconnect' | 'register', attempt: number, atLeastMs: number): number;
}

/** Doubling from half a second to half a minute, each time between half and all of it, so that desks do not return in step. */
export const DEFAULT_RECONNECT_POLICY: ReconnectPolicy = {
  delayMs(kind, attempt, atLeastMs) {
    const base = kind === 'reconnect' ? 500 : 2_000;
    const full = Math.min(30_000, base * 2 ** Math.min(attempt - 1, 10));
    return atLeastMs + full / 2 + Math.random() * (full / 2);
  },
};
