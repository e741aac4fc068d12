import { briefTime } from '../format.ts';
import { chatAddress, openChatId } from '../state/route.ts';
import { briefly } from '../state/said.ts';
import { me } from '../state/session.ts';
import { nameOf, type Summary } from '../state/summary.ts';
import { typing } from '../state/typing.ts';
import { Avatar } from './avatar.tsx';

/** One chat: its name, the last thing said, what is unread. */
export const ChatListItem = ({ summary }: { summary: Summary }) => {
  const { id, peer, unread, updatedAt } = summary;
  const name = nameOf(summary);
  const isOpen = openChatId.value === id;
  return (
    <li>
      <a href={chatAddress(id)} class="chat-item" aria-current={isOpen ? 'page' : undefined}>
        <Avatar id={peer?.userId ?? id} name={name} />
        <span class="chat-item-name">{name}</span>
        <time class="chat-item-time" dateTime={updatedAt}>
          {briefTime(updatedAt)}
        </time>
        <span class="chat-item-last">{preview(summary)}</span>
        {unread > 0 && (
          <span class="badge">
            {unread > 99 ? '99+' : unread}
            <span class="visually-hidden"> unread</span>
          </span>
        )}
      </a>
    </li>
  );
};

const preview = ({ id, lastMessage }: Summary) => {
  if ((typing.value[`chat:${id}`] ?? []).length > 0) return <em class="typing-word">typing…</em>;
  if (!lastMessage) return 'No messages yet';
  if (lastMessage.deletedAt) return <em>Message deleted</em>;
  return lastMessage.senderId === me.value?.id ? `You: ${briefly(lastMessage)}` : briefly(lastMessage);
};
