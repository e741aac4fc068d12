import type { Transaction } from '../../../platform/db/client.ts';
import type { PollVotes, QuestionVotes, VoteChange } from './overlay.rules.ts';

interface TimedVotes extends PollVotes {
  atMs: number;
}

/** Stores what entries say of polls: each voter's last vote, and the counts as the last entry has them. */
export const storePollVotes = async (tx: Transaction, entries: TimedVotes[]): Promise<void> => {
  for (const [pollId, last] of lastBy(entries, ({ pollId }) => pollId)) {
    const changes = entries
      .filter((entry) => entry.pollId === pollId)
      .flatMap(({ changes, atMs }) => changes.map((change) => ({ change, atMs })));
    const poll = await tx.poll.findUnique({ where: { id: pollId }, select: { kind: true, anonymity: true } });
    // A draft of which nobody can have voted, or of an event that is gone.
    if (!poll) continue;
    const isText = poll.kind === 'OPEN_TEXT';
    const votes = [...lastBy(changes, ({ change }) => change[0]).values()].map(
      ({ change: [voter, value, person], atMs }) => ({
        voter: Buffer.from(voter, 'base64url').toString('hex'),
        user_id: person === '' ? null : person,
        choices: isText || value === '' ? [] : value.split(','),
        text: isText && value !== '' ? value : null,
        is_cast: value !== '',
        cast_at: poll.anonymity === 'NAMED' ? new Date(atMs).toISOString() : null,
      }),
    );
    await writeVotes(tx, pollId, JSON.stringify(votes));
    await writePollCounts(tx, pollId, last);
  }
};

/** In the order of the hashes: the order of rows tells nothing of the order of votes. */
const writeVotes = async (tx: Transaction, pollId: string, votes: string): Promise<void> => {
  await tx.$executeRaw`
    DELETE FROM poll_votes USING jsonb_to_recordset(${votes}::jsonb) AS vote (voter text, is_cast boolean)
    WHERE poll_id = ${pollId}::uuid AND voter_hash = decode(vote.voter, 'hex') AND NOT vote.is_cast`;
  await tx.$executeRaw`
    INSERT INTO poll_votes (poll_id, voter_hash, user_id, choices, text, cast_at)
    SELECT ${pollId}::uuid, decode(voter, 'hex'), user_id, choices, text, cast_at
    FROM jsonb_to_recordset(${votes}::jsonb)
      AS vote (voter text, user_id uuid, choices uuid[], text text, is_cast boolean, cast_at timestamptz)
    WHERE is_cast ORDER BY voter
    ON CONFLICT (poll_id, voter_hash) DO UPDATE
    SET choices = EXCLUDED.choices, text = EXCLUDED.text, cast_at = EXCLUDED.cast_at`;
};

const writePollCounts = async (tx: Transaction, pollId: string, { voters, totals }: PollVotes): Promise<void> => {
  await tx.$executeRaw`UPDATE polls SET voters = ${voters} WHERE id = ${pollId}::uuid`;
  await tx.$executeRaw`
    UPDATE poll_options SET votes = coalesce((${JSON.stringify(totals)}::jsonb ->> id::text)::int, 0)
    WHERE poll_id = ${pollId}::uuid`;
};

/** Stores what entries say of questions: who wants each answered, and how many. */
export const storeQuestionVotes = async (tx: Transaction, entries: QuestionVotes['questions']): Promise<void> => {
  if (entries.length === 0) return;
  const counts = [...lastBy(entries, ({ id }) => id).values()].map(({ id, upvotes }) => ({ id, upvotes }));
  const changes = entries.flatMap(({ id, changes }) => changes.map((change) => ({ id, change })));
  const last = [...lastBy(changes, ({ id, change }) => `${id} ${change[0]}`).values()];
  const rows = JSON.stringify(last.map(wantedBy));
  await tx.$executeRaw`
    DELETE FROM question_votes AS stored USING jsonb_to_recordset(${rows}::jsonb) AS vote (id uuid, user_id uuid, is_cast boolean)
    WHERE stored.question_id = vote.id AND stored.user_id = vote.user_id AND NOT vote.is_cast`;
  await tx.$executeRaw`
    INSERT INTO question_votes (question_id, user_id)
    SELECT question.id, vote.user_id FROM jsonb_to_recordset(${rows}::jsonb) AS vote (id uuid, user_id uuid, is_cast boolean)
    JOIN questions AS question ON question.id = vote.id
    WHERE vote.is_cast ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    UPDATE questions AS question SET upvotes = counted.upvotes
    FROM jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) AS counted (id uuid, upvotes int) WHERE question.id = counted.id`;
};

const wantedBy = ({ id, change: [voter, value] }: { id: string; change: VoteChange }) => ({
  id,
  user_id: voter,
  is_cast: value !== '',
});

/** The last of those that share a key, by that key. */
const lastBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item> =>
  new Map(items.map((item) => [keyOf(item), item]));
