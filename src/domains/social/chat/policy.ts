import type { Actor } from '../../../kernel/actor.ts';
import type { Membership } from './member.reads.ts';
import type { MessageState } from './message-state.rules.ts';

type Place = Pick<Membership, 'role'>;

const manages = ({ role }: Place): boolean => role === 'OWNER' || role === 'MODERATOR';

/** Only who wrote a message may change its text. */
export const canEdit = (actor: Actor, { message }: { message: Pick<MessageState, 'senderId'> }): boolean =>
  message.senderId === actor.userId;

interface Deletion {
  membership: Place;
  message: Pick<MessageState, 'senderId'>;
}

/** Its sender may delete a message, and so may who looks after the chat. */
export const canDelete = (actor: Actor, { membership, message }: Deletion): boolean =>
  message.senderId === actor.userId || manages(membership);

/** Who looks after a chat brings people in. */
export const canAddMembers = (_actor: Actor, membership: Place): boolean => manages(membership);

interface Removal {
  membership: Place;
  target: Place;
}

/** The owner may remove anybody else, a moderator only plain members; the owner leaves, but is not removed. */
export const canRemoveMember = (_actor: Actor, { membership, target }: Removal): boolean => {
  if (target.role === 'OWNER') return false;
  return membership.role === 'OWNER' || (membership.role === 'MODERATOR' && target.role === 'MEMBER');
};
