import { useRef } from 'preact/hooks';
import { fullName } from '../format.ts';
import { chats, chatsLoaded, loadMoreChats, moreChats } from '../state/chats.ts';
import { me, signOut } from '../state/session.ts';
import { Avatar } from './avatar.tsx';
import { ChatListItem } from './chat-list-item.tsx';
import { ConfirmAddressDialog } from './confirm-address-dialog.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { IconButton } from './icon-button.tsx';
import { NewChatDialog } from './new-chat-dialog.tsx';
import { StatusPicker } from './status-picker.tsx';

/** Who is signed in, all their chats, and how the connection fares. */
export const ChatPane = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <nav class="pane" aria-label="Chats">
      <header class="pane-header">
        <img src="/icon.svg" alt="" width="28" height="28" />
        <h1>Rally</h1>
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
      <ConnectionLine />
      <UnprovedLine />
      <AccountLine />
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

const AccountLine = () => {
  if (!me.value) return null;
  const { id, username, profile } = me.value;
  const name = fullName(profile);
  return (
    <footer class="account-line">
      <Avatar id={id} name={name} size="small" />
      <span class="account-name">
        {name} <small>@{username}</small>
      </span>
      <StatusPicker />
      <IconButton icon="leave" label="Sign out" onClick={() => void signOut()} />
    </footer>
  );
};
