import type { Message } from '../../../src/sdk/index.ts';
import { briefly } from './said.ts';
import type { RoomModel } from './use-room.ts';

const NAME = /(@[a-z0-9_.]*[a-z0-9_])/gi;

/** A message's words, in which the members that it names stand out. */
export const MentionedText = ({ message, room }: { message: Message; room: RoomModel }) => {
  const words = briefly(message);
  const people = room.state.value?.people ?? {};
  const named = new Set((message.mentions ?? []).flatMap((id) => people[id]?.username ?? []));
  if (message.here) named.add('here');
  if (named.size === 0) return <>{words}</>;
  return (
    <>
      {words.split(NAME).map((part, place) =>
        named.has(part.slice(1).toLowerCase()) ? (
          <strong key={String(place)} class="mention">
            {part}
          </strong>
        ) : (
          part
        ),
      )}
    </>
  );
};
