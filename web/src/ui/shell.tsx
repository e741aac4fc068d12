import { useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { client } from '../client.ts';
import { closeList, openList, unreadTotal } from '../state/chats.ts';
import { closePresence, openPresence } from '../state/presence.ts';
import { openChatId } from '../state/route.ts';
import { ChatPane } from './chat-pane.tsx';
import { Room } from './room.tsx';

/** The inside: the chats on the left, one of them on the right; on a phone one of the two. */
export const Shell = () => {
  const userId = client.userId();
  useEffect(() => {
    if (!userId) return undefined;
    openList(userId);
    openPresence();
    return () => {
      closeList();
      closePresence();
    };
  }, [userId]);
  useSignalEffect(() => {
    document.title = unreadTotal.value > 0 ? `(${unreadTotal.value}) Rally` : 'Rally';
  });
  const chatId = openChatId.value;
  return (
    <div class={`shell ${chatId ? 'shell-room' : 'shell-list'}`}>
      <ChatPane />
      {chatId && userId ? (
        <Room key={chatId} chatId={chatId} userId={userId} />
      ) : (
        <main class="nothing-open">
          <p>Pick a chat, or start a new one.</p>
        </main>
      )}
    </div>
  );
};
