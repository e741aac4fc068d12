import { anyone, handle, nothing } from '../../kernel/handler.ts';
import { unwatch } from './contract.ts';
import { liveConnection, type RoomOperationParts } from './seating.ts';

export const unwatchRoom = (parts: RoomOperationParts) =>
  handle(unwatch, {
    load: nothing,
    allow: anyone,
    run: ({ room }, _nothing, call) => {
      parts.delivery.unseat(liveConnection(parts, call), room);
      return { room };
    },
  });
