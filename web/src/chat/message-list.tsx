import { dayName } from '../format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { EchoBubble } from './echo-bubble.tsx';
import { MessageBubble } from './message-bubble.tsx';
import type { MessageMenuModel } from './message-menu.tsx';
import { type Row, rowsOf } from './rows.ts';
import { SeenBy } from './seen-by.tsx';
import { useMessageScroll } from './use-message-scroll.ts';
import type { RoomModel } from './use-room.ts';

interface Props {
  room: RoomModel;
  menu: MessageMenuModel;
}

/** Everything said, earliest first; more is loaded when the reader comes near the top. */
export const MessageList = ({ room, menu }: Props) => {
  const { list, isAtEnd, toEnd, onScroll } = useMessageScroll(room);
  const state = room.state.value;
  const messages = state?.timeline?.messages ?? [];
  const rows = rowsOf({
    messages,
    echoes: state?.echoes ?? [],
    userId: room.userId,
    unread: room.unread.value,
  });
  return (
    <div class="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1) */}
      <section class="messages" ref={list} onScroll={onScroll} aria-label="Messages" tabIndex={0}>
        {state?.timeline === null && <p class="messages-hint">Loading…</p>}
        {state?.timeline && rows.length === 0 && <p class="messages-hint">Nothing said yet. Say hello!</p>}
        <ol>
          {rows.map((row) => (
            <RowView key={row.key} row={row} room={room} menu={menu} />
          ))}
        </ol>
        <SeenBy room={room} />
      </section>
      {!isAtEnd && <IconButton icon="down" label="To the latest message" class="to-end" onClick={toEnd} />}
      <Announcement room={room} />
    </div>
  );
};

const RowView = ({ row, room, menu }: Props & { row: Row }) => {
  if (row.kind === 'day') return <li class="day">{dayName(row.at)}</li>;
  if (row.kind === 'unread') return <li class="unread-line">New</li>;
  if (row.kind === 'echo') return <EchoBubble entry={row.entry} startsGroup={row.startsGroup} />;
  return <MessageBubble message={row.message} startsGroup={row.startsGroup} room={room} menu={menu} />;
};

/** Reads out what others say, and nothing that merely moved. */
const Announcement = ({ room }: { room: RoomModel }) => {
  const last = room.state.value?.timeline?.messages.at(-1);
  const isNews = last && last.senderId !== room.userId && !last.deletedAt;
  return (
    <p class="visually-hidden" aria-live="polite">
      {isNews && `${room.nameOf(last.senderId)}: ${last.body}`}
    </p>
  );
};
