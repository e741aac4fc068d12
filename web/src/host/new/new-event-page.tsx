import '../pages.css';
import { client } from '../../client.ts';
import { ownZone } from '../../format.ts';
import { useDraft } from '../../live/use-draft.ts';
import { addresses, goTo } from '../../state/address.ts';
import { forgetAnswers } from '../../state/use-operation.ts';
import { Page } from '../../ui/page.tsx';
import { locale, t } from '../../words.ts';
import { currencyOf } from '../amounts.ts';
import { FormProblem, useForm } from '../use-form.tsx';
import { inSomeDays } from '../wall-clock.ts';
import { BasicFields } from './basic-fields.tsx';
import { MoreFields } from './more-fields.tsx';
import { mistakesIn, type NewEvent, toInput, toSeries } from './new-event.ts';

/** A blank form: a week from now, two hours, free. */
const blank = (): NewEvent => {
  const zone = ownZone();
  return {
    ...{
      title: '',
      start: inSomeDays(7, zone),
      zone,
      length: '120',
      place: 'PHYSICAL',
      venue: '',
      address: '',
      city: '',
    },
    ...{ onlineUrl: '', isPaid: false, price: '', currency: currencyOf(locale()), seats: '', description: '' },
    ...{ summary: '', visibility: 'PUBLIC', approval: 'AUTOMATIC', rule: '' },
  };
};

/** Makes an event: a title and a date are enough, the rest stands behind "More". What was typed outlives a reload. */
export const NewEventPage = () => {
  const [draft, setDraft] = useDraft('new-event');
  const form = useForm<NewEvent>(
    // Safe: the draft is what this form kept.
    { ...blank(), ...(draft === '' ? {} : (JSON.parse(draft) as Partial<NewEvent>)) },
    (values) => setDraft(JSON.stringify(values)),
  );
  const make = (status: 'DRAFT' | 'PUBLISHED'): void => {
    if (mistakesIn(form.values).price) return;
    void form.submit(async () => {
      const eventId = await created(form.values, status);
      setDraft('');
      forgetAnswers();
      goTo(addresses.hosted(eventId, 'details'));
    });
  };
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    make((submitted.submitter as HTMLButtonElement | null)?.value === 'DRAFT' ? 'DRAFT' : 'PUBLISHED');
  };
  return (
    <Page title={t('New event')} lead={t('A title and a date are enough. Everything can be changed later.')}>
      <form class="card form" onSubmit={onSubmit}>
        <BasicFields form={form} />
        <MoreFields form={form} />
        <FormProblem of={form} />
        <div class="line">
          <button type="submit" class="primary" value="PUBLISHED" disabled={form.busy}>
            {form.busy ? t('One moment…') : t('Publish')}
          </button>
          <button type="submit" class="quiet" value="DRAFT" disabled={form.busy}>
            {t('Keep as a draft')}
          </button>
        </div>
      </form>
    </Page>
  );
};

/** Makes the event, or the series, and tells the id of the (first) event. @throws RallyError */
const created = async (form: NewEvent, status: 'DRAFT' | 'PUBLISHED'): Promise<string> => {
  const input = toInput(form, form.isPaid ? t('Ticket') : t('Free ticket'), status);
  if (form.rule === '') return (await client.call('event.create', input)).id;
  const { events } = await client.call('eventSeries.create', toSeries(input, form.rule));
  return events[0]?.id ?? '';
};
