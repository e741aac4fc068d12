/** Above this much unsent a reader gets nothing more that can wait. */
export const FULL_BYTES = 256 * 1_024;
const RESUME_BYTES = 32 * 1_024;
/** A reader that takes not one byte of what waits for it is cut after this long; it may come back. */
const STUCK_MS = 15_000;
const CHECK_EVERY_MS = 250;

/** The other end of a connection, as far as what is sent to it goes. */
export interface Reader {
  /** Bytes that this process holds for it and the network has not taken. */
  pendingBytes: () => number;
  /** Bytes the network has taken so far; grows as long as the reader reads. */
  takenBytes: () => number;
  /** Ends the connection without waiting for a reader that does not read. */
  cut: () => void;
}

interface Watched {
  reader: Reader;
  takenBytes: number;
  progressAtMs: number;
  onReadable: (() => void) | null;
}

/** Looks after readers, by what its user calls them by. */
export interface Unread<Name> {
  /**
   * Cuts the reader when it takes nothing for 15 s of what waits for it. With `onReadable` it is called once, when little
   * waits any more, and the reader is then let alone; without, it is looked after until it is forgotten.
   * @returns false when it was looked after already
   */
  watch: (name: Name, reader: Reader, onReadable?: () => void) => boolean;
  forget: (name: Name) => void;
}

/** @param onCut called for every reader that is cut */
export const createUnread = <Name>(onCut: () => void): Unread<Name> => {
  const watched = new Map<Name, Watched>();
  let timer: NodeJS.Timeout | null = null;

  const check = (name: Name, one: Watched, nowMs: number): void => {
    const { reader, onReadable } = one;
    const [taken, pending] = [reader.takenBytes(), reader.pendingBytes()];
    if (taken > one.takenBytes || pending === 0) {
      one.takenBytes = taken;
      one.progressAtMs = nowMs;
    }
    if (onReadable && pending < RESUME_BYTES) {
      watched.delete(name);
      onReadable();
      return;
    }
    if (nowMs - one.progressAtMs < STUCK_MS) return;
    watched.delete(name);
    onCut();
    reader.cut();
  };

  const checkAll = (): void => {
    const nowMs = performance.now();
    for (const [name, one] of [...watched]) check(name, one, nowMs);
    if (watched.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };

  return {
    watch: (name, reader, onReadable) => {
      if (watched.has(name)) return false;
      const [takenBytes, progressAtMs] = [reader.takenBytes(), performance.now()];
      watched.set(name, { reader, takenBytes, progressAtMs, onReadable: onReadable ?? null });
      timer ??= setInterval(checkAll, CHECK_EVERY_MS).unref();
      return true;
    },
    forget: (name) => void watched.delete(name),
  };
};
