import { useEffect } from 'preact/hooks';
import { client } from '../client.ts';
import { pageTitle } from '../state/title.ts';
import { t } from '../words.ts';
import './chat.css';
import { ChatPane } from './chat-pane.tsx';
import { openChatId } from './open-chat.ts';
import { Room } from './room.tsx';

interface Props {
  chatId?: string | null;
  /** `at` names a message to begin at, by its seq. */
  query: { at?: string };
}

/** The chats on the left, one of them on the right; on a phone one of the two. */
export const ChatsPage = ({ chatId = null, query }: Props) => {
  const userId = client.userId();
  useEffect(() => {
    openChatId.value = chatId;
    pageTitle.value = t('Chats');
  }, [chatId]);
  return (
    <div class={`shell ${chatId ? 'shell-room' : 'shell-list'}`}>
      <ChatPane />
      {chatId && userId ? (
        <Room key={chatId} chatId={chatId} userId={userId} at={Number(query.at) || null} />
      ) : (
        <main class="nothing-open">
          <p>{t('Pick a chat, or start a new one.')}</p>
        </main>
      )}
    </div>
  );
};
