import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import { atMostEvery } from '../at-most-every.ts';
import { attempt } from '../state/notice.ts';
import { MAX_MESSAGES, type Shown } from './past.ts';
import type { Row } from './rows.ts';
import type { RoomModel } from './use-room.ts';

/** Nearer to the end than this counts as being there, in pixels. */
const END_PX = 60;
/** Nearer to an end of what is loaded than this, and more is loaded. */
const NEAR_PX = 600;
const FLASH_MS = 1_500;
/** The page looks which messages are in sight this long after something moved. */
const LOOK_MS = 150;

const firstSeqOf = (rows: readonly Row[]): number => {
  const first = rows.find((row) => row.kind === 'message');
  return first?.kind === 'message' ? first.message.seq : 0;
};

/**
 * Keeps the reader where they are: at the end while they are there, at the same message when earlier ones are put in
 * front, at the first unread one when the room opens, and at a message that was asked for.
 */
export const useMessageScroll = (room: RoomModel, rows: readonly Row[], shown: Shown | undefined) => {
  const list = useRef<HTMLElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const place = useRef({ isAtEnd: true, isPlaced: false, firstSeq: 0, isPast: false });
  const isLoading = useRef(false);

  /** For what is called later: it asks for what is shown then. */
  const now = useRef(shown);
  now.current = shown;
  const firstSeq = firstSeqOf(rows);
  const isPast = shown?.isFollowed === false;
  const isShifted = place.current.isPlaced && isPast === place.current.isPast && firstSeq !== place.current.firstSeq;

  // Rows are drawn a moment after the list has come to where they are.
  const look = useMemo(
    () =>
      atMostEvery(LOOK_MS, async () => {
        if (list.current && place.current.isPlaced) tellSeen(room, list.current);
      }),
    [],
  );

  const note = (): void => {
    const { current } = list;
    if (!current) return;
    place.current.isAtEnd = current.scrollHeight - current.scrollTop - current.clientHeight < END_PX;
    setAtEnd(place.current.isAtEnd);
    look.soon();
  };

  const loadMore = (): void => {
    const { current } = list;
    if (!current || isLoading.current || !place.current.isPlaced) return;
    const work = now.current && nextPage(room, now.current, current);
    if (!work) return;
    isLoading.current = true;
    void attempt(work).finally(() => {
      isLoading.current = false;
    });
  };
  const onScroll = (): void => {
    note();
    loadMore();
  };

  useLayoutEffect(() => {
    const { current } = list;
    if (!current || !room.state.value?.chat || !room.state.value.timeline || room.isFinding.value) return;
    const target = room.target.value;
    const at = target === null ? -1 : rows.findIndex((row) => row.kind === 'message' && row.message.seq === target);
    if (at >= 0 && target !== null) {
      room.target.value = null;
      place.current.isAtEnd = false;
      virtual.current?.scrollToIndex(at, { align: 'center' });
      requestAnimationFrame(() => flash(target));
    } else if (!place.current.isPlaced) openAt(current, virtual.current, rows);
    else if (place.current.isAtEnd && !isPast) current.scrollTop = current.scrollHeight;
    Object.assign(place.current, { isPlaced: true, firstSeq, isPast });
    requestAnimationFrame(onScroll);
  }, [room.state.value, room.past.value, room.target.value, room.isFinding.value]);

  useEffect(() => {
    const { current } = list;
    if (!current) return undefined;
    // A phone's keyboard or a longer draft takes room away; a row that was guessed is measured when it is drawn.
    const observer = new ResizeObserver(() => {
      if (place.current.isAtEnd && now.current?.isFollowed) current.scrollTop = current.scrollHeight;
      look.soon();
    });
    observer.observe(current);
    const rowsElement = current.querySelector('ol');
    if (rowsElement) observer.observe(rowsElement);
    document.addEventListener('visibilitychange', note);
    return () => {
      observer.disconnect();
      look.stop();
      document.removeEventListener('visibilitychange', note);
    };
  }, []);

  const toEnd = (): void => {
    place.current.isAtEnd = true;
    if (!now.current?.isFollowed) room.past.value = null;
    requestAnimationFrame(() => list.current?.scrollTo({ top: list.current.scrollHeight }));
  };
  return { list, virtual, isAtEnd, isShifted, toEnd, onScroll };
};

const openAt = (list: HTMLElement, virtual: VirtualizerHandle | null, rows: readonly Row[]): void => {
  const unread = rows.findIndex(({ kind }) => kind === 'unread');
  if (unread >= 0) virtual?.scrollToIndex(unread, { align: 'center' });
  else list.scrollTop = list.scrollHeight;
};

/** The page that the reader is about to need; null where there is none. */
const nextPage = (room: RoomModel, shown: Shown, list: HTMLElement): Promise<unknown> | null => {
  const past = room.past.value;
  const isNearBeginning = list.scrollTop < NEAR_PX;
  const isNearEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  if (past) {
    if (isNearBeginning && past.before !== null) return room.loadPast('before');
    return isNearEnd && !shown.isFollowed ? room.loadPast('after') : null;
  }
  const timeline = room.state.value?.timeline;
  if (!isNearBeginning || !timeline?.olderCursor) return null;
  if (timeline.messages.length < MAX_MESSAGES) return room.following()?.loadOlder() ?? null;
  return room.loadPast('before');
};

/** Tells how far the reader has seen: the last message whose end is in sight. */
const tellSeen = (room: RoomModel, list: HTMLElement): void => {
  const { bottom } = list.getBoundingClientRect();
  const messages = [...list.querySelectorAll<HTMLElement>('.message[data-seq]')];
  const last = messages.filter((message) => message.getBoundingClientRect().bottom <= bottom + 4).at(-1);
  if (last) room.sawUpTo(Number(last.dataset.seq));
};

const flash = (seq: number): void => {
  const element = document.getElementById(`message-${seq}`);
  element?.classList.add('flash');
  setTimeout(() => element?.classList.remove('flash'), FLASH_MS);
};
