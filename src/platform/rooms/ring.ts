/** An entry of a followed room, encoded once for everyone on this node. */
export interface EncodedEntry {
  seq: number;
  /** The wire form, `{"seq":…}`. */
  json: string;
}

/** The last entries of a room, so that short gaps are filled without asking Redis. */
export interface Ring {
  push: (entry: EncodedEntry) => void;
  /** Entries after `seq` up to and including `upTo`; null when the ring no longer reaches back that far. */
  between: (seq: number, upTo: number) => EncodedEntry[] | null;
  clear: (seq: number) => void;
}

/** @param capacity entries kept at least; twice as many at most. @param start the sequence number before the first push */
export const createRing = (capacity: number, start: number): Ring => {
  let entries: EncodedEntry[] = [];
  let before = start;
  return {
    push: (entry) => {
      entries.push(entry);
      if (entries.length < 2 * capacity) return;
      // Cut in halves instead of shifting one by one: the cost of moving is paid once for `capacity` entries.
      const cut = entries.length - capacity;
      before = entries[cut - 1]?.seq ?? before;
      entries = entries.slice(cut);
    },
    between: (seq, upTo) => {
      if (seq < before) return null;
      // Consecutive within an epoch, and the ring is cleared when the epoch changes: positions are differences.
      return entries.slice(seq - before, Math.max(0, upTo - before));
    },
    clear: (seq) => {
      entries = [];
      before = seq;
    },
  };
};
