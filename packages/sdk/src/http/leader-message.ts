import type { DeskEvent } from '../protocol/event.ts';
import type { ConnectionState } from './event-stream.ts';

/**
 * What the tab that holds the connection passes on. `after` and `position` chain: what lay between them is in `event`,
 * or was not for this account. A tab that is not yet at `after` has missed something.
 */
export interface LeaderMessage {
  readonly type: 'leader';
  readonly state: ConnectionState;
  /** Both undefined until the adapter said where the stream stands. */
  readonly after: number | undefined;
  readonly position: number | undefined;
  readonly event?: DeskEvent;
}

/** A tab that has just come asks the leader to say where it stands. */
export interface HelloMessage {
  readonly type: 'hello';
}

const isPosition = (value: unknown): boolean => value === undefined || Number.isSafeInteger(value);

export function isLeaderMessage(value: unknown): value is LeaderMessage {
  const message = value as Partial<LeaderMessage> | null;
  return (
    message?.type === 'leader' &&
    typeof message.state === 'string' &&
    isPosition(message.after) &&
    isPosition(message.position) &&
    (message.after === undefined) === (message.position === undefined)
  );
}

export function isHelloMessage(value: unknown): value is HelloMessage {
  return (value as Partial<HelloMessage> | null)?.type === 'hello';
}
