import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEMO_CHATS } from '../../src/seed/chats.ts';
import { type Line, tellStory } from '../../src/seed/story.ts';

const ENDS_AT = new Date('2026-11-22T10:00:00Z');

/** Lines whose reactions only point at messages before them. */
const lines = fc
  .array(fc.record({ by: fc.constantFrom('a', 'b', 'c'), reacts: fc.boolean(), target: fc.nat() }), { maxLength: 30 })
  .map((drafts) => {
    const told: Line[] = [];
    for (const { by, reacts, target } of drafts) {
      const messages = [...told.entries()].filter(([, line]) => 'says' in line).map(([index]) => index);
      const to = messages[target % Math.max(1, messages.length)];
      told.push(reacts && to !== undefined ? { by, reacts: '🔥', to } : { by, says: `line ${told.length}` });
    }
    return told;
  });

test('leaves what the persister would leave, whatever is told', () => {
  fc.assert(
    fc.property(lines, (told) => {
      const { messages, reactions, lastSeq, readBy } = tellStory(told, ENDS_AT);
      expect(lastSeq).toBe(told.length);
      expect(messages.length + reactions.length).toBe(told.length);
      expect(messages.map(({ ordinal }) => ordinal)).toEqual(messages.map((_, index) => index + 1));
      for (const [index, { seq, sentAt }] of messages.entries()) {
        expect(seq).toBeGreaterThan(messages[index - 1]?.seq ?? 0);
        expect(sentAt.getTime()).toBeLessThanOrEqual(ENDS_AT.getTime());
      }
      for (const { seq, appliedSeq, reactions: totals } of messages) {
        expect(appliedSeq).toBeGreaterThanOrEqual(seq);
        expect(appliedSeq).toBeLessThanOrEqual(lastSeq);
        expect(totals['🔥'] ?? 0).toBe(reactions.filter((reaction) => reaction.seq === seq).length);
      }
      for (const { seq, ordinal } of readBy.values()) {
        expect(messages.filter((message) => message.seq <= seq)).toHaveLength(ordinal);
      }
    }),
  );
});

test('refuses a reaction to what is no message', () => {
  const told: Line[] = [
    { by: 'a', says: 'hello' },
    { by: 'b', reacts: '🔥', to: 1 },
  ];
  expect(() => tellStory(told, ENDS_AT)).toThrow('line 1 reacts to line 1, which is no message before it');
});

test.each(DEMO_CHATS)('the demo chat of $members is told by its members', ({ members, lines: told }) => {
  expect(members).toEqual(expect.arrayContaining([...new Set(told.map(({ by }) => by))]));
  const { messages, reactions } = tellStory(told, ENDS_AT);
  for (const { replyToSeq } of messages) {
    if (replyToSeq !== null) expect(messages.map(({ seq }) => seq)).toContain(replyToSeq);
  }
  // One person gives an emoji to a message once.
  expect(new Set(reactions.map(({ seq, emoji, by }) => `${seq} ${emoji} ${by}`)).size).toBe(reactions.length);
});
