import { briefly } from './said.ts';
import type { RoomModel } from './use-room.ts';

const FLASH_MS = 1_500;

/** What a message answers; a click leads there, where it is loaded. */
export const Quote = ({ seq, room }: { seq: number; room: RoomModel }) => {
  const original = room.state.value?.timeline?.messages.find((message) => message.seq === seq);
  if (!original) return <p class="quote">An earlier message</p>;
  return (
    <button type="button" class="quote" onClick={() => show(seq)}>
      <strong>{room.nameOf(original.senderId)}</strong>
      <span>{briefly(original)}</span>
    </button>
  );
};

const show = (seq: number): void => {
  const element = document.getElementById(`message-${seq}`);
  element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  element?.classList.add('flash');
  setTimeout(() => element?.classList.remove('flash'), FLASH_MS);
};
