import { computed, signal } from '@preact/signals';
import type { Input, Output, Status } from '../../../src/sdk/index.ts';
import { forgetDrafts } from '../chat/drafts.ts';
import { client } from '../client.ts';
import { keepSignedIn } from '../storage.ts';
import { forgetTickets } from './kept-tickets.ts';
import { forgetAnswers } from './use-operation.ts';
import { codeSent } from './verification.ts';

/** How the page stands with the server. */
export const status = signal<Status>(client.status());

/** The account of who is signed in; null until it is loaded. */
export const me = signal<Output<'profile.me'> | null>(null);

/** Whether somebody is signed in; undefined before storage was looked at. */
const signedIn = signal<boolean | undefined>(undefined);

/** What the page shows: nothing yet, the way in, or what is inside. */
export const phase = computed(() => {
  if (signedIn.value === undefined) return 'starting';
  return signedIn.value && status.value.phase !== 'signedOut' ? 'in' : 'out';
});

client.onStatus((next) => {
  status.value = next;
  if (next.phase === 'signedOut') forgetPerson();
  if (next.phase === 'online' && !me.value) void loadMe();
});

const forgetPerson = (): void => {
  me.value = codeSent.value = null;
  forgetAnswers();
  void forgetTickets();
};

const loadMe = async (): Promise<void> => {
  // Should it fail, the next connection tries again.
  me.value = await client.call('profile.me').catch(() => null);
};

/** For what the page has changed itself. */
export const reloadMe = async (): Promise<void> => {
  me.value = await client.call('profile.me').catch(() => me.value);
};

/** Takes up the session of an earlier visit. */
export const start = async (): Promise<void> => {
  signedIn.value = await client.start();
};

/** @throws RallyError */
export const signIn = async (input: Input<'session.login'>, keep: boolean): Promise<void> => {
  keepSignedIn(keep);
  await client.login(input);
  signedIn.value = true;
};

/** @throws RallyError */
export const register = async (input: Input<'account.register'>): Promise<void> => {
  keepSignedIn(false);
  codeSent.value = (await client.register(input)).verification;
  signedIn.value = true;
};

export const signOut = async (): Promise<void> => {
  signedIn.value = false;
  forgetPerson();
  forgetDrafts();
  // The server may be out of reach; this page is signed out all the same.
  await client.logout().catch(() => undefined);
};
