import { useOperation } from '../../state/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { t } from '../../words.ts';
import type { Form } from '../use-form.tsx';
import { ZoneSelect } from '../zone-select.tsx';
import type { Details } from './details-form.ts';

interface Props {
  form: Form<Details>;
}

/** Title, words, category and tags. */
export const WordsFields = ({ form }: Props) => {
  const categories = useOperation('category.list', {});
  const choices = (categories.data?.items ?? []).map(
    ({ id, name, depth }) => [id, `${'· '.repeat(depth)}${name}`] as const,
  );
  return (
    <>
      <Field label={t('Title')} required maxLength={200} {...form.field('title')} />
      <Field
        label={t('In one sentence')}
        maxLength={500}
        hint={t('Stands in lists and where the link is shared.')}
        {...form.field('summary')}
      />
      <TextArea label={t('What is it about?')} rows={7} maxLength={50_000} {...form.field('description')} />
      <div class="fields">
        <Select
          label={t('Category')}
          name="categoryId"
          choices={[['', t('None')], ...choices]}
          value={form.values.categoryId}
          onChange={(categoryId) => form.change({ categoryId })}
        />
        <Field label={t('Tags')} hint={t('Divided by commas, such as jazz, open air.')} {...form.field('tags')} />
      </div>
    </>
  );
};

/** When it is. */
export const TimeFields = ({ form, isPostponed }: Props & { isPostponed: boolean }) => (
  <div class="fields">
    {!isPostponed && (
      <>
        <Field label={t('Starts')} type="datetime-local" required {...form.field('start', 'startDate')} />
        <Field label={t('Ends')} type="datetime-local" required {...form.field('end', 'endDate')} />
      </>
    )}
    <ZoneSelect value={form.values.zone} onChange={(zone) => form.change({ zone })} />
  </div>
);

/** Where it is. */
export const PlaceFields = ({ form }: Props) => {
  const { mode } = form.values;
  return (
    <>
      <Select
        label={t('Where')}
        name="mode"
        choices={[
          ['PHYSICAL', t('At a place')],
          ['ONLINE', t('Online')],
          ['HYBRID', t('At a place and online')],
        ]}
        value={mode}
        // Safe: the choices are these.
        onChange={(value) => form.change({ mode: value as Details['mode'] })}
      />
      {mode !== 'ONLINE' && (
        <div class="fields">
          <Field label={t('Place')} maxLength={200} {...form.field('venue')} />
          <Field label={t('Street and number')} maxLength={500} {...form.field('address')} />
          <Field label={t('Postal code')} maxLength={20} {...form.field('postalCode')} />
          <Field label={t('City')} maxLength={100} {...form.field('city')} />
          <Field label={t('Country')} maxLength={100} {...form.field('country')} />
        </div>
      )}
      {mode !== 'PHYSICAL' && (
        <Field
          label={t('Link to join')}
          type="url"
          placeholder="https://"
          hint={t('Only people with a ticket see it.')}
          {...form.field('onlineUrl')}
        />
      )}
    </>
  );
};
