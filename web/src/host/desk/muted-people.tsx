import { client } from '../../client.ts';
import { timeOf } from '../../format.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { DeskModel } from './desk-state.ts';

/** People who are muted or were sent out, and the way back in. */
export const MutedPeople = ({ model }: { model: DeskModel }) => {
  const { busy, problem, submit } = useSubmit();
  const people = model.muted.value.filter(({ until }) => Date.parse(until) > Date.now());
  const pardon = (userId: string) =>
    void submit(() => model.act(() => client.call('live.unmute', { eventId: model.eventId, userId })));
  if (people.length === 0) return null;
  return (
    <section class="card" aria-labelledby="muted">
      <h2 id="muted">{t('Taking no part')}</h2>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <ul class="items">
        {people.map(({ userId, name, until, isRemoved, reason }) => (
          <li key={userId}>
            <p>
              <b>
                <bdi>{name}</bdi>
              </b>{' '}
              <span class="chip warm">
                {isRemoved
                  ? t('Sent out until {time}', { time: timeOf(until) })
                  : t('Muted until {time}', { time: timeOf(until) })}
              </span>
            </p>
            <p>
              <small>{reason}</small>
            </p>
            <div class="line">
              <button type="button" class="quiet" disabled={busy} onClick={() => pardon(userId)}>
                {t('Let them take part again')}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
