import type { Poll } from './follow-stage.ts';
import { countOf } from './words.ts';

interface Props {
  poll: Poll;
  results: NonNullable<Poll['results']>;
}

/** How a poll stands. */
export const PollResults = ({ poll, results }: Props) => (
  <div class="results" data-results>
    {results.average !== null && (
      <p>
        <b class="num">{Math.round(results.average * 10) / 10}</b> <small>on average, of {poll.options.length}</small>
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
                {text} {poll.mine?.choices.includes(id) && <small>(your vote)</small>}
              </span>
              <span class="num">
                {countOf(votes, 'vote')} <small>{share} %</small>
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
    <small>Words that two people or more have written show here.</small>
  ) : (
    <ul class="words">
      {words.map(({ word, count }) => (
        <li key={word} class="chip">
          {word} <b class="num">{count}</b>
        </li>
      ))}
    </ul>
  );
