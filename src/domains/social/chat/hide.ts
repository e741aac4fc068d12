import type { RoomLog } from '../../../platform/rooms/log.ts';
import { changeOwnView, type OwnViewDeps } from './own-view.steps.ts';
import { roomOf } from './room-name.rules.ts';
import { hide } from './settings/contract.ts';

interface Deps extends OwnViewDeps {
  rooms: Pick<RoomLog, 'position'>;
}

/** Takes a chat out of the caller's list: what is in its log now brings it back no more, whether it is stored or not. */
export const hideChat = (deps: Deps) =>
  changeOwnView(deps, hide, async (_input, { membership: { chatId } }) => {
    const { ordinal } = await deps.rooms.position(roomOf(chatId));
    return { hiddenAtOrdinal: BigInt(ordinal) };
  });
