import { client } from '../../client.ts';
import { PollResults } from '../../live/poll-results.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { plural, t } from '../../words.ts';
import type { DeskModel, DeskPoll } from './desk-state.ts';

type Move = 'poll.open' | 'poll.close' | 'poll.delete';

const LOOKS: Record<DeskPoll['status'], { word: string; tone: string }> = {
  DRAFT: { word: t('Draft'), tone: 'warm' },
  OPEN: { word: t('Open'), tone: 'good' },
  CLOSED: { word: t('Closed'), tone: '' },
  CANCELLED: { word: t('Cancelled'), tone: 'bad' },
};
const REVEALED: Record<DeskPoll['reveal'], string> = {
  ALWAYS: t('everybody sees the results'),
  AFTER_VOTE: t('who has voted sees the results'),
  AFTER_CLOSE: t('results are hidden until it closes'),
  TEAM: t('only the team sees the results'),
};
const ORDER: DeskPoll['status'][] = ['OPEN', 'DRAFT', 'CLOSED', 'CANCELLED'];

/** The polls of the evening, with the tally that the team sees. */
export const PollList = ({ model }: { model: DeskModel }) => {
  const { busy, problem, submit } = useSubmit();
  const move = (name: Move, pollId: string) =>
    void submit(() => model.act(() => client.call(name, { eventId: model.eventId, pollId })));
  const polls = model.polls.value.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  return (
    <section class="card" aria-labelledby="desk-polls">
      <h2 id="desk-polls">{t('Polls')}</h2>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {polls.length === 0 && <p class="empty">{t('No poll yet. Prepare one below.')}</p>}
      <ul class="items">
        {polls.map((poll) => (
          <li key={poll.id} data-poll={poll.status}>
            <p class="line">
              <span class={`chip ${LOOKS[poll.status].tone}`}>{LOOKS[poll.status].word}</span>
              <small>
                {plural(poll.voters, '{count} person has voted', '{count} people have voted')}
                {poll.status !== 'CLOSED' && ` · ${REVEALED[poll.reveal]}`}
              </small>
            </p>
            <h3>{poll.prompt}</h3>
            {poll.status !== 'DRAFT' && poll.results && <PollResults poll={poll} results={poll.results} />}
            <PollMoves poll={poll} busy={busy} move={move} />
          </li>
        ))}
      </ul>
    </section>
  );
};

interface MovesProps {
  poll: DeskPoll;
  busy: boolean;
  move: (name: Move, pollId: string) => void;
}

const PollMoves = ({ poll: { id, status, isSealed }, busy, move }: MovesProps) => (
  <div class="line">
    {(status === 'DRAFT' || (status === 'CLOSED' && !isSealed)) && (
      <button type="button" class="quiet" disabled={busy} onClick={() => move('poll.open', id)}>
        {status === 'DRAFT' ? t('Open the poll') : t('Open it again')}
      </button>
    )}
    {status === 'OPEN' && (
      <button type="button" class="quiet" disabled={busy} onClick={() => move('poll.close', id)}>
        {t('Close the poll')}
      </button>
    )}
    {status === 'DRAFT' && (
      <button type="button" class="danger" disabled={busy} onClick={() => move('poll.delete', id)}>
        {t('Throw away')}
      </button>
    )}
  </div>
);
