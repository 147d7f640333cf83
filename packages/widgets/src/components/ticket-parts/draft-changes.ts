import { Value } from '@callweave/sdk';

/** Counts the changes of drafts on this page, for widgets that show them. */
export const draftChanges = new Value(0);

export function draftsChanged(): void {
  draftChanges.set(draftChanges.get() + 1);
}
