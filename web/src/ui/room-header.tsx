import { useRef } from 'preact/hooks';
import { fullName } from '../format.ts';
import { listAddress } from '../state/route.ts';
import { status } from '../state/session.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import { MembersDialog } from './members-dialog.tsx';
import type { RoomModel } from './use-room.ts';

/** The chat's name, who is in it, and on a phone the way back. */
export const RoomHeader = ({ room }: { room: RoomModel }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const chat = room.state.value?.chat;
  const peer = chat?.kind === 'DIRECT' ? chat.members.find(({ userId }) => userId !== room.userId) : undefined;
  const name = chat?.title ?? (peer ? fullName(peer) : '');
  const who = peer ? `@${peer.username}` : `${chat?.memberCount} members`;
  // On a phone the connection's own line is out of sight.
  const subtitle = status.value.phase === 'online' ? who : 'Reconnecting…';
  return (
    <header class="room-header">
      <a class="icon-button back" href={listAddress} aria-label="Back to the chats">
        <Icon name="back" />
      </a>
      {chat && <Avatar id={peer?.userId ?? chat.id} name={name} />}
      <div class="room-title">
        <h2>{name}</h2>
        {chat && <p>{subtitle}</p>}
      </div>
      {chat?.kind === 'GROUP' && (
        <IconButton icon="people" label="Members" onClick={() => dialog.current?.showModal()} />
      )}
      <MembersDialog room={room} dialog={dialog} />
    </header>
  );
};
