import { addresses, goTo } from '../state/address.ts';
import { t } from '../words.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { MessageMenu, useMessageMenu } from './message-menu.tsx';
import { PinnedLine, usePins } from './pinned-line.tsx';
import { RoomHeader } from './room-header.tsx';
import { TypingLine } from './typing-line.tsx';
import { useRoom } from './use-room.ts';

/** One chat, open. */
export const Room = ({ chatId, userId, at }: { chatId: string; userId: string; at: number | null }) => {
  const room = useRoom(chatId, userId, at);
  const menu = useMessageMenu();
  const pins = usePins(chatId);
  const closed = room.state.value?.closed;
  return (
    <main class="room" aria-label={t('Chat')}>
      <RoomHeader room={room} />
      {!closed && <PinnedLine room={room} pins={pins.value} />}
      {closed ? (
        <div class="room-closed">
          <p>{t('You are not a member of this chat.')}</p>
          <button type="button" class="primary" onClick={() => goTo(addresses.chats)}>
            {t('Back to your chats')}
          </button>
        </div>
      ) : (
        <>
          <MessageList room={room} menu={menu} />
          <TypingLine room={room} />
          <Composer room={room} />
          <MessageMenu room={room} menu={menu} pinned={pins.value.map(({ message }) => message.seq)} />
        </>
      )}
    </main>
  );
};
