import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { attempt } from '../state/notice.ts';
import type { RoomModel } from './use-room.ts';

/** Nearer to the end than this counts as being there, in pixels. */
const END_PX = 60;
/** Nearer to the beginning than this, and earlier messages are loaded. */
const BEGINNING_PX = 400;

/**
 * Keeps the reader where they are: at the end while they are there, at the same message when earlier ones are put in
 * front, and at the first unread one when the room opens.
 */
export const useMessageScroll = (room: RoomModel) => {
  const list = useRef<HTMLElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const place = useRef({ isAtEnd: true, height: 0, firstSeq: 0, isPlaced: false });
  const isLoading = useRef(false);

  const note = (): void => {
    const { current } = list;
    if (!current) return;
    place.current.isAtEnd = current.scrollHeight - current.scrollTop - current.clientHeight < END_PX;
    setAtEnd(place.current.isAtEnd);
    if (place.current.isAtEnd) room.sawEnd();
  };

  const onScroll = (): void => {
    note();
    const { current } = list;
    if (!current || current.scrollTop > BEGINNING_PX || isLoading.current) return;
    if (!room.state.value?.timeline?.olderCursor) return;
    isLoading.current = true;
    void attempt(room.following()?.loadOlder() ?? Promise.resolve()).finally(() => {
      isLoading.current = false;
    });
  };

  useLayoutEffect(() => {
    const { current } = list;
    const timeline = room.state.value?.timeline;
    if (!current || !timeline || !room.state.value?.chat) return;
    const firstSeq = timeline.messages[0]?.seq ?? 0;
    const grown = current.scrollHeight - place.current.height;
    if (!place.current.isPlaced) openAt(current);
    else if (place.current.isAtEnd) current.scrollTop = current.scrollHeight;
    else if (firstSeq < place.current.firstSeq) current.scrollTop += grown;
    Object.assign(place.current, { isPlaced: true, height: current.scrollHeight, firstSeq });
    onScroll();
  }, [room.state.value]);

  useEffect(() => {
    const { current } = list;
    if (!current) return undefined;
    // A phone's keyboard, or a longer draft, takes room away from the list.
    const observer = new ResizeObserver(() => {
      if (place.current.isAtEnd) current.scrollTop = current.scrollHeight;
    });
    observer.observe(current);
    document.addEventListener('visibilitychange', note);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', note);
    };
  }, []);

  const toEnd = (): void => list.current?.scrollTo({ top: list.current.scrollHeight, behavior: 'smooth' });
  return { list, isAtEnd, toEnd, onScroll };
};

const openAt = (list: HTMLElement): void => {
  const unread = list.querySelector('.unread-line');
  if (unread) unread.scrollIntoView({ block: 'center' });
  else list.scrollTop = list.scrollHeight;
};
