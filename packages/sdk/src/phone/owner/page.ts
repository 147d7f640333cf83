/** Tells when the network or the page comes back: the moments to check the line instead of sitting out a pause. */
export function watchPage(hooks: { wake(): void }): () => void {
  const scope = globalThis as Partial<Pick<Window, 'addEventListener' | 'removeEventListener' | 'document'>>;
  const wake = (): void => hooks.wake();
  const visible = (): void => {
    if (scope.document?.visibilityState === 'visible') hooks.wake();
  };
  scope.addEventListener?.('online', wake);
  scope.addEventListener?.('pageshow', wake);
  scope.document?.addEventListener('visibilitychange', visible);
  return () => {
    scope.removeEventListener?.('online', wake);
    scope.removeEventListener?.('pageshow', wake);
    scope.document?.removeEventListener('visibilitychange', visible);
  };
}
