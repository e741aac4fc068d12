import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ChatState, Following, Message } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { markRead } from './chat-list.ts';
import type { Unread } from './rows.ts';

/** What the composer is about to do. */
export type Intent = { kind: 'write' } | { kind: 'reply'; message: Message } | { kind: 'edit'; message: Message };

/** One open chat, as the parts of its page share it. */
export interface RoomModel {
  chatId: string;
  userId: string;
  state: Signal<ChatState | null>;
  following: () => Following | null;
  intent: Signal<Intent>;
  /** What was unread when the room was opened, once that is known. */
  unread: Signal<Unread | null>;
  /** What was said last has been seen. */
  sawEnd: () => void;
  nameOf: (userId: string) => string;
  firstNameOf: (userId: string) => string;
}

export const useRoom = (chatId: string, userId: string): RoomModel => {
  const state = useSignal<ChatState | null>(null);
  const intent = useSignal<Intent>({ kind: 'write' });
  const unread = useSignal<Unread | null>(null);
  const following = useRef<Following | null>(null);
  const isOpened = useRef(false);
  const toldSeq = useRef(0);

  useEffect(() => {
    following.current = client.chat(chatId).follow((next) => {
      // How far one had read is known with the members; afterwards reading moves on, the line stays.
      if (next.chat && next.timeline && !isOpened.current) {
        isOpened.current = true;
        unread.value = { after: next.timeline.readTo[userId] ?? 0, upTo: next.timeline.position.seq };
      }
      state.value = next;
    });
    return () => following.current?.stop();
  }, [chatId]);

  const sawEnd = (): void => {
    const timeline = state.value?.timeline;
    const last = timeline?.messages.at(-1);
    if (!isOpened.current || !last || document.visibilityState !== 'visible') return;
    markRead(chatId);
    if (last.seq <= Math.max(toldSeq.current, timeline?.readTo[userId] ?? 0)) return;
    toldSeq.current = last.seq;
    // Should it fail, the next message that is seen moves the pointer past this one.
    client
      .chat(chatId)
      .read(last.seq)
      .catch(() => undefined);
  };

  const nameOf = (id: string): string => fullName(state.value?.people[id] ?? STRANGER).trim();
  const firstNameOf = (id: string): string => (state.value?.people[id] ?? STRANGER).firstName;
  return useMemo(
    () => ({
      chatId,
      userId,
      state,
      following: () => following.current,
      intent,
      unread,
      sawEnd,
      nameOf,
      firstNameOf,
    }),
    [chatId],
  );
};

/** Someone whose name is not known yet. */
const STRANGER = { firstName: 'Someone', lastName: '' };
