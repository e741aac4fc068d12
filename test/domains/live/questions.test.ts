import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, openStageWorld, type QuestionAnswer, type StageWorld } from './support/stage-world.ts';

let world: StageWorld;
let people: string[];

beforeAll(async () => {
  world = await openStageWorld();
  people = world.people.slice(1);
});

afterAll(() => world.close());

const person = (index: number): string => people[index] ?? '';
const ask = async (eventId: string, by: string, body: string, fields: object = {}) => {
  const question = await world.ask<QuestionAnswer>(by, 'question.ask', { eventId, body, ...fields });
  await world.settle();
  return question;
};
const upvote = (eventId: string, by: string, questionId: string) =>
  world.call(by, 'question.upvote', { eventId, questionId });
const decide = async (eventId: string, move: string, question: QuestionAnswer, fields: object = {}) => {
  const input = { eventId, questionId: question.id, version: question.version, ...fields };
  const moved = await world.ask<QuestionAnswer>(world.host, `question.${move}`, input);
  await world.settle();
  return moved;
};
interface Page {
  items: QuestionAnswer[];
  nextCursor: string | null;
  counts: { asked: number; answered: number; dismissed: number };
}
const list = (eventId: string, by: string, fields: object = {}) =>
  world.ask<Page>(by, 'question.list', { eventId, ...fields });

describe('a question', () => {
  test('is seen by everybody at once, with its author counted, or after the team has seen it', async () => {
    const eventId = await world.openStage();
    const question = await ask(eventId, person(0), 'When is the break?');
    expect(question).toMatchObject({ status: 'VISIBLE', upvotes: 1, isUpvoted: true, authorId: person(0) });
    expect((await world.told(eventId, 'question.shown')).map(({ data }) => data)).toMatchObject([
      { question: { id: question.id, upvotes: 1 }, counts: { asked: 1, answered: 0, dismissed: 0 } },
    ]);
    const moderated = await world.openStage({ questions: 'MODERATED' });
    const waiting = await ask(moderated, person(0), 'And who pays?', { isAnonymous: true });
    expect([waiting.status, waiting.authorId]).toEqual(['PENDING', null]);
    expect((await list(moderated, person(1))).items).toEqual([]);
    expect(codeOf(await world.call(person(1), 'question.list', { eventId: moderated, order: 'pending' }))).toBe(
      'FORBIDDEN',
    );
    expect(
      codeOf(
        await world.call(person(1), 'question.approve', { eventId: moderated, questionId: waiting.id, version: 1 }),
      ),
    ).toBe('FORBIDDEN');
    expect(await world.told(moderated, 'question.shown')).toEqual([]);
    await decide(moderated, 'approve', waiting);
    expect((await list(moderated, person(1))).items).toMatchObject([{ id: waiting.id, authorId: null }]);
    expect(JSON.stringify(await world.log(`event:${moderated}`))).not.toContain(person(0));
  });

  test('that was put aside stays readable to its author with the reason, and is counted for all to see (V7)', async () => {
    const eventId = await world.openStage();
    const asked = await ask(eventId, person(0), 'Is this a trick?');
    const other = await ask(eventId, person(1), 'What comes next?');
    const dismissed = await decide(eventId, 'dismiss', asked, { reason: 'OFF_TOPIC' });
    await decide(eventId, 'answer', other, { answer: 'A song.' });
    const { items, counts } = await list(eventId, person(0), { order: 'own' });
    expect(items).toMatchObject([{ id: asked.id, status: 'DISMISSED', dismissalReason: 'OFF_TOPIC' }]);
    expect(counts).toEqual({ asked: 2, answered: 1, dismissed: 1 });
    expect((await list(eventId, person(2))).counts).toEqual(counts);
    expect((await world.told(eventId, 'question.removed')).at(-1)?.data).toMatchObject({
      questionId: asked.id,
      counts: { dismissed: 1 },
    });
    expect(codeOf(await upvote(eventId, person(2), asked.id))).toBe('NOT_FOUND');
    // Somebody else decided meanwhile.
    const late = { eventId, questionId: asked.id, version: asked.version, reason: 'TIME' };
    expect(codeOf(await world.call(world.host, 'question.dismiss', late))).toBe('CONFLICT');
    await decide(eventId, 'restore', dismissed);
    expect(codeOf(await upvote(eventId, person(2), asked.id))).toBe('OK');
    expect(await world.facts('question.answered', eventId)).toMatchObject([
      { questionId: other.id, authorId: person(1) },
    ]);
  });

  test('is taken back by its author alone', async () => {
    const eventId = await world.openStage();
    const { id: questionId } = await ask(eventId, person(0), 'Never mind?');
    expect(codeOf(await world.call(person(1), 'question.withdraw', { eventId, questionId }))).toBe('FORBIDDEN');
    expect((await world.ask<QuestionAnswer>(person(0), 'question.withdraw', { eventId, questionId })).status).toBe(
      'WITHDRAWN',
    );
    expect((await list(eventId, person(1))).items).toEqual([]);
  });

  test('is refused where none are taken, and where a line holds what cannot be read', async () => {
    const eventId = await world.openStage({ questions: 'OFF' });
    expect(codeOf(await world.call(person(0), 'question.ask', { eventId, body: 'May I?' }))).toBe('CONFLICT');
    const open = await world.openStage({ anonymousQuestions: false });
    expect(codeOf(await world.call(person(0), 'question.ask', { eventId: open, body: 'a\u0007b' }))).toBe(
      'INVALID_INPUT',
    );
    expect(codeOf(await world.call(person(0), 'question.ask', { eventId: open, body: 'x'.repeat(501) }))).toBe(
      'INVALID_INPUT',
    );
    expect(codeOf(await world.call(person(0), 'question.ask', { eventId: open, body: 'Me?', isAnonymous: true }))).toBe(
      'CONFLICT',
    );
  });
});

