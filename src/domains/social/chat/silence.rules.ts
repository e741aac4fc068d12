import { AppError } from '../../../kernel/errors.ts';
import type { Membership } from './member.reads.ts';

/** @throws FORBIDDEN for who may read and not write */
export const refuseSilenced = ({ silencedUntil }: Pick<Membership, 'silencedUntil'>, now: Date): void => {
  if (silencedUntil === null || silencedUntil <= now) return;
  throw new AppError('FORBIDDEN', `You may not write in this chat until ${silencedUntil.toISOString()}.`);
};

/** Whether the member may call everybody who is there: who looks after a chat of more than two. */
export const mayCallHere = ({ role, kind }: Pick<Membership, 'role' | 'kind'>): boolean =>
  role !== 'MEMBER' && kind !== 'DIRECT';

/** Whether slow mode lets the member wait: who looks after a chat is exempt. */
export const isSlowed = ({ role, slowModeSeconds }: Pick<Membership, 'role' | 'slowModeSeconds'>): boolean =>
  slowModeSeconds > 0 && role === 'MEMBER';
