import { createClient } from '../../src/sdk/index.ts';
import { storage } from './storage.ts';

/** The one connection of this page. */
export const client = createClient({ url: location.origin, storage });

// A machine that comes back from sleep, or a phone that finds its network, need not wait for the next attempt.
addEventListener('online', () => client.reconnectNow());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') client.reconnectNow();
});
