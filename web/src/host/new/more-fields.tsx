import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { t } from '../../words.ts';
import { approvals, repeats, visibilities } from '../choices.ts';
import { SeriesPreview } from '../series-preview.tsx';
import type { Form } from '../use-form.tsx';
import type { NewEvent } from './new-event.ts';

/** The fields that have a good answer already: visibility, the way in, repetition. */
export const MoreFields = ({ form }: { form: Form<NewEvent> }) => {
  const { values, change } = form;
  return (
    <details class="more-fields">
      <summary>{t('More')}</summary>
      <div class="form">
        <Field
          label={t('In one sentence')}
          maxLength={500}
          hint={t('Stands in lists and where the link is shared.')}
          {...form.field('summary')}
        />
        <div class="fields">
          <Select
            label={t('Who sees it')}
            name="visibility"
            choices={visibilities().filter(([value]) => value !== 'TICKET_HOLDERS')}
            value={values.visibility}
            // Safe: the choices are these.
            onChange={(value) => change({ visibility: value as NewEvent['visibility'] })}
          />
          <Select
            label={t('Who gets in')}
            name="approval"
            choices={approvals()}
            value={values.approval}
            // Safe: the choices are these.
            onChange={(value) => change({ approval: value as NewEvent['approval'] })}
          />
          <Select
            label={t('Does it repeat?')}
            name="rule"
            choices={repeats()}
            value={values.rule}
            onChange={(rule) => change({ rule })}
          />
        </div>
        {values.rule !== '' && <SeriesPreview start={values.start} zone={values.zone} rule={values.rule} />}
      </div>
    </details>
  );
};
