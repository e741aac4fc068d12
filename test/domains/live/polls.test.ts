import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BallotLoad, createBallotStore, type Vote } from '../../../src/domains/live/ballot/ballot.store.ts';
import { settleBallot } from '../../../src/domains/live/ballot/settle-ballot.ts';
import { voterHash } from '../../../src/domains/live/poll/poll.rules.ts';
import { loadPollBallot } from '../../../src/domains/live/poll/tally.ts';
import { newId } from '../../../src/platform/ids.ts';
import { codeOf, openStageWorld, type PollAnswer, type StageWorld } from './support/stage-world.ts';

let world: StageWorld;
let people: string[];

beforeAll(async () => {
  world = await openStageWorld();
  people = world.people.slice(1);
});

afterAll(() => world.close());

const person = (index: number): string => people[index] ?? '';
const results = (userId: string, eventId: string, pollId: string) =>
  world.ask<PollAnswer>(userId, 'poll.results', { eventId, pollId });
const idsOf = ({ options }: PollAnswer): string[] => options.map(({ id }) => id);
const passMinutes = async (pollId: string, minutes: number): Promise<void> => {
  const closedAt = new Date(Date.now() - minutes * 60_000);
  await world.database.poll.update({ where: { id: pollId }, data: { closedAt } });
};

describe('a vote', () => {
  test('counts once a person, is replaced by a later one, and is stored (V3)', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { reveal: 'ALWAYS' });
    const [red = '', blue = ''] = idsOf(poll);
    const first = [0, 1, 2].map((index) => world.vote(person(index), eventId, poll.id, [red]));
    expect((await Promise.all(first)).map(codeOf)).toEqual(['OK', 'OK', 'OK']);
    await Promise.all([
      world.vote(person(0), eventId, poll.id, [blue]),
      world.vote(person(1), eventId, poll.id, [red]),
    ]);
    const counted = await world.told(eventId, 'poll.counted');
    expect(counted.at(-1)?.data).toEqual({ pollId: poll.id, voters: 3, votes: { [red]: 2, [blue]: 1 } });
    await world.store(eventId);
    const stored = await world.database.pollOption.findMany({
      where: { pollId: poll.id },
      orderBy: { sortOrder: 'asc' },
    });
    expect(stored.map(({ votes }) => votes)).toEqual([2, 1]);
    expect(await results(person(0), eventId, poll.id)).toMatchObject({ voters: 3, mine: { choices: [blue] } });
  });

  test('is refused with a reason that names what is wrong, and changes nothing', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId);
    const [red = ''] = idsOf(poll);
    const ask = (input: object, by = person(0)) => world.call(by, 'poll.vote', { eventId, pollId: poll.id, ...input });
    expect(codeOf(await ask({ choices: [newId()] }))).toBe('INVALID_INPUT');
    expect(codeOf(await ask({ text: 'red' }))).toBe('INVALID_INPUT');
    expect(codeOf(await world.vote(person(0), eventId, newId(), [red]))).toBe('NOT_FOUND');
    const draft = await world.ask<PollAnswer>(world.host, 'poll.create', {
      eventId,
      kind: 'OPEN_TEXT',
      prompt: 'Why?',
    });
    expect(codeOf(await world.vote(person(0), eventId, draft.id, [red]))).toBe('NOT_FOUND');
    await world.ask(world.host, 'live.pause', { eventId });
    await world.settle();
    expect(codeOf(await ask({ choices: [red] }))).toBe('CONFLICT');
    expect(await world.told(eventId, 'poll.counted')).toEqual([]);
  });

  test('counts for people in the hall alone, where a poll asks for that', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { admittedOnly: true });
    expect(codeOf(await world.vote(person(0), eventId, poll.id, idsOf(poll).slice(0, 1)))).toBe('FORBIDDEN');
  });
});

