/**
 * Gives the focus to the action that has become primary, when nobody has it: the button that had it is gone with the
 * state it belonged to. What has the focus keeps it.
 */
export async function offerFocus(find: () => HTMLElement | null | undefined): Promise<void> {
  // The widget that had the focus may be about to draw itself without it.
  await new Promise((drawn) => requestAnimationFrame(drawn));
  const active = document.activeElement;
  if (active === null || active === document.body) find()?.focus({ preventScroll: true });
}
