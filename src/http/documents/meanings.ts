import type { Durability, OperationContract, Rate } from '../../kernel/contract.ts';
import type { ErrorCode } from '../../kernel/errors.ts';

/** What an acknowledgement promises, in one sentence each. */
export const DURABILITY_MEANS: Record<Durability, string> = {
  read: 'The answer itself; nothing is changed.',
  ephemeral: 'This node took it. It is never stored.',
  accepted: "The room's log, or for a file the object store, has it on disk; a worker writes the row.",
  committed: 'A worker has committed it to PostgreSQL.',
};

/** What each code tells the caller. */
export const ERROR_MEANS: Record<ErrorCode, string> = {
  INVALID_INPUT: 'A field is missing or wrong; `issues` names each one and the reason.',
  UNAUTHENTICATED: 'No access token, or one that is not ours.',
  TOKEN_EXPIRED: 'The access token has run out; renew it and call again.',
  REAUTHENTICATE: 'You have not proved who you are for ten minutes; sign in again and repeat the call.',
  FORBIDDEN: 'You may not do this.',
  NOT_FOUND: 'There is no such thing, or not for you.',
  CONFLICT: 'It does not fit the present state.',
  SOLD_OUT: 'There are not that many seats left for you.',
  SALE_CLOSED: 'This is not on sale now; the message says why.',
  ALREADY_BOOKED: 'You have a live booking of this ticket type, which is sold once a person.',
  HOLD_EXPIRED: 'The seats were held too long without payment and were given up.',
  OFFER_EXPIRED: 'The offer lapsed or was answered before.',
  PROMO_INVALID: 'The promo code is unknown, not valid now, or not for this order.',
  PROMO_EXHAUSTED: 'The promo code has been used as often as it may be, in all or by you.',
  GONE: 'It was there and is no more.',
  PAYLOAD_TOO_LARGE: 'The call is larger than 64 KB.',
  IDEMPOTENCY_MISMATCH: 'The idempotency key was used before with another input.',
  RATE_LIMITED: 'Too many calls; `retryAfterMs` says when the next may come.',
  SLOW_MODE: 'The room is in slow mode; `retryAfterMs` says when you may speak again.',
  SLOW_CONSUMER: 'The socket does not read as fast as it is sent to.',
  INTERNAL: 'Something went wrong on our side.',
  OVERLOADED: 'The server is at its bounds; nothing was done.',
  COMMIT_TIMEOUT: 'No worker answered in time. Repeat with the same idempotency key to learn the outcome.',
};

/** `chat.send` belongs to the topic `chat`. */
export const topicOf = ({ name }: { name: string }): string => name.slice(0, name.indexOf('.'));

const countedBy = ({ by }: Rate): string => {
  if (by === 'actor') return 'for each signed-in user';
  if (by === 'address') return 'for each network address';
  return `for each value of \`${by.field}\``;
};

/** The parts of an operation's description that do not depend on the carrier, as Markdown. */
export const promisesOf = (contract: OperationContract): string => {
  const { access, durability, rates, fresh, feature, scopes = [] } = contract;
  const lines = [`**${durability}**: ${DURABILITY_MEANS[durability]}`];
  if (contract.leavesNoTrace) lines.push('Nothing that is kept tells that a person called it.');
  if (access === 'staff') lines.push('For staff only.');
  if (fresh) lines.push('Only within ten minutes after signing in.');
  if (feature !== undefined) lines.push(`Not for people who are restricted from ${feature}.`);
  if (scopes.length > 0) lines.push(`An API key with the scope ${scopes.join(' or ')} may call it.`);
  for (const rate of rates) lines.push(`At most ${rate.limit} calls in ${rate.windowSeconds} s ${countedBy(rate)}.`);
  return lines.join('\n\n');
};

/** The same promises for programs, as specification extensions. */
export const extensionsOf = ({ access, durability, rates }: OperationContract): Record<string, unknown> => ({
  'x-access': access,
  'x-durability': durability,
  'x-rates': rates,
});
