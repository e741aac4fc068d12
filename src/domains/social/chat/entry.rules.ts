import type { DataOf } from '../../../kernel/contract.ts';
import type { RoomEntry } from '../../../kernel/domain.ts';
import type { deleted, edited, reacted, readTo, sent } from './signals/contract.ts';

/** Who turned which emoji on a message on (1) or off (0). */
export type ReactionChange = [emoji: string, userId: string, on: 0 | 1];

export interface Pointer {
  userId: string;
  seq: number;
}

export interface SentEntry extends RoomEntry {
  signal: 'chat.sent';
  by: string;
  data: DataOf<typeof sent>;
}

interface EditedEntry extends RoomEntry {
  signal: 'chat.edited';
  by: string;
  data: DataOf<typeof edited>;
}

interface DeletedEntry extends RoomEntry {
  signal: 'chat.deleted';
  by: string;
  data: DataOf<typeof deleted>;
}

interface ReactedEntry extends RoomEntry {
  signal: 'chat.reacted';
  data: DataOf<typeof reacted>;
  hidden: { changes: ReactionChange[] };
}

interface ReadToEntry extends RoomEntry {
  signal: 'chat.readTo';
  data: DataOf<typeof readTo>;
  /** The pointers of a chat too large to name its readers. */
  hidden?: { reads: Pointer[] };
}

/** An entry about a message that was sent before. */
export type ChangeEntry = EditedEntry | DeletedEntry | ReactedEntry;

// Safe, all three: entries of a chat's room are appended by this folder alone, with exactly these contents.

export const isSent = (entry: RoomEntry): entry is SentEntry => entry.signal === 'chat.sent';

export const isChange = (entry: RoomEntry): entry is ChangeEntry =>
  entry.signal === 'chat.edited' || entry.signal === 'chat.deleted' || entry.signal === 'chat.reacted';

export const isReadTo = (entry: RoomEntry): entry is ReadToEntry => entry.signal === 'chat.readTo';

/** The pointers that an entry moves: readers' own, or the sender's, who has read what they wrote. */
export const pointersOf = (entry: RoomEntry): Pointer[] => {
  if (isSent(entry)) return [{ userId: entry.by, seq: entry.seq }];
  if (isReadTo(entry)) return entry.hidden?.reads ?? entry.data.reads ?? [];
  return [];
};
