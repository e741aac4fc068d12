import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { addresses, goTo } from '../../state/address.ts';
import { forgetAnswers, useOperation } from '../../state/use-operation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { Select } from '../../ui/select.tsx';
import { t } from '../../words.ts';
import { repeats } from '../choices.ts';
import { stateOf } from '../names.ts';
import { Calendar, SeriesPreview } from '../series-preview.tsx';
import { FormProblem, useForm } from '../use-form.tsx';
import { instantOf, wallClockOf } from '../wall-clock.ts';
import type { EventProps } from './event-page.tsx';
import { endingRule, seriesInputOf } from './series-input.ts';

type Series = Output<'eventSeries.get'>;

/** The series an event is part of, or the way to repeat it. */
export const SeriesPart = ({ event, reload }: EventProps) =>
  event.seriesId === null ? (
    <RepeatForm event={event} />
  ) : (
    <SeriesPanel seriesId={event.seriesId} event={event} reload={reload} />
  );

const SeriesPanel = ({ seriesId, event, reload }: EventProps & { seriesId: string }) => {
  const series = useOperation('eventSeries.get', { seriesId });
  return (
    <Outcome of={series}>
      {(data) => (
        <div class="columns">
          <section class="card" aria-labelledby="days-title">
            <h2 id="days-title">{t('Days of the series')}</h2>
            <Calendar days={data.events.map(({ startDate }) => wallClockOf(startDate, data.timeZone).slice(0, 10))} />
            <SeriesMoves series={data} reload={series.reload} />
          </section>
          <FollowingForm event={event} reload={reload} />
          <section class="card" aria-labelledby="next-title">
            <h2 id="next-title">{t('Next events')}</h2>
            <ul class="things">
              {data.events.map(({ id, startDate, status }) => (
                <li key={id}>
                  <a href={addresses.hosted(id, 'details')}>{dateTime(startDate, data.timeZone)}</a>
                  <span class={`chip ${stateOf(status).tone}`}>{stateOf(status).words}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Outcome>
  );
};

const SeriesMoves = ({ series, reload }: { series: Series; reload: () => void }) => {
  const { id: seriesId, events, endsAt, timeZone } = series;
  const hasDrafts = events.some(({ status }) => status === 'DRAFT');
  return (
    <>
      <div class="line">
        {hasDrafts && (
          <Confirm
            label={t('Publish all')}
            title={t('Publish the whole series?')}
            action={t('Publish all')}
            onConfirm={() => client.call('eventSeries.publish', { seriesId }).then(reload)}
          >
            <p>{t('Every draft goes on sale now, and those to come as they are made.')}</p>
          </Confirm>
        )}
        {endsAt === null && (
          <Confirm
            label={t('End the series')}
            title={t('End the series?')}
            action={t('End the series')}
            isDanger
            onConfirm={() => client.call('eventSeries.end', { seriesId }).then(reload)}
          >
            <p>{t('No further event is made, and drafts are thrown away. Published events stay.')}</p>
          </Confirm>
        )}
      </div>
      {endsAt !== null && <p>{t('The series ends {when}.', { when: dateTime(endsAt, timeZone) })}</p>}
    </>
  );
};

/** Changes this event and all that follow. */
const FollowingForm = ({ event, reload }: EventProps) => {
  const form = useForm({
    ...{ title: event.title, startTime: wallClockOf(event.startDate, event.timeZone).slice(11, 16) },
  });
  const { title, startTime } = form.values;
  const save = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void form.submit(async () => {
      await client.call('eventSeries.edit', { eventId: event.id, scope: 'FOLLOWING', title, startTime });
      forgetAnswers();
      reload();
    });
  };
  return (
    <section class="card" aria-labelledby="following-title">
      <h2 id="following-title">{t('This one and all that follow')}</h2>
      <form onSubmit={save}>
        <Field label={t('Title')} required maxLength={200} {...form.field('title')} />
        <Field
          label={t('Time of day')}
          required
          placeholder="20:00"
          hint={t('On the clocks of the event, such as 20:00. Each keeps its day.')}
          {...form.field('startTime')}
        />
        <FormProblem of={form} />
        <button type="submit" class="primary" disabled={form.busy}>
          {t('Change them')}
        </button>
      </form>
    </section>
  );
};

/** Makes a series of events like this one, from its next day on; the days are shown before anything is made. */
const RepeatForm = ({ event }: Pick<EventProps, 'event'>) => {
  const start = wallClockOf(event.startDate, event.timeZone);
  const form = useForm({ rule: 'FREQ=WEEKLY', until: '' });
  const rule = endingRule(form.values.rule, form.values.until, event.timeZone);
  const preview = useOperation('eventSeries.preview', {
    ...{ startDate: instantOf(start, event.timeZone), timeZone: event.timeZone, recurrenceRule: rule },
  });
  const next = preview.data?.occurrences.find((at) => Date.parse(at) > Date.parse(event.startDate));
  const repeat = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    if (next === undefined) return;
    void form.submit(async () => {
      const { events } = await client.call('eventSeries.create', seriesInputOf(event, next, rule));
      forgetAnswers();
      goTo(addresses.hosted(events[0]?.id ?? event.id, 'series'));
    });
  };
  return (
    <section class="card" aria-labelledby="repeat-title">
      <h2 id="repeat-title">{t('Repeat this event')}</h2>
      <p>
        {t(
          'Events like this one are made as drafts, with the same words and kinds of tickets. This one stays as it is.',
        )}
      </p>
      <form class="form" onSubmit={repeat}>
        <div class="fields">
          <Select
            label={t('How often')}
            name="rule"
            choices={repeats().slice(1)}
            value={form.values.rule}
            onChange={(value) => form.change({ rule: value })}
          />
          <Field
            label={t('Last day')}
            type="date"
            min={start.slice(0, 10)}
            hint={t('Empty means that it goes on.')}
            {...form.field('until', 'recurrenceRule')}
          />
        </div>
        <SeriesPreview start={start} zone={event.timeZone} rule={rule} />
        <FormProblem of={form} />
        <button type="submit" class="primary" disabled={form.busy || next === undefined}>
          {form.busy ? t('One moment…') : t('Make these events')}
        </button>
      </form>
    </section>
  );
};
