import type { Actor } from '../../../kernel/actor.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { publicNames } from '../../identity/api.ts';
import { silenceInChat } from '../../social/api.writes.ts';
import { stageMuted } from '../facts.ts';
import { canBeMuted, type Viewer } from '../standing/policy.ts';
import { readViewer } from '../standing/standing.reads.ts';
import { deleteMute, holdStage, writeMute } from './stage.writes.ts';

interface Muting {
  tx: Transaction;
  record: RecordFact;
  now: Date;
}

/** A mute, or a removal from the room: whom it concerns, for how long, and why. */
export interface Sentence {
  eventId: string;
  userId: string;
  minutes: number;
  reason: string;
  isRemoved: boolean;
}

/** The standing of the caller, and whether the person whom they name belongs to the team. */
export interface MuteSubject {
  viewer: Viewer;
  target: { isTeam: boolean };
}

/** The caller, and whom they name; a person who never came may be muted, too. */
export const findMuteSubject = async (
  tx: Transaction,
  { eventId, userId }: { eventId: string; userId: string },
  { actor, now }: { actor: Actor; now: Date },
): Promise<MuteSubject | null> => {
  const viewer = await readViewer(tx, eventId, { actor, now });
  const named = await readViewer(tx, eventId, { actor: { userId, sessionId: '', role: 'USER' }, now });
  return viewer && { viewer, target: { isTeam: named?.isTeam ?? false } };
};

/** Mutes somebody in the stage and in the event's chat. @throws INVALID_INPUT for nobody, CONFLICT for the team */
export const sentence = async (
  { tx, record, now }: Muting,
  { viewer, target }: MuteSubject,
  { eventId, userId, minutes, reason, isRemoved, byId }: Sentence & { byId: string },
) => {
  if (!canBeMuted(target))
    throw new AppError('CONFLICT', 'They belong to the team of the event: it cannot mute itself.');
  if (!(await publicNames(tx, [userId])).has(userId)) throw invalidField('userId', 'is nobody here');
  const until = new Date(now.getTime() + minutes * 60_000);
  await holdStage(tx, eventId);
  await writeMute(tx, { eventId, userId, until, isRemoved, byId, reason, now });
  await silenceInChat(tx, { chatId: eventId, userId, until });
  const told = { eventId, hostId: viewer.hostId, userId, until: until.toISOString(), isRemoved, byId, reason };
  await record(stageMuted, told);
  return { eventId, userId, until: told.until, isRemoved };
};

/** Takes a mute back; harmless where there is none. */
export const pardon = async (
  { tx, record }: Muting,
  { viewer }: MuteSubject,
  { eventId, userId, byId }: { eventId: string; userId: string; byId: string },
) => {
  if (await deleteMute(tx, eventId, userId)) {
    await silenceInChat(tx, { chatId: eventId, userId, until: null });
    const told = { eventId, hostId: viewer.hostId, userId, until: null, isRemoved: false, byId, reason: '' };
    await record(stageMuted, told);
  }
  return { eventId, userId, until: null, isRemoved: false };
};
