import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { insertMessages } from '../../src/domains/social/chat/message.writes.ts';
import { persistChats } from '../../src/domains/social/chat/persist.ts';
import type { Database } from '../../src/platform/db/client.ts';
import { asRooms, type Draft } from './messages.ts';

/** A way to get a batch into `messages`, as one transaction. */
export interface Way {
  name: string;
  /** What else it does, or leaves out. */
  does: string;
  store: (batch: Draft[]) => Promise<unknown>;
}

const COLUMNS = 'chat_id, seq, id, sender_id, client_id, ordinal, body, reply_to_seq, sent_at, applied_seq';

/** All over the same table with all its indexes, over one connection. */
export const waysInto = (database: Database, client: pg.Client): Way[] => [
  {
    name: 'persister',
    does: 'also the watermark of each chat and the senders’ read pointers, harmless to repeat',
    store: (batch) => database.$transaction((tx) => persistChats(tx, asRooms(batch))),
  },
  {
    name: 'its INSERT alone',
    does: 'harmless to repeat',
    store: (batch) => database.$transaction((tx) => insertMessages(tx, batch.map(stateOf))),
  },
  {
    name: 'createMany',
    does: 'fails when repeated',
    store: (batch) => database.message.createMany({ data: batch.map(rowOf) }),
  },
  { name: 'COPY', does: 'fails when repeated', store: (batch) => copy(client, batch) },
];

const rowOf = ({ sentAtMs, seq, ...message }: Draft) => ({
  ...message,
  ...{ seq, ordinal: seq, appliedSeq: seq, sentAt: new Date(sentAtMs) },
});

const stateOf = ({ seq, ...message }: Draft) => ({
  ...message,
  ...{
    seq,
    ordinal: seq,
    appliedSeq: seq,
    mediaIds: [],
    mentionIds: [],
    callsHere: false,
    forwarded: null,
    replyToSeq: null,
    editedAtMs: null,
    deletedAtMs: null,
    reactions: {},
  },
});

const copy = async (client: pg.Client, batch: Draft[]): Promise<void> => {
  const lines = batch.map(({ chatId, seq, id, senderId, clientId, body, sentAtMs }) =>
    // The bodies have no tab, line end or backslash.
    [chatId, seq, id, senderId, clientId, seq, body, '\\N', new Date(sentAtMs).toISOString(), seq].join('\t'),
  );
  await pipeline(
    Readable.from([`${lines.join('\n')}\n`]),
    client.query(copyFrom(`COPY messages (${COLUMNS}) FROM STDIN`)),
  );
};
