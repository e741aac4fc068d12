import { briefTime } from '../format.ts';
import { addresses } from '../state/address.ts';
import { presenceInWords } from '../state/presence.ts';
import { me } from '../state/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { t } from '../words.ts';
import { draftOf } from './drafts.ts';
import { openChatId } from './open-chat.ts';
import { briefly } from './said.ts';
import { nameOf, type Summary } from './summary.ts';
import { typing } from './typing.ts';

/** One chat: its name, the last thing said, what is unread. */
export const ChatListItem = ({ summary }: { summary: Summary }) => {
  const { id, peer, unread, mentions, own, updatedAt } = summary;
  const name = nameOf(summary);
  const isOpen = openChatId.value === id;
  return (
    <li>
      <a href={addresses.chat(id)} class="chat-item" aria-current={isOpen ? 'page' : undefined}>
        <Avatar id={peer?.userId ?? id} name={name} showsPresence={peer !== null} />
        <span class="chat-item-name">
          <bdi>{name}</bdi>
          {peer && <span class="visually-hidden"> {presenceInWords(peer.userId)}</span>}
          {isQuiet(own) && (
            <span class="chat-item-quiet">
              <Icon name="bellOff" />
              <span class="visually-hidden"> {t('muted')}</span>
            </span>
          )}
        </span>
        <time class="chat-item-time" dateTime={updatedAt}>
          {briefTime(updatedAt)}
        </time>
        <span class="chat-item-last" dir="auto">
          {preview(summary)}
        </span>
        {unread > 0 && (
          <span class={`badge ${mentions > 0 ? 'badge-mention' : ''}`}>
            {mentions > 0 && '@ '}
            {unread > 99 ? '99+' : unread}
            <span class="visually-hidden"> {mentions > 0 ? t('unread, you are mentioned') : t('unread')}</span>
          </span>
        )}
      </a>
    </li>
  );
};

/** Whether the caller has asked to be told nothing of the chat. */
export const isQuiet = ({ notificationLevel, mutedUntil }: Summary['own']): boolean =>
  notificationLevel === 'NOTHING' || (mutedUntil !== null && Date.parse(mutedUntil) > Date.now());

const preview = ({ id, lastMessage }: Summary) => {
  if ((typing.value[`chat:${id}`] ?? []).length > 0) return <em class="typing-word">{t('typing…')}</em>;
  const draft = openChatId.value === id ? '' : draftOf(id);
  if (draft !== '') {
    return (
      <>
        <em class="draft-word">{t('Draft:')}</em> {draft}
      </>
    );
  }
  if (!lastMessage) return t('No messages yet');
  if (lastMessage.deletedAt) return <em>{t('Message deleted')}</em>;
  return lastMessage.senderId === me.value?.id
    ? t('You: {words}', { words: briefly(lastMessage) })
    : briefly(lastMessage);
};
