import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Dialect } from '../generator/dialects/dialect.ts';
import { type ParsedFrame, startOfChain } from '../generator/frame-chain.ts';
import type { Room } from '../generator/room.ts';
import { ask, Session } from '../generator/session.ts';
import type { Member } from './member.ts';
import type { Report } from './report.ts';

/** Who was cut off comes back after a random part of this. */
const COME_BACK_MS = 1_000;
/** What waits between two attempts grows to this. */
const MAX_PAUSE_MS = 15_000;

export interface ConnectParts {
  /** Nodes of the server; people connect to them in turn. */
  urls: URL[];
  dialect: Dialect;
  report: Report;
  random: () => number;
  isStopped: () => boolean;
}

/** Connects people and keeps them connected. */
export interface Connecting {
  /** Resolves once they are connected and in their room, or the run is over. */
  come: (member: Member) => Promise<void>;
  /** Cuts them off without a word; they come back. */
  cut: (member: Member) => void;
  /** Nobody comes for the first time any more: what was kept for them is let go. */
  allCame: () => void;
  /** Rooms that could not be taken up where they were: what was missed there counts as lost. */
  gaps: () => number;
}

/** @throws Error when the connection ends before the answer, or after 30 s without one */
const answerOf = (member: Member, session: Session, call: Call): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const unanswered = (): void => reject(new Error('the connection ended'));
    member.waiting.add(unanswered);
    void ask(session, call.name, call.inputJson)
      .then(resolve, reject)
      .finally(() => member.waiting.delete(unanswered));
  });

export const createConnecting = ({ urls, dialect, report, random, isStopped }: ConnectParts): Connecting => {
  const addresses = urls.map((url) => ({
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    isSecure: url.protocol === 'https:',
  }));
  let turn = 0;
  const chains = new Map<Room, ParsedFrame>();
  /** Those whose connection is being cut by us. */
  const cuts = new Set<Member>();
  let gaps = 0;

  const open = async (member: Member): Promise<Session> => {
    const { person } = member;
    const begunAt = performance.now();
    const address = addresses[turn++ % addresses.length] ?? { host: '', port: 0 };
    const session = await Session.open({
      address,
      ...(person.address === undefined ? {} : { headers: { 'X-Forwarded-For': person.address } }),
      connectPacket: dialect.connectPacket(person.token),
    });
    report.sample('connect', performance.now() - begunAt);
    report.opened();
    session.ended = () => lost(member, session);
    return session;
  };

  /** What its members hear on one node is the same, and parsed once; who comes back is at a place of their own. */
  const chainOf = (room: Room, isBack: boolean): ParsedFrame => {
    if (isBack) return startOfChain();
    const chain = chains.get(room) ?? startOfChain();
    chains.set(room, chain);
    return chain;
  };

  const joinCall = (room: Room, position: unknown, isBack: boolean): Call =>
    isBack && dialect.rejoin ? dialect.rejoin(room.id, position) : dialect.join(room.id);

  /** Hears the room before it is asked for: what comes in between must not be missed. */
  const sit = async (member: Member, session: Session, isBack: boolean): Promise<void> => {
    if (member.seat === null) return;
    const { room, index } = member.seat;
    room.receivers[index] = session;
    room.listen(index, chainOf(room, isBack), (position) => {
      member.position = position;
    });
    const call = joinCall(room, member.position, isBack);
    const answer = await answerOf(member, session, call);
    const { refusal } = dialect.readAnswer(answer);
    if (refusal !== undefined) throw new Error(`the server lets nobody into ${room.id}: ${refusal}`);
    const joined = dialect.readJoined?.(answer);
    if (joined === undefined) return;
    member.position = joined.position;
    if (!isBack) return;
    if (joined.isGap) gaps += 1;
    room.caughtUp(index, joined.missed);
  };

  const connect = async (member: Member, isBack: boolean): Promise<void> => {
    member.isComing = true;
    for (let attempt = 0; !isStopped(); attempt += 1) {
      try {
        const session = await open(member);
        member.session = session;
        await sit(member, session, isBack);
        break;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        report.refused(`connect ${reason.slice(0, 80)}`);
        member.session?.close();
        await sleep(Math.min(MAX_PAUSE_MS, 500 * 2 ** attempt) * random());
      }
    }
    member.isComing = false;
  };

  const lost = (member: Member, session: Session): void => {
    if (member.session !== session) return;
    member.session = null;
    if (cuts.delete(member)) report.count('cut');
    else report.lost();
    for (const unanswered of member.waiting) unanswered();
    member.waiting.clear();
    member.seat?.room.disconnected(member.seat.index);
    if (!isStopped() && !member.isComing) void sleep(random() * COME_BACK_MS).then(() => connect(member, true));
  };

  return {
    come: (member) => connect(member, false),
    cut: (member) => {
      if (member.session === null) return;
      cuts.add(member);
      member.session.close();
    },
    allCame: () => chains.clear(),
    gaps: () => gaps,
  };
};
