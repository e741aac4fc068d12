import type { RoomEntry } from '../../../../src/kernel/domain.ts';

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields => value as Fields;
const date = (atMs: number | undefined): Date | null => (atMs === undefined ? null : new Date(atMs));

/** The rows a chat must have after these entries, worked out message by message and in no way like the product does it. */
export const rowsAfter = (chatId: string, entries: RoomEntry[], users: string[]) => {
  const sent = entries.filter(({ signal }) => signal === 'chat.sent');
  const stories = sent.map((first) => storyOf(first, entries));
  return {
    messages: stories.map((story) => messageRow(chatId, story)),
    reactions: stories.flatMap((story) => reactionRows(chatId, story)),
    revisions: stories.flatMap((story) => revisionRows(chatId, story)),
    readers: users.map((userId) => ({ userId, ...pointerOf(userId, entries) })),
    progress: progressRow(chatId, entries, sent),
  };
};

interface Story {
  first: RoomEntry;
  edits: RoomEntry[];
  reacted: RoomEntry[];
  deletion: RoomEntry | undefined;
}

const storyOf = (first: RoomEntry, entries: RoomEntry[]): Story => {
  const about = entries.filter((entry) => entry.seq > first.seq && fields(entry.data).seq === first.seq);
  const deletion = about.find(({ signal }) => signal === 'chat.deleted');
  const alive = about.filter((entry) => deletion === undefined || entry.seq < deletion.seq);
  return {
    first,
    deletion,
    edits: alive.filter(({ signal }) => signal === 'chat.edited'),
    reacted: alive.filter(({ signal }) => signal === 'chat.reacted'),
  };
};

const messageRow = (chatId: string, { first, edits, reacted, deletion }: Story) => {
  const { id, clientId, body, replyToSeq, forwarded } = fields(first.data);
  const lastEdit = edits.at(-1);
  const applied = Math.max(first.seq, ...[...edits, ...reacted].map(({ seq }) => seq), deletion?.seq ?? 0);
  return {
    chatId,
    seq: BigInt(first.seq),
    id,
    senderId: first.by,
    clientId,
    ordinal: BigInt(first.ordinal),
    body: deletion ? '' : fields(lastEdit?.data ?? { body }).body,
    replyToSeq: replyToSeq === undefined ? null : BigInt(replyToSeq as number),
    sentAt: date(first.atMs),
    editedAt: date(lastEdit?.atMs),
    deletedAt: date(deletion?.atMs),
    appliedSeq: BigInt(applied),
    reactions: deletion ? {} : fields(reacted.at(-1)?.data ?? { reactions: {} }).reactions,
    isForwarded: forwarded !== undefined,
    forwardedFrom: forwarded === undefined ? null : fields(forwarded).from,
  };
};

const reactionRows = (chatId: string, { first, reacted, deletion }: Story) => {
  if (deletion) return [];
  const on = new Map<string, { emoji: string; userId: string; createdAt: Date }>();
  for (const { hidden, atMs } of reacted) {
    for (const [emoji, userId, state] of (hidden as { changes: [string, string, number][] }).changes) {
      if (state === 1) on.set(emoji + userId, { emoji, userId, createdAt: new Date(atMs) });
      else on.delete(emoji + userId);
    }
  }
  return [...on.values()].map((row) => ({ chatId, seq: BigInt(first.seq), ...row }));
};

const revisionRows = (chatId: string, { first, edits, deletion }: Story) => {
  const replacements = deletion ? [...edits, deletion] : edits;
  const texts = [first, ...edits].map(({ data }) => fields(data).body);
  return replacements.map((replacement, index) => ({
    chatId,
    seq: BigInt(first.seq),
    replacedBy: BigInt(replacement.seq),
    body: texts[index],
    editorId: replacement.by,
    createdAt: new Date(replacement.atMs),
  }));
};

const pointerOf = (userId: string, entries: RoomEntry[]) => {
  const own = entries.filter(({ signal, by }) => signal === 'chat.sent' && by === userId).map(({ seq }) => seq);
  const reads = entries
    .flatMap(({ data, hidden }) => [fields(data), fields(hidden ?? {})])
    .flatMap((held) => held.reads);
  const read = reads.flatMap((value) => {
    const pointer = fields(value ?? {});
    return pointer.userId === userId ? [pointer.seq as number] : [];
  });
  const seq = Math.max(0, ...own, ...read);
  const before = entries.filter((entry) => entry.signal === 'chat.sent' && entry.seq <= seq);
  return { lastReadSeq: BigInt(seq), lastReadOrdinal: BigInt(before.length) };
};

const progressRow = (chatId: string, entries: RoomEntry[], sent: RoomEntry[]) => ({
  chatId,
  epoch: 'epoch-1',
  lastSeq: BigInt(entries.length),
  lastOrdinal: BigInt(sent.length),
  lastMessageAt: date(sent.at(-1)?.atMs),
  archivedSeq: 0n,
});
