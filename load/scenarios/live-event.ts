import type { Crowd, Member } from '../crowd/crowd.ts';
import type { Room } from '../generator/room.ts';
import type { User } from '../rally/api.ts';
import { closePoll, type OpenStage, openStage } from '../rally/stage.ts';
import { openGroups } from './groups.ts';
import type { Preparation, Scenario } from './scenario.ts';

/** One in so many says something; the others listen and take part. */
const TALKERS = 20;
/** Of a hundred things that a listener does; the rest are reactions to messages. */
const SHARES = { applaud: 70, vote: 80 } as const;
const EMOJI = ['👏', '🔥', '🎉'];

/** A hall: one room of all, few of whom talk, and a stage before them. */
export const liveEvent: Scenario = {
  summary:
    'One room of everybody (of up to 5,000 people in each process): one in twenty talks, the others applaud, vote in a poll of the stage, and react to messages.',
  latencies: ['chat.react', 'live.applaud', 'poll.vote'],
  prepare: async (preparation) => {
    const plan = await openGroups(preparation, Math.min(5_000, preparation.people.length));
    const host = hostOf(preparation);
    return { ...plan, more: host ? await openStage(preparation.options.url, host) : null };
  },
  play: async (crowd, more) => {
    // Safe: what `prepare` gave.
    const stage = more as OpenStage | null;
    const personAt = seatedIn(crowd);
    await crowd.everyNowAndThen(({ room, member }, dueAt) => {
      if (member % TALKERS === 0) return room.publish(member, dueAt);
      const person = personAt(room, member);
      const roll = crowd.random() * 100;
      if (!stage || !person || roll >= SHARES.vote) return crowd.react(room, member, dueAt);
      void takePart(crowd, person, { stage, dueAt, isVote: roll >= SHARES.applaud });
    });
  },
  recount: async (preparation, { more }) => {
    const host = hostOf(preparation);
    const stage = more as OpenStage | null;
    if (!host || !stage) return [];
    const count = await closePoll(preparation.options.url, host, stage);
    return [{ name: 'votesWrong', count, meaning: 'The counts of a poll are not one vote for each voter.' }];
  },
};

const takePart = (
  crowd: Crowd,
  member: Member,
  { stage: { eventId, pollId, optionIds }, dueAt, isVote }: { stage: OpenStage; dueAt: number; isVote: boolean },
): Promise<unknown> => {
  const choose = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(crowd.random() * items.length)];
  const call = isVote
    ? { name: 'poll.vote', input: { eventId, pollId, choices: [choose(optionIds)] }, dueAt }
    : { name: 'live.applaud', input: { eventId, emoji: choose(EMOJI) }, dueAt };
  return crowd.ask(member, call);
};

/** Finds who sits at a place; seats stay as they are from the first look on. */
const seatedIn = (crowd: Crowd) => {
  const rooms = new Map<Room, Map<number, Member>>();
  const look = (room: Room): Map<number, Member> => {
    const seats = crowd.members.flatMap((member): [number, Member][] =>
      member.seat?.room === room ? [[member.seat.index, member]] : [],
    );
    const found = new Map(seats);
    rooms.set(room, found);
    return found;
  };
  return (room: Room, place: number): Member | undefined => (rooms.get(room) ?? look(room)).get(place);
};

/** Null for servers that know nobody: there the hall has no stage. */
const hostOf = ({ people: [first] }: Preparation): User | null =>
  first?.token === undefined
    ? null
    : { id: first.id ?? '', accessToken: first.token, refreshToken: '', expiresAt: '', address: first.address ?? '' };
