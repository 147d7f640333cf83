/** Where the flows say what went wrong. Nothing personal is ever passed in: ids, codes and reasons only. */
export interface FlowLogger {
  warn(message: string, error?: unknown): void;
  error(message: string, error?: unknown): void;
}
