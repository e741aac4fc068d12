import { computed, signal } from '@preact/signals';
import type { Input, Output, Status } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { keepSignedIn } from '../storage.ts';

/** How the page stands with the server. */
export const status = signal<Status>(client.status());
client.onStatus((next) => {
  status.value = next;
  if (next.phase === 'signedOut') me.value = null;
});

/** Who is signed in; null until that is known. */
export const me = signal<Output<'profile.me'> | null>(null);

/** Whether the page shows the sign-in form; undefined before storage was looked at. */
const signedIn = signal<boolean | undefined>(undefined);
export const phase = computed(() => {
  if (signedIn.value === undefined) return 'starting';
  return signedIn.value && status.value.phase !== 'signedOut' ? 'in' : 'out';
});

const loadMe = async (): Promise<void> => {
  signedIn.value = true;
  me.value = await client.call('profile.me');
};

/** Takes up the session of an earlier visit. */
export const start = async (): Promise<void> => {
  if (await client.start()) await loadMe();
  else signedIn.value = false;
};

/** @throws RallyError */
export const signIn = async (input: Input<'session.login'>, keep: boolean): Promise<void> => {
  keepSignedIn(keep);
  await client.login(input);
  await loadMe();
};

/** @throws RallyError */
export const register = async (input: Input<'account.register'>): Promise<void> => {
  keepSignedIn(false);
  await client.register(input);
  await loadMe();
};

export const signOut = async (): Promise<void> => {
  signedIn.value = false;
  // The server may be out of reach; this page is signed out all the same.
  await client.logout().catch(() => undefined);
};
