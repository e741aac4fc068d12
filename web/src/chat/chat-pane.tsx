import { useRef, useState } from 'preact/hooks';
import { addresses, goTo } from '../state/address.ts';
import { me } from '../state/session.ts';
import { ConfirmAddressDialog } from '../ui/confirm-address-dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { StatusPicker } from '../ui/status-picker.tsx';
import { t } from '../words.ts';
import { chats, chatsLoaded, loadMoreChats, moreChats } from './chat-list.ts';
import { ChatListItem } from './chat-list-item.tsx';
import { MessageSearch } from './message-search.tsx';
import { NewChatDialog } from './new-chat-dialog.tsx';
import { nameOf } from './summary.ts';

/** Nearer to the end of the list than this, and more chats are loaded, in pixels. */
const NEAR_PX = 200;

/** All chats of who is signed in, and what is found in them. */
export const ChatPane = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const shown = chats.value.filter((summary) => nameOf(summary).toLowerCase().includes(wanted));
  return (
    <nav class="pane" aria-label={t('Chats')}>
      <header class="pane-header">
        <h1>{t('Chats')}</h1>
        <StatusPicker />
        <IconButton icon="plus" label={t('New chat')} class="filled" onClick={() => dialog.current?.showModal()} />
      </header>
      <input
        class="pane-search"
        type="search"
        maxLength={200}
        aria-label={t('Search chats and messages')}
        placeholder={t('Search')}
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <div class="chat-list" onScroll={({ currentTarget }) => loadNear(currentTarget)}>
        <ul>
          {shown.map((summary) => (
            <ChatListItem key={summary.id} summary={summary} />
          ))}
        </ul>
        {chatsLoaded.value && chats.value.length === 0 && (
          <p class="pane-empty">{t('No chats yet. Start one with +.')}</p>
        )}
        {wanted === '' && moreChats.value && (
          <button type="button" class="link pane-more" onClick={() => void loadMoreChats()}>
            {t('Show more')}
          </button>
        )}
        <MessageSearch words={words} onOpen={({ chatId, seq }) => goTo(`${addresses.chat(chatId)}?at=${seq}`)} />
      </div>
      <UnprovedLine />
      <NewChatDialog dialog={dialog} />
    </nav>
  );
};

const loadNear = (list: HTMLElement): void => {
  if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX && moreChats.value) void loadMoreChats();
};

/** Until the address is proved no news is mailed to it. */
const UnprovedLine = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  if (!me.value || me.value.emailVerified) return null;
  return (
    <>
      <button type="button" class="link pane-more" onClick={() => dialog.current?.showModal()}>
        {t('Confirm your email address')}
      </button>
      <ConfirmAddressDialog dialog={dialog} />
    </>
  );
};
