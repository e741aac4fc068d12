import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Message } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { attempt } from '../state/notice.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { t } from '../words.ts';
import { EmojiGrid } from './emoji-grid.tsx';
import { placeBeside } from './place-beside.ts';
import { react } from './reactions.tsx';
import type { RoomModel } from './use-room.ts';

/** The one menu of the room, and the message it is open for. */
export interface MessageMenuModel {
  popover: RefObject<HTMLDivElement | null>;
  seq: Signal<number | null>;
  open: (seq: number, anchor: HTMLElement) => void;
}

export const useMessageMenu = (): MessageMenuModel => {
  const popover = useRef<HTMLDivElement>(null);
  const seq = useSignal<number | null>(null);
  return useMemo(() => {
    const open = (of: number, anchor: HTMLElement): void => {
      seq.value = of;
      popover.current?.showPopover();
      // Its height depends on the message, and is known once it is drawn.
      requestAnimationFrame(() => popover.current && placeBeside(popover.current, anchor));
    };
    return { popover, seq, open };
  }, []);
};

interface MenuProps {
  room: RoomModel;
  menu: MessageMenuModel;
  /** The messages at the top of the chat. */
  pinned: readonly number[];
}

/** What one can do with a message: react, reply, and with an own one edit and delete. */
export const MessageMenu = ({ room, menu, pinned }: MenuProps) => {
  const { timeline, chat } = room.state.value ?? {};
  const message = timeline?.messages.find(({ seq }) => seq === menu.seq.value);
  const isMine = message?.senderId === room.userId;
  const mayDelete = isMine || chat?.role === 'OWNER' || chat?.role === 'MODERATOR';
  const mayPin = chat?.kind === 'DIRECT' || chat?.role === 'OWNER' || chat?.role === 'MODERATOR';
  const isPinned = message !== undefined && pinned.includes(message.seq);
  const choose = (act: (message: Message) => void) => () => {
    menu.popover.current?.hidePopover();
    if (message) act(message);
  };
  return (
    <div class="popover" popover="auto" ref={menu.popover} role="menu" aria-label={t('Message')}>
      <EmojiGrid
        onPick={(emoji) => choose(({ seq, mine }) => react(room, seq, { emoji, on: !mine.includes(emoji) }))()}
      />
      <Choice icon="reply" words={t('Reply')} onChoose={choose((to) => setIntent(room, 'reply', to))} />
      {isMine && <Choice icon="edit" words={t('Edit')} onChoose={choose((of) => setIntent(room, 'edit', of))} />}
      {mayPin && (
        <Choice
          icon="pin"
          words={isPinned ? t('Unpin') : t('Pin')}
          onChoose={choose(({ seq }) => void attempt(turnPin(room.chatId, seq, !isPinned)))}
        />
      )}
      {mayDelete && (
        <Choice
          icon="trash"
          words={t('Delete for everyone')}
          onChoose={choose((of) => void attempt(client.chat(room.chatId).delete(of)))}
        />
      )}
    </div>
  );
};

const turnPin = (chatId: string, seq: number, on: boolean): Promise<unknown> =>
  client.call(on ? 'chat.pin' : 'chat.unpin', { chatId, seq });

const setIntent = (room: RoomModel, kind: 'reply' | 'edit', message: Message): void => {
  room.intent.value = { kind, message };
};

const Choice = ({ icon, words, onChoose }: { icon: IconName; words: string; onChoose: () => void }) => (
  <button type="button" role="menuitem" class="choice" onClick={onChoose}>
    <Icon name={icon} /> {words}
  </button>
);
