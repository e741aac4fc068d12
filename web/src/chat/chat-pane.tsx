import { useRef } from 'preact/hooks';
import { me } from '../state/session.ts';
import { ConfirmAddressDialog } from '../ui/confirm-address-dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { StatusPicker } from '../ui/status-picker.tsx';
import { t } from '../words.ts';
import { chats, chatsLoaded, loadMoreChats, moreChats } from './chat-list.ts';
import { ChatListItem } from './chat-list-item.tsx';
import { NewChatDialog } from './new-chat-dialog.tsx';

/** All chats of who is signed in. */
export const ChatPane = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <nav class="pane" aria-label="Chats">
      <header class="pane-header">
        <h1>{t('Chats')}</h1>
        <StatusPicker />
        <IconButton icon="plus" label="New chat" class="filled" onClick={() => dialog.current?.showModal()} />
      </header>
      <ul class="chat-list">
        {chats.value.map((summary) => (
          <ChatListItem key={summary.id} summary={summary} />
        ))}
      </ul>
      {chatsLoaded.value && chats.value.length === 0 && <p class="pane-empty">No chats yet. Start one with +.</p>}
      {moreChats.value && (
        <button type="button" class="link pane-more" onClick={() => void loadMoreChats()}>
          Show more
        </button>
      )}
      <UnprovedLine />
      <NewChatDialog dialog={dialog} />
    </nav>
  );
};

/** Until the address is proved no news is mailed to it. */
const UnprovedLine = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  if (!me.value || me.value.emailVerified) return null;
  return (
    <>
      <button type="button" class="link pane-more" onClick={() => dialog.current?.showModal()}>
        Confirm your email address
      </button>
      <ConfirmAddressDialog dialog={dialog} />
    </>
  );
};
