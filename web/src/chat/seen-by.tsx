import { listNames } from '../format.ts';
import { t } from '../words.ts';
import type { RoomModel } from './use-room.ts';

/** Who has seen the last message, where it is one's own. */
export const SeenBy = ({ room }: { room: RoomModel }) => {
  const { chat, timeline, echoes } = room.state.value ?? {};
  const last = timeline?.messages.at(-1);
  if (!chat || !last || last.senderId !== room.userId || last.deletedAt || echoes?.length) return null;
  const readers = Object.entries(timeline?.readTo ?? {})
    .filter(([userId, seq]) => seq >= last.seq && userId !== room.userId)
    .map(([userId]) => room.firstNameOf(userId));
  if (readers.length === 0) return <p class="seen-by">{t('Sent')}</p>;
  if (chat.kind === 'DIRECT') return <p class="seen-by">{t('Seen')}</p>;
  const isEveryone = readers.length === chat.memberCount - 1 && readers.length > 2;
  return (
    <p class="seen-by">{isEveryone ? t('Seen by everyone') : t('Seen by {names}', { names: listNames(readers) })}</p>
  );
};
