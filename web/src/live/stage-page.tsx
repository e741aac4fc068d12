import './live.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { StageState } from '../../../src/sdk/index.ts';
import { status } from '../state/session.ts';
import { plural, t } from '../words.ts';
import { ApplauseBar } from './applause-bar.tsx';
import { AskForm } from './ask-form.tsx';
import { followStage, type StageModel } from './follow-stage.ts';
import { Gone } from './gone.tsx';
import { OwnQuestions } from './own-questions.tsx';
import { PollCard } from './poll-card.tsx';
import { QuestionList } from './question-list.tsx';
import { STATES, whyIdle } from './words.ts';

/** The stage of an event, for its audience. */
export const StagePage = ({ eventId }: { eventId: string }) => {
  const model = useMemo(() => followStage(eventId), [eventId]);
  useEffect(() => model.stop, [model]);
  if (model.isGone.value) return <Gone />;
  const state = model.state.value;
  const isOnline = status.value.phase === 'online';
  if (!state) {
    return (
      <main class="way-in">
        <h1>{model.title.value || t('The stage')}</h1>
        <p role="status">{isOnline ? t('The curtain is going up…') : t('Connecting…')}</p>
      </main>
    );
  }
  const canAct = state.status === 'OPEN' && state.mine.takesPart && isOnline;
  return (
    <main class={`stage ${state.settings.applause ? 'has-applause' : ''}`}>
      <StageHead model={model} state={state} isOnline={isOnline} />
      <Polls model={model} state={state} canAct={canAct} />
      <Questions model={model} state={state} canAct={canAct} />
      {state.settings.applause && <ApplauseBar model={model} state={state} canAct={canAct} />}
    </main>
  );
};

interface HeadProps {
  model: StageModel;
  state: StageState;
  isOnline: boolean;
}

const StageHead = ({ model, state, isOnline }: HeadProps) => {
  const { word, tone } = STATES[state.status];
  const idle = whyIdle(state);
  const { pinned } = state;
  return (
    <header>
      <p class="line" role="status">
        <span class={`chip ${tone}`}>{word}</span>
        {!isOnline && <span class="chip warm">{t('Reconnecting…')}</span>}
      </p>
      <h1>{model.title.value || t('The stage')}</h1>
      <p class="line">
        {state.status !== 'ENDED' && (
          <small>{plural(state.viewers, '{count} person watching', '{count} people watching')}</small>
        )}
        {state.status === 'ENDED' && <small>{t('{count} watched at most', { count: state.peakViewers })}</small>}
        {state.mine.isTeam && <a href={`/host/events/${model.eventId}/desk`}>{t('To the desk')}</a>}
      </p>
      <p class="idle" role="status" hidden={idle === null}>
        {idle}
      </p>
      {pinned && (
        <section class="pinned" aria-label={t('Announcement')}>
          <h2>{pinned.title}</h2>
          <p>{pinned.body}</p>
        </section>
      )}
    </header>
  );
};

interface PartProps {
  model: StageModel;
  state: StageState;
  canAct: boolean;
}

const Polls = ({ model, state, canAct }: PartProps) => {
  const open = state.polls.filter(({ status: now }) => now === 'OPEN');
  const closed = state.polls.filter(({ status: now }) => now !== 'OPEN');
  return (
    <section class="part" aria-labelledby="polls">
      <h2 id="polls">{t('Polls')}</h2>
      {state.polls.length === 0 && <p class="empty">{t('No poll yet. When one opens, it is here at once.')}</p>}
      {open.map((poll) => (
        <PollCard key={poll.id} model={model} poll={poll} canAct={canAct} />
      ))}
      {closed.map((poll) => (
        <PollCard key={poll.id} model={model} poll={poll} canAct={false} />
      ))}
    </section>
  );
};

const Questions = ({ model, state, canAct }: PartProps) => {
  const { asked, answered, dismissed } = state.questionCounts;
  return (
    <section class="part" aria-labelledby="questions">
      <h2 id="questions">{t('Questions')}</h2>
      <p>
        <small>
          {t('{asked} asked · {answered} answered · {dismissed} put aside', { asked, answered, dismissed })}
        </small>
      </p>
      {state.settings.questions === 'OFF' ? (
        <p class="empty">{t('No questions are taken now.')}</p>
      ) : (
        <AskForm model={model} settings={state.settings} canAct={canAct} />
      )}
      <OwnQuestions model={model} />
      <QuestionList model={model} state={state} canAct={canAct} />
    </section>
  );
};
