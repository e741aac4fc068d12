import type { Message } from '../../../src/sdk/index.ts';
import { timeOf } from '../format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';
import type { MessageMenuModel } from './message-menu.tsx';
import { MessageText } from './message-text.tsx';
import { Pictures } from './pictures.tsx';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import type { RoomModel } from './use-room.ts';

interface Props {
  message: Message;
  startsGroup: boolean;
  room: RoomModel;
  menu: MessageMenuModel;
}

/** One message: own ones on the right, others' on the left under a name. */
export const MessageBubble = ({ message, startsGroup, room, menu }: Props) => {
  const isMine = message.senderId === room.userId;
  const name = room.nameOf(message.senderId);
  const isNamed = startsGroup && !isMine && room.state.value?.chat?.kind !== 'DIRECT';
  const namesMe = message.here || message.mentions?.includes(room.userId) ? 'names-me' : '';
  const classes = ['message', isMine ? 'mine' : 'theirs', startsGroup ? 'starts-group' : '', namesMe].join(' ');
  return (
    <div class={classes} id={`message-${message.seq}`} data-seq={message.seq}>
      {!isMine && (
        <span class="message-side">{startsGroup && <Avatar id={message.senderId} name={name} size="small" />}</span>
      )}
      <div class="message-body">
        {isNamed && (
          <p class="message-name">
            <bdi>{name}</bdi>
          </p>
        )}
        <div class="message-line">
          <Bubble message={message} room={room} />
          {!message.deletedAt && (
            <IconButton
              icon="smile"
              label={t('React or more')}
              class="message-more"
              onClick={({ currentTarget }) => menu.open(message.seq, currentTarget as HTMLElement)}
            />
          )}
        </div>
        <Reactions message={message} room={room} />
      </div>
    </div>
  );
};

const Bubble = ({ message, room }: { message: Message; room: RoomModel }) => (
  <div class={`bubble ${message.deletedAt ? 'bubble-deleted' : ''}`}>
    {message.replyToSeq !== undefined && !message.deletedAt && <Quote seq={message.replyToSeq} room={room} />}
    {message.media && <Pictures media={message.media} />}
    {message.forwarded && !message.deletedAt && (
      <p class="bubble-forwarded">{forwardedFrom(message.forwarded, room)}</p>
    )}
    {(message.body !== '' || !message.media) && (
      <p class="bubble-text" dir="auto">
        <MessageText message={message} room={room} />
      </p>
    )}
    <p class="bubble-meta">
      {message.editedAt && !message.deletedAt && <span>{t('edited')}</span>}
      <time dateTime={message.sentAt}>{timeOf(message.sentAt)}</time>
    </p>
  </div>
);

const forwardedFrom = ({ from }: NonNullable<Message['forwarded']>, room: RoomModel): string => {
  const person = from === null ? undefined : room.state.value?.people[from];
  return person ? t('Forwarded from {name}', { name: room.nameOf(person.userId) }) : t('Forwarded');
};
