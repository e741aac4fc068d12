import { tokenize } from 'linkifyjs';
import type { Message } from '../../../src/sdk/index.ts';
import { briefly } from './said.ts';
import type { RoomModel } from './use-room.ts';

const NAME = /(@[a-z0-9_.]*[a-z0-9_])/gi;

/** Addresses of other kinds, such as `javascript:`, stay words. */
const OPENABLE = /^(https?|mailto):/;

/** A message's words, in which links can be followed and the members that it names stand out. */
export const MessageText = ({ message, room }: { message: Message; room: RoomModel }) => {
  const people = room.state.value?.people ?? {};
  const named = new Set((message.mentions ?? []).flatMap((id) => people[id]?.username ?? []));
  if (message.here) named.add('here');
  return (
    <>
      {tokenize(briefly(message)).map((token, place) => {
        const words = token.toString();
        const address = token.isLink ? token.toHref('https') : '';
        if (!OPENABLE.test(address)) return <Mentions key={String(place)} words={words} named={named} />;
        return (
          <a key={String(place)} href={address} target="_blank" rel="noopener noreferrer nofollow ugc" dir="ltr">
            {words}
          </a>
        );
      })}
    </>
  );
};

const Mentions = ({ words, named }: { words: string; named: ReadonlySet<string> }) => {
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
