import { listNames } from '../format.ts';
import { t } from '../words.ts';
import { typing } from './typing.ts';
import type { RoomModel } from './use-room.ts';

/** Who is writing something right now. Its place is kept when nobody is, so that nothing jumps. */
export const TypingLine = ({ room }: { room: RoomModel }) => {
  const users = typing.value[`chat:${room.chatId}`] ?? [];
  const names = listNames(users.map(room.firstNameOf));
  return (
    <p class="typing-line" aria-live="polite">
      {users.length > 0 && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {users.length === 1 ? t('{names} is typing', { names }) : t('{names} are typing', { names })}
        </>
      )}
    </p>
  );
};
