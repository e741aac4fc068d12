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

interface Pinning {
  membership: Place & Pick<Membership, 'kind'>;
}

/** Who looks after a chat pins messages; in a chat of two both do. */
export const canPin = (_actor: Actor, { membership }: Pinning): boolean =>
  membership.kind === 'DIRECT' || manages(membership);

/** Who looks after a chat changes what it is called, how it is written in, and who comes in. */
export const looksAfter = (_actor: Actor, membership: Place): boolean => manages(membership);

/** Only an owner gives roles. */
export const canSetRole = (_actor: Actor, { membership }: Removal): boolean => membership.role === 'OWNER';

interface Removal {
  membership: Place;
  target: Place;
}

/** The owner may remove anybody else, a moderator only plain members; the owner leaves, but is not removed. */
export const canRemoveMember = (_actor: Actor, { membership, target }: Removal): boolean => {
  if (target.role === 'OWNER') return false;
  return membership.role === 'OWNER' || (membership.role === 'MODERATOR' && target.role === 'MEMBER');
};
