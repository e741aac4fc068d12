import { Virtualizer } from 'virtua';
import { dayName } from '../format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { t } from '../words.ts';
import { EchoBubble } from './echo-bubble.tsx';
import { MessageBubble } from './message-bubble.tsx';
import type { MessageMenuModel } from './message-menu.tsx';
import { shownOf } from './past.ts';
import { type Row, rowsOf } from './rows.ts';
import { SeenBy } from './seen-by.tsx';
import { useMessageScroll } from './use-message-scroll.ts';
import type { RoomModel } from './use-room.ts';

interface Props {
  room: RoomModel;
  menu: MessageMenuModel;
}

/** This much beside what is in sight is drawn too, in pixels. */
const BESIDE_PX = 800;

/** Everything said, earliest first; more is loaded when the reader comes near an end. Only what is near is drawn. */
export const MessageList = ({ room, menu }: Props) => {
  const state = room.state.value;
  const shown = state?.timeline && !room.isFinding.value ? shownOf(room.past.value, state.timeline) : undefined;
  const rows = rowsOf({
    messages: shown?.messages ?? [],
    echoes: shown?.isFollowed ? (state?.echoes ?? []) : [],
    userId: room.userId,
    unread: room.unread.value,
    hasEarlier: shown?.hasEarlier ?? false,
  });
  const { list, virtual, isAtEnd, isShifted, toEnd, onScroll } = useMessageScroll(room, rows, shown);
  return (
    <div class="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1) */}
      <section class="messages" ref={list} aria-label={t('Messages')} tabIndex={0}>
        {!shown && <p class="messages-hint">{t('Loading…')}</p>}
        {shown && rows.length === 0 && <p class="messages-hint">{t('Nothing said yet. Say hello!')}</p>}
        <div class="messages-space" />
        <Virtualizer
          ref={virtual}
          scrollRef={list}
          as="ol"
          item="li"
          data={rows}
          shift={isShifted}
          bufferSize={BESIDE_PX}
          onScroll={onScroll}
        >
          {(row: Row) => <RowView key={row.key} row={row} room={room} menu={menu} />}
        </Virtualizer>
        {shown?.isFollowed && <SeenBy room={room} />}
      </section>
      {(!isAtEnd || shown?.isFollowed === false) && (
        <IconButton icon="down" label={t('To the latest message')} class="to-end" onClick={toEnd} />
      )}
      <Announcement room={room} />
    </div>
  );
};

const RowView = ({ row, room, menu }: Props & { row: Row }) => {
  if (row.kind === 'day') return <p class="day">{dayName(row.at)}</p>;
  if (row.kind === 'unread') return <p class="unread-line">{t('New')}</p>;
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
