/** Rows beyond both ends of what is seen, so that a quick scroll does not show white. */
const BEYOND = 12;

export interface RowWindow {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

/** Which rows of a long list are drawn: those seen, and some beyond. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, rows: number): RowWindow {
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), rows) - BEYOND);
  return { first, end: Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + BEYOND) };
}
