import { plural, t } from '../words.ts';
import type { Poll } from './follow-stage.ts';

interface Props {
  poll: Poll;
  results: NonNullable<Poll['results']>;
}

/** Shows the results of a poll. */
export const PollResults = ({ poll, results }: Props) => (
  <div class="results" data-results>
    {results.average !== null && (
      <p>
        <b class="num">{Math.round(results.average * 10) / 10}</b>{' '}
        <small>{t('on average, of {most}', { most: poll.options.length })}</small>
      </p>
    )}
    {poll.kind === 'OPEN_TEXT' ? (
      <Words words={results.words} />
    ) : (
      <ul>
        {poll.options.map(({ id, text }) => {
          const votes = results.votes[id] ?? 0;
          const share = results.voters > 0 ? Math.round((votes / results.voters) * 100) : 0;
          return (
            <li key={id}>
              <span>
                {text} {poll.mine?.choices.includes(id) && <small>{t('(your vote)')}</small>}
              </span>
              <span class="num">
                {plural(votes, '{count} vote', '{count} votes')} <small>{share} %</small>
              </span>
              <i class="bar" style={`--share: ${share}%`} />
            </li>
          );
        })}
      </ul>
    )}
  </div>
);

const Words = ({ words }: { words: Props['results']['words'] }) =>
  words.length === 0 ? (
    <small>{t('Words that two people or more have written show here.')}</small>
  ) : (
    <ul class="words">
      {words.map(({ word, count }) => (
        <li key={word} class="chip">
          {word} <b class="num">{count}</b>
        </li>
      ))}
    </ul>
  );
