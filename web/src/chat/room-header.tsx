import { useRef } from 'preact/hooks';
import { client } from '../client.ts';
import { fullName } from '../format.ts';
import { addresses } from '../state/address.ts';
import { attempt } from '../state/notice.ts';
import { presenceInWords } from '../state/presence.ts';
import { status } from '../state/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { isQuiet } from './chat-list-item.tsx';
import { MembersDialog } from './members-dialog.tsx';
import type { RoomModel } from './use-room.ts';

const turnQuiet = (chatId: string, on: boolean): Promise<unknown> =>
  client.call('chat.setNotifications', { chatId, level: on ? 'NOTHING' : 'ALL', mutedUntil: null });

/** The chat's name, who is in it, and on a phone the way back. */
export const RoomHeader = ({ room }: { room: RoomModel }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const chat = room.state.value?.chat;
  const peer = chat?.kind === 'DIRECT' ? chat.members.find(({ userId }) => userId !== room.userId) : undefined;
  const name = chat?.title ?? (peer ? fullName(peer) : '');
  const how = peer ? presenceInWords(peer.userId) : null;
  const who = peer ? (how ?? `@${peer.username}`) : `${chat?.memberCount} members`;
  // On a phone the connection's own line is out of sight.
  const subtitle = status.value.phase === 'online' ? who : 'Reconnecting…';
  return (
    <header class="room-header">
      <a class="icon-button back" href={addresses.chats} aria-label="Back to the chats">
        <Icon name="back" />
      </a>
      {chat && <Avatar id={peer?.userId ?? chat.id} name={name} showsPresence={peer !== undefined} />}
      <div class="room-title">
        <h2>{name}</h2>
        {chat && <p>{subtitle}</p>}
      </div>
      {chat && (
        <IconButton
          icon={isQuiet(chat.own) ? 'bellOff' : 'bell'}
          label={isQuiet(chat.own) ? 'Be told of messages again' : 'Mute this chat'}
          onClick={() => void attempt(turnQuiet(chat.id, !isQuiet(chat.own)))}
        />
      )}
      {chat?.kind === 'EVENT' && (
        // The chat of an event has the event's own id.
        <a class="link" href={addresses.stage(chat.id)}>
          To the stage
        </a>
      )}
      {chat?.kind === 'GROUP' && (
        <IconButton icon="people" label="Members" onClick={() => dialog.current?.showModal()} />
      )}
      <MembersDialog room={room} dialog={dialog} />
    </header>
  );
};
