import { signal } from '@preact/signals';
import type { Stop } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { countInTitle } from './title.ts';

/** The number of notifications that wait to be read. */
export const unreadNews = signal(0);

countInTitle(unreadNews);

let stops: Stop[] = [];

const ask = (): void => {
  // Should it fail, the next connection asks again.
  client.call('notification.list', { limit: 1 }).then(
    ({ unread }) => {
      unreadNews.value = unread;
    },
    () => undefined,
  );
};

/** Begins to count, for whoever is signed in. */
export const openNews = (): void => {
  const count = ({ unread }: { unread: number }): void => {
    unreadNews.value = unread;
  };
  stops = [
    client.on('notification.created', count),
    client.on('notification.counted', count),
    client.onStatus(({ phase }) => {
      if (phase === 'online') ask();
    }),
  ];
  ask();
};

export const closeNews = (): void => {
  for (const stop of stops) stop();
  stops = [];
  unreadNews.value = 0;
};
