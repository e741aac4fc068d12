import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { t } from '../../words.ts';
import { FormProblem, useForm } from '../use-form.tsx';
import { AudienceFields } from './audience-fields.tsx';
import { CoverForm } from './cover-form.tsx';
import { PlaceFields, TimeFields, WordsFields } from './details-fields.tsx';
import { type Details, detailsOf, editOf } from './details-form.ts';
import { EndingPanel } from './ending-panel.tsx';
import type { EventProps } from './event-page.tsx';

const EDITABLE: readonly string[] = ['DRAFT', 'PENDING_REVIEW', 'PUBLISHED', 'ONGOING', 'POSTPONED'];

/** Everything an event says of itself, its picture, and how it ends. */
export const DetailsPart = ({ event, reload }: EventProps) => (
  <>
    <DetailsForm key={event.status} event={event} reload={reload} />
    <div class="columns">
      <CoverForm event={event} reload={reload} />
      <EndingPanel event={event} reload={reload} />
    </div>
  </>
);

const DetailsForm = ({ event, reload }: EventProps) => {
  // What is typed is compared with what was there when it was begun, or saved last: a picture that is changed beside it does
  // not take it away.
  const [before, setBefore] = useState(event);
  const form = useForm<Details>(detailsOf(before));
  const [isSaved, setSaved] = useState(false);
  const edit = editOf(before, form.values);
  const hasChanged = Object.keys(edit).length > 0;
  const save = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void form.submit(async () => {
      const saved = await client.call('event.edit', { eventId: event.id, ...edit });
      setBefore(saved);
      form.reset(detailsOf(saved));
      setSaved(true);
      reload();
    });
  };
  return (
    <form class="card form" onSubmit={save}>
      <fieldset class="plain form" disabled={!EDITABLE.includes(event.status)}>
        <legend class="visually-hidden">{t('Details')}</legend>
        <WordsFields form={form} />
        <TimeFields form={form} isPostponed={event.status === 'POSTPONED'} />
        <PlaceFields form={form} />
        <AudienceFields form={form} />
        {edit.startDate !== undefined && event.currentParticipants > 0 && (
          <p role="status">
            {t(
              'A start that moves by an hour or more is a new date: guests are told, and may give their tickets back.',
            )}
          </p>
        )}
        <FormProblem of={form} />
        <div class="line">
          <button type="submit" class="primary" disabled={form.busy || !hasChanged}>
            {form.busy ? t('One moment…') : t('Save')}
          </button>
          <small role="status">
            {hasChanged && t('Not saved yet')}
            {!hasChanged && isSaved && t('Saved')}
          </small>
        </div>
      </fieldset>
    </form>
  );
};
