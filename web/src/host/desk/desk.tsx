import { plural, t } from '../../words.ts';
import '../host.css';
import { useEffect, useMemo } from 'preact/hooks';
import type { StageState } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { Gone } from '../../live/gone.tsx';
import { STATES } from '../../live/words.ts';
import { status } from '../../state/session.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { AnnounceForm } from './announce-form.tsx';
import { type DeskModel, followDesk } from './desk-state.ts';
import { MutedPeople } from './muted-people.tsx';
import { PollForm } from './poll-form.tsx';
import { PollList } from './poll-list.tsx';
import { QuestionQueue } from './question-queue.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The stage of an event, for who runs it. */
export const Desk = ({ eventId }: { eventId: string }) => {
  const model = useMemo(() => followDesk(eventId), [eventId]);
  useEffect(() => model.stop, [model]);
  if (model.isGone.value) return <Gone />;
  const state = model.state.value;
  if (!state) {
    return (
      <main class="way-in">
        <p role="status">{t('Looking at the stage…')}</p>
      </main>
    );
  }
  if (!state.mine.isTeam) {
    return (
      <main class="way-in">
        <h1>{t('The desk is for the team')}</h1>
        <p>
          {t('You see the evening from the audience.')} <a href={`/app/live/${eventId}`}>{t('To the stage')}</a>
        </p>
      </main>
    );
  }
  return (
    <main class="desk">
      <DeskHead model={model} state={state} />
      <div class="column">
        <QuestionQueue model={model} state={state} />
        <MutedPeople model={model} />
      </div>
      <div class="column">
        <PollList model={model} />
        <PollForm model={model} />
        <AnnounceForm model={model} pinned={state.pinned} />
        <SettingsForm model={model} state={state} />
      </div>
    </main>
  );
};

interface Props {
  model: DeskModel;
  state: StageState;
}

const DeskHead = ({ model, state }: Props) => {
  const { word, tone } = STATES[state.status];
  const isOnline = status.value.phase === 'online';
  return (
    <header>
      <div>
        <p>
          <small>{model.title.value}</small>
        </p>
        <h1>{t('The desk')}</h1>
        <p class="line" role="status">
          <span class={`chip ${tone}`}>{word}</span>
          {!isOnline && <span class="chip warm">{t('Reconnecting…')}</span>}
        </p>
      </div>
      <p class="viewers">
        <b class="num" data-total="viewers">
          {state.viewers}
        </b>
        <small>
          {plural(
            Math.max(state.viewers, state.peakViewers),
            'watching · {count} person at most',
            'watching · {count} people at most',
          )}
        </small>
      </p>
      <nav class="line" aria-label={t('Pages of this event')}>
        <a class="quiet" href={`/host/events/${model.eventId}/live`}>
          {t('The door')}
        </a>
        <a class="quiet" href={`/app/live/${model.eventId}`}>
          {t('As the audience sees it')}
        </a>
      </nav>
      <StageMoves model={model} state={state} />
    </header>
  );
};

const StageMoves = ({ model, state }: Props) => {
  const { busy, problem, submit } = useSubmit();
  const { eventId } = model;
  const move = (name: 'live.open' | 'live.pause' | 'live.close') =>
    void submit(() => model.act(() => client.call(name, { eventId })));
  const close = (): void => {
    if (confirm(t('Close the stage for good? Open polls close with it.'))) move('live.close');
  };
  return (
    <div class="line moves">
      {(state.status === 'UPCOMING' || state.status === 'PAUSED') && (
        <button type="button" class="primary" disabled={busy} onClick={() => move('live.open')}>
          {state.status === 'PAUSED' ? t('Go on') : t('Open the stage')}
        </button>
      )}
      {state.status === 'OPEN' && (
        <button type="button" class="quiet" disabled={busy} onClick={() => move('live.pause')}>
          {t('Pause')}
        </button>
      )}
      {(state.status === 'OPEN' || state.status === 'PAUSED') && (
        <button type="button" class="danger" disabled={busy} onClick={close}>
          {t('Close the stage')}
        </button>
      )}
      <p class="form-problem" role="alert">
        {problem}
      </p>
    </div>
  );
};
