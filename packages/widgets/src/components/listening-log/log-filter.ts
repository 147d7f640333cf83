import type { Supervisions } from '@callweave/sdk';
import type { ListeningKind } from '@callweave/sdk/protocol';

/** As it stands in the fields; empty: all. Days are ISO days of the reader's own clock. */
export interface LogFilter {
  readonly listenerId: string;
  readonly agentId: string;
  readonly kind: ListeningKind | '';
  readonly from: string;
  readonly to: string;
}

export const EMPTY_FILTER: LogFilter = { listenerId: '', agentId: '', kind: '', from: '', to: '' };

type LogRequest = NonNullable<Parameters<Supervisions['listeningLog']>[0]>;

/** The days are whole ones: the last day counts to its end. What is no day yet does not narrow. */
export function requestOf({ listenerId, agentId, kind, from, to }: LogFilter): LogRequest {
  return {
    ...(listenerId && { listenerId }),
    ...(agentId && { agentId }),
    ...(kind && { kind }),
    ...(beginOf(from, 0) && { from: beginOf(from, 0) as string }),
    ...(beginOf(to, 1) && { to: beginOf(to, 1) as string }),
  };
}

function beginOf(day: string, later: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + later);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