describe('the end of a poll', () => {
  test('is one place of the log: what is counted there is what is stored, and no vote comes after it (V5)', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { reveal: 'AFTER_CLOSE' });
    const [red = '', blue = ''] = idsOf(poll);
    await Promise.all(people.map((userId, place) => world.vote(userId, eventId, poll.id, [place % 3 ? red : blue])));
    await world.ask(world.host, 'poll.close', { eventId, pollId: poll.id });
    await world.settle();
    expect(codeOf(await world.vote(person(0), eventId, poll.id, [red]))).toBe('GONE');
    const [closed] = await world.told(eventId, 'poll.closed');
    expect(closed?.data).toEqual({ pollId: poll.id, results: { voters: 9, votes: { [red]: 6, [blue]: 3 } } });
    await world.store(eventId);
    expect(await recount(poll.id)).toEqual({ voters: 9, votes: { [red]: 6, [blue]: 3 } });
    await world.ask(world.host, 'poll.open', { eventId, pollId: poll.id });
    await world.settle();
    expect(codeOf(await world.vote(person(0), eventId, poll.id, [red]))).toBe('OK');
  });

  test('comes with its time, before anybody has closed it', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { seconds: 5 });
    await world.database.poll.update({ where: { id: poll.id }, data: { closesAt: new Date(Date.now() - 1) } });
    expect(codeOf(await world.vote(person(0), eventId, poll.id, idsOf(poll).slice(0, 1)))).toBe('GONE');
    await world.runJob('live.advanceDue');
    await world.settle();
    expect(await world.told(eventId, 'poll.closed')).toHaveLength(1);
  });

  test('closes with the stage', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId);
    await world.ask(world.host, 'live.close', { eventId });
    await world.settle();
    expect((await results(person(0), eventId, poll.id)).status).toBe('CLOSED');
    expect(codeOf(await world.call(world.host, 'poll.open', { eventId, pollId: poll.id }))).toBe('CONFLICT');
  });
});

const recount = async (pollId: string) => {
  const rows = await world.database.pollVote.findMany({ where: { pollId } });
  const votes: Record<string, number> = {};
  for (const choice of rows.flatMap(({ choices }) => choices)) votes[choice] = (votes[choice] ?? 0) + 1;
  return { voters: rows.length, votes };
};

/** A sequence of the same random numbers for a seed. */
const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

describe('whatever is lost meanwhile', () => {
  test.each([1, 2, 3, 4])('votes are counted once: run %i (V3, V5)', async (seed) => {
    const pick = random(seed);
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { kind: 'MULTIPLE', options: ['a', 'b', 'c'], reveal: 'ALWAYS' });
    const options = idsOf(poll);
    const { platform } = world;
    const ballots = createBallotStore(platform);
    const load = (id: string, pollId: string): Promise<BallotLoad> => loadPollBallot(platform, id, pollId);
    const voters = Array.from({ length: 6 }, () => randomBytes(32).toString('base64url'));
    const model = new Map<string, string>();
    const cast = async (votes: Vote[]): Promise<void> => {
      const ballot = { id: poll.id, votes, load: undefined, closesAtMs: null, isCounted: true, isShown: true };
      const reply = await ballots.cast(eventId, 'poll', [ballot]);
      if (!('missing' in reply)) return;
      await ballots.cast(eventId, 'poll', [{ ...ballot, load: await load(eventId, poll.id) }]);
    };
    const steps = [
      async () => {
        const value = options.filter(() => pick(2) === 1).join(',');
        const voter = voters[pick(voters.length)] ?? '';
        if (value === '') return;
        await cast([{ voter, value, person: '' }]);
        model.set(voter, value);
        // A repeat changes nothing.
        if (pick(3) === 0) await cast([{ voter, value, person: '' }]);
      },
      () => world.store(eventId, pick(4), true),
      // The worker dies after its transaction.
      () => world.store(eventId, 1 + pick(4), false),
      () => ballots.forget(eventId, poll.id),
    ];
    for (let step = 0; step < 60; step += 1) await steps[pick(6) < 3 ? 0 : 1 + pick(3)]?.();
    const expected: Record<string, number> = {};
    for (const choice of [...model.values()].flatMap((value) => value.split(',')))
      expected[choice] = (expected[choice] ?? 0) + 1;
    const final = await settleBallot({ ballots, load }, eventId, {
      entryId: newId(),
      mode: 'close',
      isCounted: true,
      ballotId: poll.id,
      signal: 'poll.closed',
      data: {},
      affects: [],
    });
    await world.store(eventId);
    expect(final).toEqual({ voters: model.size, votes: expected });
    expect(await recount(poll.id)).toEqual(final);
    const counted = await world.database.pollOption.findMany({ where: { pollId: poll.id } });
    expect(Object.fromEntries(counted.filter(({ votes }) => votes > 0).map(({ id, votes }) => [id, votes]))).toEqual(
      expected,
    );
  });

  test('an older batch that comes late changes nothing', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId);
    const [red = '', blue = ''] = idsOf(poll);
    await world.vote(person(0), eventId, poll.id, [red]);
    const room = `event:${eventId}`;
    const old = (await world.platform.rooms.undurable([room])).get(room)?.entries ?? [];
    await world.vote(person(0), eventId, poll.id, [blue]);
    await world.store(eventId);
    const { persistStages } = await import('../../../src/domains/live/api.writes.ts');
    await world.database.$transaction((tx) => persistStages(tx, [{ room, id: eventId, epoch: '', entries: old }]));
    expect(await recount(poll.id)).toEqual({ voters: 1, votes: { [blue]: 1 } });
  });

  test('votes that are not stored yet survive the loss of what Redis has counted', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { reveal: 'ALWAYS' });
    const [red = ''] = idsOf(poll);
    await Promise.all([0, 1].map((index) => world.vote(person(index), eventId, poll.id, [red])));
    await createBallotStore(world.platform).forget(eventId, poll.id);
    expect(await results(person(5), eventId, poll.id)).toMatchObject({ voters: 2, results: { votes: { [red]: 2 } } });
    const answer = await world.ask(person(2), 'poll.vote', { eventId, pollId: poll.id, choices: [red] });
    expect(answer).toMatchObject({ results: { voters: 3, votes: { [red]: 3 } } });
  });
});

