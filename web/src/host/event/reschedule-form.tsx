import { client } from '../../client.ts';
import { Field } from '../../ui/field.tsx';
import { t } from '../../words.ts';
import { FormProblem, useForm } from '../use-form.tsx';
import { inSomeDays, instantOf } from '../wall-clock.ts';
import type { EventProps } from './event-page.tsx';

/** Gives a postponed event its new dates. */
export const RescheduleForm = ({ event, reload }: EventProps) => {
  const { id: eventId, timeZone } = event;
  const form = useForm({ start: inSomeDays(14, timeZone), end: '' });
  const lengthMs = Date.parse(event.endDate) - Date.parse(event.startDate);
  const save = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void form.submit(async () => {
      const startDate = instantOf(form.values.start, timeZone);
      const endDate =
        form.values.end === ''
          ? new Date(Date.parse(startDate) + lengthMs).toISOString()
          : instantOf(form.values.end, timeZone);
      await client.call('event.reschedule', { eventId, startDate, endDate });
      reload();
    });
  };
  return (
    <form onSubmit={save}>
      <p>
        {t('Guests are told the new date. Their tickets stay, with new codes; who cannot come may give them back.')}
      </p>
      <div class="fields">
        <Field label={t('New start')} type="datetime-local" required {...form.field('start', 'startDate')} />
        <Field
          label={t('New end')}
          type="datetime-local"
          hint={t('Empty means as long as before.')}
          {...form.field('end', 'endDate')}
        />
      </div>
      <FormProblem of={form} />
      <button type="submit" class="primary" disabled={form.busy}>
        {t('Put it on sale again')}
      </button>
    </form>
  );
};
