import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { addChatMembers } from './add-members.ts';
import { archiveMessages } from './archive-messages.job.ts';
import { readAround } from './around.ts';
import { createChatLink } from './create-link.ts';
import { decideJoinOfChat } from './decide-join.ts';
import { deleteMessage } from './delete.ts';
import { editMessage } from './edit.ts';
import { getChat } from './get.ts';
import { hideChat } from './hide.ts';
import { readHistory } from './history.ts';
import { joinRequested } from './joining/contract.ts';
import { leaveChat } from './leave.ts';
import { listLinks } from './links.ts';
import { listChats } from './list.ts';
import { markChatUnread } from './mark-unread.ts';
import { listMembers } from './members.ts';
import { gatherReads } from './move-pointers.ts';
import { onAuthorRemoved } from './on-author-removed.ts';
import { onBlockChanged } from './on-block-changed.ts';
import { onBookingCancelled } from './on-booking-cancelled.ts';
import { onBookingConfirmed } from './on-booking-confirmed.ts';
import { onChatChanged } from './on-chat-changed.ts';
import { onChatClosed } from './on-chat-closed.ts';
import { onEventPublished } from './on-event-published.ts';
import { onEventUpdated } from './on-event-updated.ts';
import { onHereCalled } from './on-here-called.ts';
import { onHostJoined } from './on-host-joined.ts';
import { onHostLeft } from './on-host-left.ts';
import { onMemberAdded } from './on-member-added.ts';
import { onMemberRemoved } from './on-member-removed.ts';
import { onOpened } from './on-opened.ts';
import { openChat } from './open.ts';
import { createPictureClaims } from './picture-claim.store.ts';
import { pinMessage } from './pin.ts';
import { listPins } from './pins.ts';
import { previewChatLink } from './preview-link.ts';
import { reactToMessage } from './react.ts';
import { createReactionStore } from './reaction.store.ts';
import { listReactors } from './reactors.ts';
import { readChat } from './read.ts';
import { createReadPointerStore } from './read-pointer.store.ts';
import { listReaders } from './readers.ts';
import { rejoinChat } from './rejoin.ts';
import { removeChatMember } from './remove-member.ts';
import { requestJoinOfChat } from './request-join.ts';
import { listJoinRequests } from './requests.ts';
import { revokeChatLink } from './revoke-link.ts';
import { createChatRoom } from './room.ts';
import { searchMessages } from './search.ts';
import { sendMessage } from './send.ts';
import { setChatNotifications } from './set-notifications.ts';
import { setMemberRole } from './set-role.ts';
import { setChatSlowMode } from './set-slow-mode.ts';
import * as signals from './signals/contract.ts';
import { createSlowMode } from './slow-mode.store.ts';
import { gatherTurns } from './turn-reactions.ts';
import { typeInChat } from './type.ts';
import { gatherTyping } from './typing-rooms.ts';
import { unhideChat } from './unhide.ts';
import { unpinMessage } from './unpin.ts';
import { takeReactionBack } from './unreact.ts';
import { countUnreadChats } from './unread.ts';
import { updateGroup } from './update.ts';

/** Chats and their messages. */
export const chatTopic = (deps: Deps): Topic<Transaction> => {
  const reactions = createReactionStore(deps);
  const turn = gatherTurns({ ...deps, reactions });
  const move = gatherReads({ ...deps, pointers: createReadPointerStore(deps) });
  const typing = gatherTyping(deps.ephemera);
  return {
    operations: [
      openChat(deps),
      sendMessage({ ...deps, claims: createPictureClaims(deps), slowMode: createSlowMode(deps), typing }),
      editMessage(deps),
      deleteMessage({ ...deps, reactions }),
      reactToMessage({ ...deps, turn }),
      takeReactionBack({ ...deps, turn }),
      readChat({ ...deps, move }),
      readHistory(deps),
      listChats(deps),
      countUnreadChats(deps),
      getChat(deps),
      listMembers(deps),
      searchMessages(deps),
      addChatMembers(deps),
      removeChatMember(),
      leaveChat(),
      rejoinChat(deps),
      typeInChat({ ...deps, typing }),
      updateGroup(deps),
      setMemberRole(),
      setChatSlowMode(),
      setChatNotifications(deps),
      markChatUnread(deps),
      hideChat(deps),
      unhideChat(deps),
      pinMessage(deps),
      unpinMessage(),
      listPins(deps),
      listReaders(deps),
      listReactors(deps),
      readAround(deps),
      createChatLink(),
      revokeChatLink(),
      listLinks(deps),
      previewChatLink(deps),
      requestJoinOfChat(deps),
      listJoinRequests(deps),
      decideJoinOfChat(deps),
    ],
    signals: [
      signals.sent,
      signals.edited,
      signals.deleted,
      signals.reacted,
      signals.readTo,
      signals.memberJoined,
      signals.memberLeft,
      signals.typing,
      signals.updated,
      signals.roleChanged,
      signals.slowed,
      signals.pinned,
      signals.viewChanged,
      joinRequested,
      signals.markedRead,
      signals.activity,
    ],
    rooms: [createChatRoom(deps)],
    jobs: [archiveMessages(deps)],
    subscribers: [
      onOpened(deps),
      onChatClosed(deps),
      onAuthorRemoved(deps),
      onMemberAdded(deps),
      onMemberRemoved(deps),
      onEventPublished(deps),
      onEventUpdated(deps),
      ...onBlockChanged(deps),
      ...onChatChanged(deps),
      onHereCalled(deps),
      ...onHostJoined(deps),
      ...onHostLeft(deps),
      ...onBookingConfirmed(deps),
      ...onBookingCancelled(deps),
    ],
  };
};