describe('a hidden tally (V4)', () => {
  interface Audit {
    eventId: string;
    poll: PollAnswer;
    reveal: string;
    isSwapped: boolean;
    /** Everything that somebody below the team got. */
    seen: unknown[];
  }

  const begin = async (reveal: string, isSwapped: boolean): Promise<Audit> => {
    const eventId = await world.openStage();
    return { eventId, poll: await world.openPoll(eventId, { reveal }), reveal, isSwapped, seen: [] };
  };

  const publicLog = async (eventId: string) =>
    (await world.log(`event:${eventId}`)).map(({ hidden: _, ...entry }) => entry);

  /** Who has not voted looks at everything there is. */
  const look = async ({ eventId, poll, seen }: Audit): Promise<void> => {
    for (const operation of ['poll.results', 'poll.list', 'live.get', 'live.timeline']) {
      const pollId = operation === 'poll.results' ? { pollId: poll.id } : {};
      seen.push(await world.call(newcomer, operation, { eventId, ...pollId }));
    }
    seen.push(await publicLog(eventId));
  };

  const vote = async (audit: Audit): Promise<void> => {
    const { eventId, poll, reveal, isSwapped, seen } = audit;
    const [red = '', blue = ''] = idsOf(poll);
    const choose = (place: number) =>
      world.vote(person(place), eventId, poll.id, [(place % 3 === 0) === isSwapped ? red : blue]);
    // One first: what the others say meanwhile comes with one batch.
    const answers = [await choose(0), ...(await Promise.all(people.slice(1).map((_, place) => choose(place + 1))))];
    answers.push(await choose(8), await world.vote(person(8), eventId, poll.id, [newId()]));
    // Who has voted in a poll that shows itself then is meant to see.
    if (reveal !== 'AFTER_VOTE') seen.push(answers);
    await look(audit);
    await world.store(eventId);
    await look(audit);
  };

  const close = async (audit: Audit): Promise<void> => {
    if (audit.reveal !== 'TEAM') return;
    await world.ask(world.host, 'poll.close', { eventId: audit.eventId, pollId: audit.poll.id });
    await world.settle();
    await look(audit);
  };

  /** What two runs with swapped votes saw, with what is another in every run taken out. */
  const twice = async (reveal: string): Promise<string[]> => {
    const audits = [await begin(reveal, false), await begin(reveal, true)];
    await Promise.all(audits.map(vote));
    for (const audit of audits) await close(audit);
    return audits.map(({ seen, poll }) => {
      const [red = '', blue = ''] = idsOf(poll);
      return JSON.stringify(seen)
        .replaceAll(red, 'red')
        .replaceAll(blue, 'blue')
        .replaceAll(/"[0-9a-f]{8}-[0-9a-f-]{27}"/g, '"id"')
        .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"time"')
        .replaceAll(/"(seq|atMs)":\d+/g, '"$1":0');
    });
  };
  let newcomer = '';

  beforeAll(async () => {
    newcomer = newId();
    await world.database.user.create({
      data: { id: newcomer, email: `${newcomer}@example.org`, username: newcomer, password: 'not a hash' },
    });
  });

  test.each(['AFTER_CLOSE', 'TEAM', 'AFTER_VOTE'])(
    'of %s shows the same bytes whatever the votes were',
    async (reveal) => {
      const [one = '', other = ''] = await twice(reveal);
      expect(one === other, `${one}\n${other}`.slice(0, 20_000)).toBe(true);
      expect(one).toContain('"voters":9');
    },
  );

  test('would be noticed: a poll that shows its tally is not the same', async () => {
    const [one, other] = await twice('ALWAYS');
    expect(one === other).toBe(false);
  });
});

