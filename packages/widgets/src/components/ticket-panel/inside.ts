import type * as Inside from './panel-inside.ts';

let loading: Promise<typeof Inside> | undefined;

/**
 * All of the panel but its list: the form, one ticket, drafts, who may make tickets. A page paints the list without
 * them; they come right after that, so that they are there when the connection is gone.
 */
export function loadInside(): Promise<typeof Inside> {
  loading ??= import('./panel-inside.ts').catch((error: unknown) => {
    // Another try may find the connection again.
    loading = undefined;
    throw error;
  });
  return loading;
}
