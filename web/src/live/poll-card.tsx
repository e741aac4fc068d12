import { useEffect, useState } from 'preact/hooks';
import { useSubmit } from '../ui/use-submit.ts';
import { plural, t } from '../words.ts';
import { actOn, type Poll, type StageModel } from './follow-stage.ts';
import { PollResults } from './poll-results.tsx';
import { VoteFields } from './vote-fields.tsx';
import { whyHidden } from './words.ts';

interface Props {
  model: StageModel;
  poll: Poll;
  canAct: boolean;
}

/** One poll: its choices while it is open, and how it stands as far as that is shown. */
export const PollCard = ({ model, poll, canAct }: Props) => {
  const isOpen = poll.status === 'OPEN';
  const hidden = whyHidden(poll);
  return (
    <article class="card poll" aria-labelledby={`poll-${poll.id}`} data-poll={poll.status}>
      <p class="line">
        <span class={`chip ${isOpen ? 'good' : ''}`}>{isOpen ? t('Open') : t('Closed')}</span>
        {isOpen && poll.closesAt !== null && <TimeLeft closesAt={poll.closesAt} />}
        <small>{plural(poll.voters, '{count} person has voted', '{count} people have voted')}</small>
      </p>
      <h3 id={`poll-${poll.id}`}>{poll.prompt}</h3>
      {poll.isEdited && <small>{t('The wording was put right after people had voted.')}</small>}
      {isOpen && <VoteForm model={model} poll={poll} canAct={canAct} />}
      {hidden !== null && <small>{hidden}</small>}
      {poll.results && <PollResults poll={poll} results={poll.results} />}
      {poll.isSealed && <small>{t('Sealed: nobody can find out any more who voted for what.')}</small>}
    </article>
  );
};

const TimeLeft = ({ closesAt }: { closesAt: string }) => {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((new Date(closesAt).getTime() - nowMs) / 1_000));
  return <span class="chip warm num">{seconds === 0 ? t('Time is up') : t('{seconds} s left', { seconds })}</span>;
};

const labelOf = (busy: boolean, hasVoted: boolean): string => {
  if (busy) return t('Sending…');
  return hasVoted ? t('Change my vote') : t('Vote');
};

const VoteForm = ({ model, poll, canAct }: Props) => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const vote =
      poll.kind === 'OPEN_TEXT' ? { text: String(form.get('text')) } : { choices: form.getAll('choice').map(String) };
    void submit(() => actOn(model, () => model.stage.vote(poll.id, vote)));
  };
  return (
    <form onSubmit={onSubmit}>
      <VoteFields poll={poll} disabled={!canAct || busy} />
      <p class="form-problem" role="alert">
        {problem ?? fieldProblem('choices') ?? fieldProblem('text')}
      </p>
      <div class="line">
        <button type="submit" class="primary" disabled={!canAct || busy}>
          {labelOf(busy, poll.mine !== null)}
        </button>
        {poll.mine && <span class="chip good">✓ {t('You have voted')}</span>}
      </div>
    </form>
  );
};
