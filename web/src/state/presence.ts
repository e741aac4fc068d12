import { signal } from '@preact/signals';
import type { PresenceView, Stop } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { briefTime } from '../format.ts';
import { t } from '../words.ts';
import { attempt } from './notice.ts';

/** How people look whom the page has heard of, by user id. Members of the chats it watches are followed by themselves. */
const byId = signal<ReadonlyMap<string, PresenceView>>(new Map());

/** What one may choose to be seen as. */
export const CHOICES = ['ONLINE', 'AWAY', 'BUSY', 'INVISIBLE'] as const;
export type Choice = (typeof CHOICES)[number];

/** What the person who is signed in has chosen; null until it is known. */
export const chosen = signal<Choice | null>(null);

export const presenceOf = (userId: string): PresenceView | undefined => byId.value.get(userId);

const said = (status: 'ONLINE' | 'AWAY' | 'BUSY'): string =>
  ({ ONLINE: t('Online'), AWAY: t('Away'), BUSY: t('Busy') })[status];

/** How somebody is, in words; null when nothing is known. */
export const presenceInWords = (userId: string): string | null => {
  const view = presenceOf(userId);
  if (!view) return null;
  if (view.status !== 'OFFLINE') return said(view.status);
  return view.lastSeenAt === null ? null : t('Last seen {time}', { time: briefTime(view.lastSeenAt) });
};

let stop: Stop | undefined;

/** Begins to hear how people are, for whoever is signed in. */
export const openPresence = (): void => {
  stop = client.presence.onChange((changes) => {
    byId.value = new Map([...byId.value, ...changes.map((view) => [view.userId, view] as const)]);
  });
  client.presence.mine().then(
    ({ status }) => {
      chosen.value = status;
    },
    () => undefined,
  );
};

export const closePresence = (): void => {
  stop?.();
  byId.value = new Map();
  chosen.value = null;
};

/** Is seen so from now on, on all devices. */
export const choose = (status: Choice): void => {
  const before = chosen.value;
  chosen.value = status;
  const asked = client.presence.set(status).catch((thrown: unknown) => {
    chosen.value = before;
    throw thrown;
  });
  void attempt(asked);
};
