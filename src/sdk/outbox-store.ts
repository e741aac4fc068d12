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
  forwardOf?: { chatId: string; seq: number } | undefined;
  /** ISO 8601, this machine's clock, which may have been wrong: it does not say which message was written first. */
  createdAt: string;
  /** The order in which they were written; absent in what earlier versions kept. */
  place?: number;
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

/** Two tabs may give one place to two messages; their ids decide, as they do where there is no place. */
const inOrderWritten = (a: Unsent, b: Unsent): number =>
  (a.place ?? 0) - (b.place ?? 0) || (a.clientId < b.clientId ? -1 : 1);

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
      return entries.sort(inOrderWritten);
    },
    save: (entry) => inOrder(() => storage.set(prefix + entry.clientId, JSON.stringify(entry))),
    remove: (entry) => inOrder(() => storage.remove(prefix + entry.clientId)),
  };
};
