import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { addChatMembers } from './chat/add-members.ts';
import { archiveMessages } from './chat/archive-messages.job.ts';
import { deleteMessage } from './chat/delete.ts';
import { editMessage } from './chat/edit.ts';
import { getChat } from './chat/get.ts';
import { readHistory } from './chat/history.ts';
import { leaveChat } from './chat/leave.ts';
import { listChats } from './chat/list.ts';
import { listMembers } from './chat/members.ts';
import { gatherReads } from './chat/move-pointers.ts';
import { onAuthorRemoved } from './chat/on-author-removed.ts';
import { onBookingCancelled } from './chat/on-booking-cancelled.ts';
import { onBookingConfirmed } from './chat/on-booking-confirmed.ts';
import { onChatClosed } from './chat/on-chat-closed.ts';
import { onEventPublished } from './chat/on-event-published.ts';
import { onHostJoined } from './chat/on-host-joined.ts';
import { onHostLeft } from './chat/on-host-left.ts';
import { onMemberAdded } from './chat/on-member-added.ts';
import { onMemberRemoved } from './chat/on-member-removed.ts';
import { onOpened } from './chat/on-opened.ts';
import { openChat } from './chat/open.ts';
import { createPictureClaims } from './chat/picture-claim.store.ts';
import { reactToMessage } from './chat/react.ts';
import { createReactionStore } from './chat/reaction.store.ts';
import { readChat } from './chat/read.ts';
import { createReadPointerStore } from './chat/read-pointer.store.ts';
import { rejoinChat } from './chat/rejoin.ts';
import { removeChatMember } from './chat/remove-member.ts';
import { createChatRoom } from './chat/room.ts';
import { searchMessages } from './chat/search.ts';
import { sendMessage } from './chat/send.ts';
import * as signals from './chat/signals/contract.ts';
import { gatherTurns } from './chat/turn-reactions.ts';
import { typeInChat } from './chat/type.ts';
import { gatherTyping } from './chat/typing-rooms.ts';
import { takeReactionBack } from './chat/unreact.ts';
import { countUnreadChats } from './chat/unread.ts';
import { searchPosts } from './post/search.ts';

/** What this domain stands on. */
type Ground = Pick<
  Platform,
  | 'database'
  | 'replica'
  | 'rooms'
  | 'grants'
  | 'redis'
  | 'ephemera'
  | 'sockets'
  | 'clock'
  | 'log'
  | 'metrics'
  | 'pictures'
>;

/** What people say to each other. */
export const createSocial = (ground: Ground): Domain<Transaction> => {
  const reactions = createReactionStore(ground);
  const turn = gatherTurns({ ...ground, reactions });
  const move = gatherReads({ ...ground, pointers: createReadPointerStore(ground) });
  const gathered = gatherTyping(ground.ephemera);
  return {
    name: 'social',
    operations: [
      openChat(ground),
      sendMessage({ ...ground, claims: createPictureClaims(ground), typing: gathered }),
      editMessage(ground),
      deleteMessage({ ...ground, reactions }),
      reactToMessage({ ...ground, turn }),
      takeReactionBack({ ...ground, turn }),
      readChat({ ...ground, move }),
      readHistory(ground),
      listChats(ground),
      countUnreadChats(ground),
      getChat(ground),
      listMembers(ground),
      searchMessages(ground),
      addChatMembers(ground),
      removeChatMember(),
      leaveChat(),
      rejoinChat(ground),
      typeInChat({ ...ground, typing: gathered }),
      searchPosts(ground),
    ],
    signals: [
      ...[signals.sent, signals.edited, signals.deleted, signals.reacted, signals.readTo],
      ...[signals.memberJoined, signals.memberLeft],
      ...[signals.typing, signals.markedRead, signals.activity],
    ],
    rooms: [createChatRoom(ground)],
    jobs: [archiveMessages(ground)],
    subscribers: [
      ...[onOpened(ground), onMemberAdded(ground), onMemberRemoved(ground)],
      ...[onChatClosed(ground), onAuthorRemoved(ground)],
      ...[onEventPublished(ground), ...onHostJoined(ground), ...onHostLeft(ground)],
      ...[...onBookingConfirmed(ground), ...onBookingCancelled(ground)],
    ],
  };
};
