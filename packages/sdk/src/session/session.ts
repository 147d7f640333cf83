import { CallweaveError, isCallweaveError } from '../errors/callweave-error.ts';
import type { Client } from '../http/client.ts';
import type { SessionView } from '../protocol/account.ts';
import { type Readable, Value } from '../state/readable.ts';

export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly session: SessionView }
  | { readonly status: 'failed'; readonly error: CallweaveError };

export interface Session {
  readonly state: Readable<SessionState>;
  /** Only where the adapter signs people in itself; otherwise the host's page does. */
  signIn(input: { readonly username: string; readonly password: string }): Promise<SessionView>;
  /** At the first sign-in, and after a reset: until then `mustSetPassword` stands in the session, and nothing else is answered. */
  setPassword(password: string): Promise<SessionView>;
  signOut(): Promise<void>;
  /** Where calls reach me, my leave, my language. */
  setProfile(input: Parameters<Client['accounts']['setOwn']>[0]): Promise<void>;
}

export interface SessionManager extends Session {
  /** Asks who is signed in. Never throws: the state tells. */
  load(): Promise<void>;
  handleSignedOut(): void;
}

export function createSession(client: Pick<Client, 'session' | 'accounts'>): SessionManager {
  const state = new Value<SessionState>({ status: 'unknown' });
  const enter = (session: SessionView) => {
    state.set({ status: 'signed-in', session });
    return session;
  };
  return {
    state,
    async load() {
      try {
        enter(await client.session.get());
      } catch (error) {
        const known = isCallweaveError(error)
          ? error
          : new CallweaveError('network', 'The session could not be loaded.', { cause: error });
        state.set(known.code === 'not-signed-in' ? { status: 'signed-out' } : { status: 'failed', error: known });
      }
    },
    signIn: async (input) => enter(await client.session.signIn(input)),
    setPassword: async (password) => enter(await client.session.setPassword({ password })),
    async signOut() {
      await client.session.signOut();
      state.set({ status: 'signed-out' });
    },
    async setProfile(input) {
      const account = await client.accounts.setOwn(input);
      const present = state.get();
      if (present.status === 'signed-in')
        enter({ ...present.session, account: { ...present.session.account, ...account } });
    },
    handleSignedOut: () => state.set({ status: 'signed-out' }),
  };
}
