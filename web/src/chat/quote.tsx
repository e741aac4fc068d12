import { t } from '../words.ts';
import { briefly } from './said.ts';
import type { RoomModel } from './use-room.ts';

/** Shows the message that another one answers; a click leads there. */
export const Quote = ({ seq, room }: { seq: number; room: RoomModel }) => {
  const original = (room.past.value ?? room.state.value?.timeline)?.messages.find((message) => message.seq === seq);
  return (
    <button type="button" class="quote" onClick={() => room.goTo(seq)}>
      {original && (
        <strong>
          <bdi>{room.nameOf(original.senderId)}</bdi>
        </strong>
      )}
      <span dir="auto">{original ? briefly(original) : t('An earlier message')}</span>
    </button>
  );
};
