import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MessageView, overlay } from '../../../../src/domains/social/chat/overlay.rules.ts';
import type { RoomEntry } from '../../../../src/kernel/domain.ts';
import { logOf, someActs } from '../support/log-model.ts';
import { rowsAfter } from '../support/rows-model.ts';

const users = ['ann', 'bob', 'cid', 'dan'];
const chatId = 'chat';

/** What is stored after these entries, as `overlay` takes it; by the tests' own account of what rows there must be. */
const storedAfter = (entries: RoomEntry[], viewerId: string | null): MessageView[] => {
  const { messages, reactions } = rowsAfter(chatId, entries, users);
  return messages.map((row) => {
    const reactors = reactions.filter(
      ({ seq, userId }) => seq === row.seq && (viewerId === null || userId === viewerId),
    );
    // Safe: the model gives every field of a row.
    const {
      sentAt,
      editedAt,
      deletedAt,
      isForwarded: _,
      forwardedFrom: __,
      ...rest
    } = row as typeof row & {
      id: string;
      clientId: string;
      senderId: string;
    };
    return {
      message: {
        ...rest,
        body: row.body as string,
        mediaIds: [],
        mentionIds: [],
        callsHere: false,
        forwarded: null,
        reactions: row.reactions as Record<string, number>,
        seq: Number(row.seq),
        ordinal: Number(row.ordinal),
        replyToSeq: row.replyToSeq === null ? null : Number(row.replyToSeq),
        appliedSeq: Number(row.appliedSeq),
        sentAtMs: sentAt?.getTime() ?? 0,
        editedAtMs: editedAt?.getTime() ?? null,
        deletedAtMs: deletedAt?.getTime() ?? null,
      },
      reactors: new Set(reactors.map(({ emoji, userId }) => `${emoji} ${userId}`)),
    };
  });
};

describe('overlay', () => {
  test('arrives at the later of what is stored and what the log’s end says, wherever the two overlap', () => {
    const scenario = fc.record({
      acts: someActs,
      cuts: fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 })),
      viewerId: fc.constantFrom(null, 'ann', 'bob'),
    });
    fc.assert(
      fc.property(scenario, ({ acts, cuts, viewerId }) => {
        const log = logOf(acts, users);
        const [stored = 0, ...end] = cuts.map((cut) => cut % (log.length + 1));
        // The log's end begins at or before what is stored: there is never a hole.
        const from = Math.min(stored, ...end);
        const to = Math.max(from, ...end);
        const entries = log.slice(from, to);
        const result = overlay(storedAfter(log.slice(0, stored), viewerId), { chatId, viewerId, entries });
        expect(result).toEqual(storedAfter(log.slice(0, Math.max(stored, to)), viewerId));
      }),
      { numRuns: 500 },
    );
  });

  test('applies no change again that is stored already, with a later one', () => {
    const [send, edit] = [
      { kind: 'send' as const, who: 0, what: 0 },
      { kind: 'edit' as const, who: 0, what: 0 },
    ];
    const log = logOf([send, edit, edit], users);
    const stored = storedAfter(log, null);
    expect(stored).toMatchObject([{ message: { appliedSeq: 3 } }]);
    expect(overlay(stored, { chatId, viewerId: null, entries: log.slice(0, 2) })).toEqual(stored);
  });
});