describe('the key of an anonymous poll', () => {
  test('is there for ten minutes after the close, and then nobody can tell who voted for what', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId);
    const [red = '', blue = ''] = idsOf(poll);
    await Promise.all(people.map((userId, place) => world.vote(userId, eventId, poll.id, [place % 2 ? red : blue])));
    const { key: sealed } = await world.database.poll.findUniqueOrThrow({ where: { id: poll.id } });
    const key = Buffer.from(world.platform.sealing.open(sealed ?? '', `polls.key/${poll.id}`), 'base64url');
    const hashes = people.map((userId) => voterHash(key, userId));
    await world.ask(world.host, 'poll.close', { eventId, pollId: poll.id });
    await world.settle();
    await world.store(eventId);
    await world.runJob('live.advanceDue');
    expect((await results(person(0), eventId, poll.id)).mine).toEqual({ choices: [blue], text: null });
    await passMinutes(poll.id, 11);
    await world.runJob('live.advanceDue');
    await world.settle();
    expect(await results(person(0), eventId, poll.id)).toMatchObject({
      isSealed: true,
      mine: null,
      results: { voters: 9 },
    });
    expect(codeOf(await world.call(world.host, 'poll.open', { eventId, pollId: poll.id }))).toBe('CONFLICT');
    const everything = `${await dumpDatabase()}\n${await dumpRedis()}`;
    // The votes are there, by their hashes; what leads to a hash is not.
    expect(hashes.every((hash) => everything.includes(Buffer.from(hash, 'base64url').toString('hex')))).toBe(true);
    for (const form of [key.toString('hex'), key.toString('base64url'), key.toString('base64'), sealed ?? '-']) {
      expect(everything).not.toContain(form);
    }
    const rows = await world.database.$queryRaw<{ hash: string; user_id: string | null; cast_at: Date | null }[]>`
      SELECT encode(voter_hash, 'hex') AS hash, user_id, cast_at FROM poll_votes WHERE poll_id = ${poll.id}::uuid ORDER BY ctid`;
    expect(rows.map(({ hash }) => hash)).toEqual(rows.map(({ hash }) => hash).sort());
    expect(rows.flatMap(({ user_id, cast_at }) => [user_id, cast_at]).filter((value) => value !== null)).toEqual([]);
    // No line, row or key puts a person beside a choice.
    const lines = everything.split('\n').filter((line) => line.includes(red) || line.includes(blue));
    expect(lines.filter((line) => people.some((userId) => line.includes(userId)))).toEqual([]);
  });

  test('does not hide what people were told would be named', async () => {
    const eventId = await world.openStage();
    const poll = await world.openPoll(eventId, { anonymity: 'NAMED' });
    await world.vote(person(0), eventId, poll.id, idsOf(poll).slice(0, 1));
    await world.store(eventId);
    const row = await world.database.pollVote.findFirstOrThrow({ where: { pollId: poll.id } });
    expect([row.userId, row.castAt === null]).toEqual([person(0), false]);
  });
});

/** Every row of every table, live and archived, a line each. */
const dumpDatabase = async (): Promise<string> => {
  const tables = await world.database.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'archive')`;
  const lines = await Promise.all(
    tables.map(({ name }) =>
      world.database.$queryRawUnsafe<{ line: string }[]>(`SELECT t::text AS line FROM ${name} AS t`),
    ),
  );
  return lines
    .flat()
    .map(({ line }) => line)
    .join('\n');
};

/** Everything that Redis holds, a line a value. */
const dumpRedis = async (): Promise<string> => {
  const redis = world.platform.redis.log;
  const lines: string[] = [];
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key);
    if (type === 'string') lines.push(`${key} ${await redis.get(key)}`);
    if (type === 'hash')
      lines.push(...Object.entries(await redis.hgetall(key)).map((pair) => `${key} ${pair.join(' ')}`));
    if (type === 'set') lines.push(...(await redis.smembers(key)).map((member) => `${key} ${member}`));
    if (type === 'zset') lines.push(...(await redis.zrange(key, '0', '-1')).map((member) => `${key} ${member}`));
    if (type === 'list') lines.push(...(await redis.lrange(key, 0, -1)).map((member) => `${key} ${member}`));
    if (type === 'stream')
      lines.push(...(await redis.xrange(key, '-', '+')).map((entry) => `${key} ${JSON.stringify(entry)}`));
  }
  return lines.join('\n');
};
