import fc from 'fast-check';
import type { RoomBatch, RoomEntry } from '../../../../src/kernel/domain.ts';
import { newId } from '../../../../src/platform/ids.ts';

/** One thing somebody does, with numbers that are taken modulo what there is. */
export type Act =
  | { kind: 'send' | 'edit' | 'delete' | 'read'; who: number; what: number }
  | { kind: 'react'; what: number; turns: Turn[] };

interface Turn {
  who: number;
  emoji: number;
  on: boolean;
}

const STARTED_AT_MS = 1_750_000_000_123;

const EMOJI = ['🔥', '❤️'];
const number = fc.nat({ max: 1_000 });
// Few people and emoji, so that what was turned on is often turned off again.
const turn = fc.record({ who: fc.nat({ max: 2 }), emoji: fc.nat({ max: 1 }), on: fc.boolean() });

export const someActs: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('send' as const), who: number, what: number }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('edit', 'delete', 'read'), who: number, what: number }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('react' as const),
        what: number,
        turns: fc.array(turn, { minLength: 1, maxLength: 4 }),
      }),
    },
  ),
  { maxLength: 40 },
);

/** The bodies are awkward on purpose. */
const bodyOf = (seq: number): string => `no. ${seq}: "quoted", {braced}, back\\slash, NULL\nnew line 🎉`;

/** What a room's log holds after the acts: the numbers a real log would give, totals as the reaction store counts them. */
export const logOf = (acts: Act[], users: string[]): RoomEntry[] => {
  const log = createModelLog(users);
  for (const act of acts) {
    const seq = log.messageAt(act.what);
    if (act.kind === 'send') log.send(act, seq);
    else if (act.kind === 'read') log.read(act);
    else if (seq === undefined) log.join();
    else if (act.kind === 'react') log.react(seq, act.turns);
    else log.change(act, seq);
  }
  return log.entries;
};

const createModelLog = (users: string[]) => {
  const entries: RoomEntry[] = [];
  const messages: number[] = [];
  const reactors = new Map<string, Set<string>>();
  const user = (who: number): string => users[who % users.length] ?? '';
  const append = (entry: Pick<RoomEntry, 'signal' | 'data'> & Partial<RoomEntry>): void => {
    const seq = entries.length + 1;
    entries.push({ seq, atMs: STARTED_AT_MS + seq * 7, ordinal: 0, ...entry });
  };
  const turnOne = (seq: number, { who, emoji, on }: Turn): [string, string, 0 | 1][] => {
    const name = EMOJI[emoji] ?? '';
    const set = reactors.get(`${seq} ${name}`) ?? new Set();
    reactors.set(`${seq} ${name}`, set);
    if (set.has(user(who)) === on) return [];
    if (on) set.add(user(who));
    else set.delete(user(who));
    return [[name, user(who), on ? 1 : 0]];
  };
  return {
    entries,
    messageAt: (what: number): number | undefined => messages[what % Math.max(1, messages.length)],
    send: ({ who }: { who: number }, replied: number | undefined): void => {
      messages.push(entries.length + 1);
      const data = { id: newId(), clientId: newId(), body: bodyOf(entries.length + 1), ...replyTo(replied) };
      append({ signal: 'chat.sent', by: user(who), ordinal: messages.length, data });
    },
    read: ({ who, what }: { who: number; what: number }): void => {
      if (entries.length === 0) return;
      const reads = [{ userId: user(who), seq: 1 + (what % entries.length) }];
      // Both ways of telling: by name, and hidden behind a count.
      if (what % 2 === 0) append({ signal: 'chat.readTo', data: { reads } });
      else append({ signal: 'chat.readTo', data: { count: 1 }, hidden: { reads } });
    },
    join: (): void => append({ signal: 'chat.memberJoined', data: { userIds: [] } }),
    react: (seq: number, turns: Turn[]): void => {
      const changes = turns.flatMap((turn) => turnOne(seq, turn));
      if (changes.length === 0) return;
      const totals = EMOJI.map((name) => [name, reactors.get(`${seq} ${name}`)?.size ?? 0] as const);
      const reactions = Object.fromEntries(totals.filter(([, total]) => total > 0));
      append({ signal: 'chat.reacted', data: { seq, reactions }, hidden: { changes } });
    },
    change: ({ kind, who }: { kind: string; who: number }, seq: number): void => {
      if (kind === 'delete') append({ signal: 'chat.deleted', by: user(who), data: { seq } });
      else append({ signal: 'chat.edited', by: user(who), data: { seq, body: `edited ${entries.length}` } });
    },
  };
};

const replyTo = (seq: number | undefined) => (seq === undefined || seq % 3 !== 0 ? {} : { replyToSeq: seq });

export const batchOf = (chatId: string, entries: RoomEntry[]): RoomBatch => ({
  room: `chat:${chatId}`,
  id: chatId,
  epoch: 'epoch-1',
  entries,
});

/**
 * Ways to hand out a log: pieces that begin anywhere at or before what was handed out already, so that they overlap,
 * repeat and come late, but leave no hole.
 */
export const somePieces = (length: number): fc.Arbitrary<[from: number, to: number][]> =>
  fc.array(fc.tuple(number, number), { maxLength: 6 }).map((picks) => {
    const pieces: [number, number][] = [];
    let reached = 0;
    for (const [start, size] of picks) {
      const from = start % (reached + 1);
      const to = Math.min(length, from + (size % (length + 1)));
      pieces.push([from, to]);
      reached = Math.max(reached, to);
    }
    return [...pieces, [reached, length]];
  });
