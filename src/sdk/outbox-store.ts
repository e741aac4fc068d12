import type { Receipt } from './contract.ts';
import type { ClientStorage } from './storage.ts';

/** A message on its way. */
export interface Unsent {
  /** Made here, once; every repeat carries it, so that the server knows the message again. */
  clientId: string;
  chatId: string;
  body: string;
  mediaIds?: readonly string[] | undefined;
  replyToSeq?: number | undefined;
  /** ISO 8601, this machine's clock. */
  createdAt: string;
  /** `queued`: not acknowledged yet. `accepted`: in the room's log, not yet known to be in PostgreSQL. `failed`: refused. */
  state: 'queued' | 'accepted' | 'failed';
  /** Once it is accepted. */
  receipt?: Receipt | undefined;
  /** Why it failed. */
  problem?: { code: string; message: string } | undefined;
}

/** Keeps each message under a key of its own, so that two tabs with one storage do not overwrite each other's. */
export interface OutboxStore {
  /** Oldest first. */
  load: () => Promise<Unsent[]>;
  save: (entry: Unsent) => void;
  remove: (entry: Unsent) => void;
}

export const createOutboxStore = (storage: ClientStorage, userId: string): OutboxStore => {
  const prefix = `rally:outbox:${userId}:`;
  let last: Promise<unknown> = Promise.resolve();
  // One after the other, in case the storage is slow. A full storage costs the survival of a restart, not the message.
  const inOrder = (write: () => void | Promise<void>): void => {
    last = last.then(write).catch(() => undefined);
  };
  return {
    load: async () => {
      const texts = await Promise.all((await storage.keys(prefix)).map((key) => storage.get(key)));
      // Safe: only `save` writes these keys.
      const entries = texts.filter((text) => text !== null).map((text) => JSON.parse(text) as Unsent);
      // UUIDv7 sorts by the time it was made.
      return entries.sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
    },
    save: (entry) => inOrder(() => storage.set(prefix + entry.clientId, JSON.stringify(entry))),
    remove: (entry) => inOrder(() => storage.remove(prefix + entry.clientId)),
  };
};
