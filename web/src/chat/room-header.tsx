import { useRef } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { addresses } from '../state/address.ts';
import { attempt } from '../state/notice.ts';
import { presenceInWords } from '../state/presence.ts';
import { status } from '../state/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { plural, t } from '../words.ts';
import { isQuiet } from './chat-list-item.tsx';
import { MembersDialog } from './members-dialog.tsx';
import { SearchDialog } from './search-dialog.tsx';
import type { RoomModel } from './use-room.ts';

type OpenChat = Output<'chat.get'>;

/** The chat's name, who is in it, and on a phone the way back. */
export const RoomHeader = ({ room }: { room: RoomModel }) => {
  const chat = room.state.value?.chat;
  return (
    <header class="room-header">
      <a class="icon-button back" href={addresses.chats} aria-label={t('Back to the chats')}>
        <Icon name="back" />
      </a>
      {chat && <RoomTitle chat={chat} userId={room.userId} />}
      {chat && <RoomActions room={room} chat={chat} />}
    </header>
  );
};

const RoomTitle = ({ chat, userId }: { chat: OpenChat; userId: string }) => {
  const peer = chat.kind === 'DIRECT' ? chat.members.find((member) => member.userId !== userId) : undefined;
  const name = chat.title ?? (peer ? fullName(peer) : '');
  const who = peer
    ? (presenceInWords(peer.userId) ?? `@${peer.username}`)
    : plural(chat.memberCount, '{count} member', '{count} members');
  return (
    <>
      <Avatar id={peer?.userId ?? chat.id} name={name} showsPresence={peer !== undefined} />
      <div class="room-title">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        {/* On a phone the connection's own line is out of sight. */}
        <p>{status.value.phase === 'online' ? who : t('Reconnecting…')}</p>
      </div>
    </>
  );
};

const turnQuiet = (chatId: string, on: boolean): Promise<unknown> =>
  client.call('chat.setNotifications', { chatId, level: on ? 'NOTHING' : 'ALL', mutedUntil: null });

const RoomActions = ({ room, chat }: { room: RoomModel; chat: OpenChat }) => {
  const members = useRef<HTMLDialogElement>(null);
  const search = useRef<HTMLDialogElement>(null);
  const quiet = isQuiet(chat.own);
  return (
    <>
      <IconButton
        icon={quiet ? 'bellOff' : 'bell'}
        label={quiet ? t('Be told of messages again') : t('Mute this chat')}
        onClick={() => void attempt(turnQuiet(chat.id, !quiet))}
      />
      {chat.kind === 'EVENT' && (
        // The chat of an event has the event's own id.
        <a class="link" href={addresses.stage(chat.id)}>
          {t('To the stage')}
        </a>
      )}
      {chat.kind === 'GROUP' && (
        <IconButton icon="people" label={t('Members')} onClick={() => members.current?.showModal()} />
      )}
      <IconButton icon="search" label={t('Search this chat')} onClick={() => search.current?.showModal()} />
      <MembersDialog room={room} dialog={members} />
      <SearchDialog room={room} dialog={search} />
    </>
  );
};
