import type { Message } from '../../../src/sdk/index.ts';
import { attempt } from '../state/notice.ts';
import type { RoomModel } from './use-room.ts';

/** The totals under a message; a click adds or takes back one's own. */
export const Reactions = ({ message, room }: { message: Message; room: RoomModel }) => {
  const totals = Object.entries(message.reactions);
  if (totals.length === 0) return null;
  return (
    <ul class="reactions">
      {totals.map(([emoji, count]) => {
        const isMine = message.mine.includes(emoji);
        return (
          <li key={emoji}>
            <button
              type="button"
              class="reaction"
              aria-pressed={isMine}
              aria-label={`${emoji} ${count}`}
              onClick={() => react(room, message.seq, { emoji, on: !isMine })}
            >
              <span>{emoji}</span> {count}
            </button>
          </li>
        );
      })}
    </ul>
  );
};

export const react = (room: RoomModel, seq: number, { emoji, on }: { emoji: string; on: boolean }): void =>
  void attempt(room.following()?.react(seq, emoji, on) ?? Promise.resolve());