describe('upvotes (V6)', () => {
  test('count a person once, however many clicks and merges come at once, and none is lost or doubled', async () => {
    const eventId = await world.openStage();
    const [one, two, three] = [
      await ask(eventId, person(0), 'One?'),
      await ask(eventId, person(1), 'Two?'),
      await ask(eventId, person(2), 'Three?'),
    ];
    expect(codeOf(await upvote(eventId, person(0), one.id))).toBe('CONFLICT');
    const clicks = people.flatMap((userId) =>
      [one, two, three].flatMap(({ id }) => [upvote(eventId, userId, id), upvote(eventId, userId, id)]),
    );
    const answers = (await Promise.all(clicks)).map(codeOf);
    expect(answers.filter((code) => code === 'OK')).toHaveLength(people.length * 6 - 6);
    await world.ask(person(3), 'question.retract', { eventId, questionId: one.id });
    // Some are stored, some are not, and Redis loses what it has counted.
    await world.store(eventId, 3);
    await world.platform.redis.log.del(...(await world.platform.redis.log.keys(`*ballot*${two.id}*`)));
    await Promise.all([
      decide(eventId, 'merge', two, { intoId: one.id }),
      upvote(eventId, person(4), one.id),
      upvote(eventId, person(4), two.id),
    ]);
    await world.settle();
    expect(codeOf(await upvote(eventId, person(5), two.id))).toBe('GONE');
    await world.store(eventId);
    const rows = await world.database.questionVote.findMany({ where: { questionId: one.id } });
    // All nine: who took the upvote back wanted the other one.
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set(people));
    const merged = await world.database.question.findUniqueOrThrow({ where: { id: one.id } });
    expect([merged.upvotes, rows.length]).toEqual([9, 9]);
    expect((await world.told(eventId, 'question.merged')).at(-1)?.data).toMatchObject({
      questionId: two.id,
      intoId: one.id,
      upvotes: { voters: 9 },
    });
    const { items } = await list(eventId, person(5));
    expect(items.map(({ id, upvotes }) => [id, upvotes])).toEqual([
      [one.id, 9],
      [three.id, 9],
    ]);
  });

  test('are shown before they are stored, and pages follow one another', async () => {
    const eventId = await world.openStage();
    const asked = [];
    for (const [place, body] of ['a?', 'b?', 'c?', 'd?', 'e?'].entries())
      asked.push(await ask(eventId, person(place), body));
    const last = asked.at(-1)?.id ?? '';
    await upvote(eventId, person(0), last);
    const snapshot = await world.ask<{ questions: QuestionAnswer[] }>(person(0), 'live.get', { eventId });
    expect(snapshot.questions[0]).toMatchObject({ id: last, upvotes: 2, isUpvoted: true });
    await world.store(eventId);
    const read: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await list(eventId, person(0), { limit: 2, ...(cursor ? { cursor } : {}) });
      read.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(read).toEqual([last, ...asked.slice(0, 4).map(({ id }) => id)]);
    expect(codeOf(await world.call(person(0), 'question.list', { eventId, cursor: 'nonsense' }))).toBe('INVALID_INPUT');
  });
});
