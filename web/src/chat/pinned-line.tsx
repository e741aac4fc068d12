import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Entry, Output } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { Icon } from '../ui/icon.tsx';
import { plural } from '../words.ts';
import { briefly } from './said.ts';
import type { RoomModel } from './use-room.ts';

type Pins = Output<'chat.pins'>['items'];

/** Entries that change what stands at the top. */
const CHANGES_PINS: ReadonlySet<string> = new Set(['chat.pinned', 'chat.edited', 'chat.deleted']);

/** The messages at the top of a chat, kept current by its log. */
export const usePins = (chatId: string) => {
  const pins = useSignal<Pins>([]);
  useEffect(() => {
    const load = (): void => {
      client.call('chat.pins', { chatId }).then(
        ({ items }) => {
          pins.value = items;
        },
        () => undefined,
      );
    };
    load();
    const onEntries = (entries: Entry[]): void => {
      if (entries.some(({ signal }) => CHANGES_PINS.has(signal))) load();
    };
    return client.watch(`chat:${chatId}`, { onEntries, onGap: load }).stop;
  }, [chatId]);
  return pins;
};

/** The latest pinned message, which leads to its place. */
export const PinnedLine = ({ room, pins }: { room: RoomModel; pins: Pins }) => {
  const [latest] = pins;
  if (!latest) return null;
  const { message } = latest;
  return (
    <button type="button" class="pinned-line" onClick={() => room.goTo(message.seq)}>
      <Icon name="pin" />
      <span>
        <strong>{plural(pins.length, 'Pinned', '{count} pinned')}</strong> {room.nameOf(message.senderId)}:{' '}
        {briefly(message)}
      </span>
    </button>
  );
};
