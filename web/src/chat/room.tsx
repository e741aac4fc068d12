import { addresses, goTo } from '../state/address.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { MessageMenu, useMessageMenu } from './message-menu.tsx';
import { PinnedLine, usePins } from './pinned-line.tsx';
import { RoomHeader } from './room-header.tsx';
import { TypingLine } from './typing-line.tsx';
import { useRoom } from './use-room.ts';

/** One chat, open. */
export const Room = ({ chatId, userId }: { chatId: string; userId: string }) => {
  const room = useRoom(chatId, userId);
  const menu = useMessageMenu();
  const pins = usePins(chatId);
  const closed = room.state.value?.closed;
  return (
    <main class="room" aria-label="Chat">
      <RoomHeader room={room} />
      {!closed && <PinnedLine room={room} pins={pins.value} />}
      {closed ? (
        <div class="room-closed">
          <p>You are not a member of this chat.</p>
          <button type="button" class="primary" onClick={() => goTo(addresses.chats)}>
            Back to your chats
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
