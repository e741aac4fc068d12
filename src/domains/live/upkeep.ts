import type { Upkeep } from '../../kernel/upkeep.ts';

/** Keeps what the stage counts beside its source: votes by option, voters, upvotes. */
export const liveUpkeep: Upkeep = {
  recounts: [
    {
      table: 'poll_options',
      key: { id: 'uuid' },
      columns: ['votes'],
      truth: `
        SELECT count(*)::int AS votes FROM poll_votes WHERE poll_id = kept.poll_id AND kept.id = ANY(choices)`,
    },
    {
      table: 'polls',
      key: { id: 'uuid' },
      columns: ['voters'],
      truth: `SELECT count(*)::int AS voters FROM poll_votes WHERE poll_id = kept.id`,
    },
    {
      table: 'questions',
      key: { id: 'uuid' },
      columns: ['upvotes'],
      truth: `SELECT count(*)::int AS upvotes FROM question_votes WHERE question_id = kept.id`,
    },
  ],
  dailyNumbers: [
    { name: 'live.questions', table: 'questions', at: 'created_at' },
    { name: 'live.polls', table: 'polls', at: 'opened_at' },
  ],
};
