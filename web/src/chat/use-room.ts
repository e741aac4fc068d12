import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ChatState, Entry, Following, Message, Timeline } from '../../../src/sdk/index.ts';
import { atMostEvery } from '../at-most-every.ts';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { attempt } from '../state/notice.ts';
import { markRead } from './chat-list.ts';
import { changedBy, type Past, pastAround, pastFrom, widened } from './past.ts';
import type { Unread } from './rows.ts';

/** The act that the composer prepares: write, reply or edit. */
export type Intent =
  | { kind: 'write' }
  | { kind: 'reply'; message: Message }
  /** `words` are what was written already, where the change did not reach the server. */
  | { kind: 'edit'; message: Message; words?: string };

/** Scrolling passes many messages; the server hears of the last of them this often. */
const TELL_READ_MS = 200;

/** One open chat, as the parts of its page share it. */
export interface RoomModel {
  chatId: string;
  userId: string;
  state: Signal<ChatState | null>;
  following: () => Following | null;
  intent: Signal<Intent>;
  /** The messages that were unread when the room was opened, once that is known. */
  unread: Signal<Unread | null>;
  /** The part that is read where it lies before what is followed; null while the chat is followed. */
  past: Signal<Past | null>;
  /** While the place where the unread begin is being fetched. */
  isFinding: Signal<boolean>;
  /** A message to scroll to once it is drawn. */
  target: Signal<number | null>;
  /** Leads to a message, wherever it is. */
  goTo: (seq: number) => void;
  /** Loads the next page of the past, on one of its sides; the first time what is followed is left. @throws RallyError */
  loadPast: (side: 'before' | 'after') => Promise<void>;
  /** Everything up to this message has been in sight. */
  sawUpTo: (seq: number) => void;
  nameOf: (userId: string) => string;
  firstNameOf: (userId: string) => string;
}

export const useRoom = (chatId: string, userId: string, at: number | null): RoomModel => {
  const state = useSignal<ChatState | null>(null);
  const intent = useSignal<Intent>({ kind: 'write' });
  const unread = useSignal<Unread | null>(null);
  const past = useSignal<Past | null>(null);
  const target = useSignal<number | null>(null);
  const isFinding = useSignal(false);
  const following = useRef<Following | null>(null);
  const isOpened = useRef(false);
  const toldSeq = useRef(0);
  // Should it fail, the next message that is seen moves the pointer past this one.
  const tellRead = useMemo(
    () =>
      atMostEvery(TELL_READ_MS, () =>
        client
          .chat(chatId)
          .read(toldSeq.current)
          .catch(() => undefined),
      ),
    [chatId],
  );

  useEffect(() => {
    following.current = client.chat(chatId).follow((next) => {
      // How far one had read is known with the members; afterwards reading moves on, the line stays.
      if (next.chat && next.timeline && !isOpened.current) {
        isOpened.current = true;
        const after = next.timeline.readTo[userId] ?? 0;
        unread.value = { after, upTo: next.timeline.position.seq };
        if (at === null && beginsBefore(next.timeline, after)) void findUnread(after);
      }
      state.value = next;
    });
    const onEntries = (entries: Entry[]): void => {
      if (past.value) past.value = changedBy(past.value, entries);
    };
    const changes = client.watch(`chat:${chatId}`, { onEntries });
    return () => {
      following.current?.stop();
      changes.stop();
    };
  }, [chatId]);

  const sawUpTo = (seq: number): void => {
    const timeline = state.value?.timeline;
    if (!isOpened.current || !timeline || document.visibilityState !== 'visible') return;
    if (seq === timeline.messages.at(-1)?.seq) markRead(chatId);
    if (seq <= Math.max(toldSeq.current, timeline.readTo[userId] ?? 0)) return;
    toldSeq.current = seq;
    tellRead.soon();
  };

  const loadPast = async (side: 'before' | 'after'): Promise<void> => {
    const { timeline, people = {} } = state.value ?? {};
    if (!past.value && !timeline) return;
    past.value ??= timeline ? pastFrom(timeline, people) : null;
    const from = past.value;
    if (!from) return;
    const next = await widened(chatId, from, side);
    // Whoever went back to the end meanwhile stays there.
    if (past.value) past.value = next;
  };

  /** Shows the part where the unread begin; should it fail, the end of the chat is shown. */
  const findUnread = async (after: number): Promise<void> => {
    isFinding.value = true;
    const found = await pastAround(chatId, Math.max(1, after)).catch(() => null);
    const first = found?.messages.find(({ seq, senderId }) => seq > after && senderId !== userId);
    if (found?.after !== null && first) {
      past.value = found;
      target.value = first.seq;
    }
    isFinding.value = false;
  };

  const goTo = (seq: number): void => {
    const isFollowed = state.value?.timeline?.messages.some((message) => message.seq === seq);
    if (isFollowed) past.value = null;
    target.value = seq;
    if (isFollowed || past.value?.messages.some((message) => message.seq === seq)) return;
    const load = async (): Promise<void> => {
      past.value = await pastAround(chatId, seq);
    };
    void attempt(load());
  };

  useEffect(() => {
    if (at !== null) goTo(at);
  }, [at]);

  const personOf = (id: string) => state.value?.people[id] ?? past.value?.people[id] ?? STRANGER;
  const nameOf = (id: string): string => fullName(personOf(id)).trim();
  const firstNameOf = (id: string): string => personOf(id).firstName;
  return useMemo(
    () => ({
      chatId,
      userId,
      state,
      following: () => following.current,
      intent,
      unread,
      past,
      isFinding,
      target,
      goTo,
      loadPast,
      sawUpTo,
      nameOf,
      firstNameOf,
    }),
    [chatId],
  );
};

/** Whether messages that were not read lie before what is loaded. */
const beginsBefore = ({ messages, olderCursor }: Timeline, after: number): boolean =>
  olderCursor !== null && (messages[0]?.seq ?? 0) > after;

/** Someone whose name is not known yet. */
const STRANGER = { firstName: 'Someone', lastName: '' };
