import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { pinChanged } from '../facts.ts';
import { findCurrentMessage } from './current-message.ts';
import { holdMembership } from './group.steps.ts';
import { pinsOf } from './pin.reads.ts';
import { insertPin } from './pin.writes.ts';
import { MAX_PINS, pin } from './pins/contract.ts';
import { canPin } from './policy.ts';
import { refuseDeleted } from './subject.ts';

interface Deps {
  database: Pick<Database, '$queryRaw'>;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** Puts a message to the top of its chat. One that is deleted at this moment is taken from there when that is stored. */
export const pinMessage = ({ rooms }: Deps) =>
  commit(pin, {
    load: async ({ chatId, seq }, { tx, actor }) => {
      const membership = await holdMembership(tx, chatId, actor.userId);
      const message = membership && (await findCurrentMessage({ database: tx, rooms }, chatId, seq));
      return message && { membership, message };
    },
    allow: canPin,
    run: async ({ chatId, seq }, subject, { tx, actor, now, record, audit }) => {
      refuseDeleted(subject);
      const pinned = await pinsOf(tx, chatId);
      if (pinned.some((each) => each.seq === seq)) return { seq, pinned: true };
      if (pinned.length >= MAX_PINS) throw new AppError('CONFLICT', `A chat has ${MAX_PINS} pinned messages at most.`);
      await insertPin(tx, { chatId, seq, userId: actor.userId, now });
      await record(pinChanged, { chatId, seq, pinned: true, changedBy: actor.userId });
      audit({ targetType: 'chat', targetId: chatId, after: { pinned: seq } });
      return { seq, pinned: true };
    },
  });
