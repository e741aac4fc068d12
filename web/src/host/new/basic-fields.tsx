import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { t } from '../../words.ts';
import { CURRENCIES } from '../amounts.ts';
import { lengths } from '../choices.ts';
import type { Form } from '../use-form.tsx';
import { ZoneSelect } from '../zone-select.tsx';
import { mistakesIn, type NewEvent } from './new-event.ts';

interface Props {
  form: Form<NewEvent>;
}

/** The fields that every event needs: a title, a time, a place, a ticket. */
export const BasicFields = ({ form }: Props) => {
  const { values, change } = form;
  return (
    <>
      <Field
        label={t('What is it called?')}
        required
        maxLength={200}
        placeholder={t('Supper for friends')}
        {...form.field('title')}
      />
      <div class="fields">
        <Field label={t('Starts')} type="datetime-local" required {...form.field('start', 'startDate')} />
        <Select
          label={t('How long')}
          name="length"
          choices={lengths()}
          value={values.length}
          onChange={(length) => change({ length })}
        />
        <ZoneSelect value={values.zone} onChange={(zone) => change({ zone })} />
      </div>
      <PlaceFields form={form} />
      <TicketFields form={form} />
      <TextArea label={t('What is it about?')} rows={4} maxLength={50_000} {...form.field('description')} />
    </>
  );
};

const PlaceFields = ({ form }: Props) => {
  const { values, change } = form;
  return (
    <fieldset class="plain">
      <legend>{t('Where')}</legend>
      <div class="segments">
        {(['PHYSICAL', 'ONLINE'] as const).map((place) => (
          <label key={place}>
            <input type="radio" name="place" checked={values.place === place} onChange={() => change({ place })} />
            {place === 'PHYSICAL' ? t('At a place') : t('Online')}
          </label>
        ))}
      </div>
      {values.place === 'PHYSICAL' ? (
        <div class="fields">
          <Field label={t('Place')} maxLength={200} {...form.field('venue')} />
          <Field
            label={t('Street and number')}
            maxLength={500}
            autocomplete="street-address"
            {...form.field('address')}
          />
          <Field label={t('City')} maxLength={100} {...form.field('city')} />
        </div>
      ) : (
        <Field
          label={t('Link to join')}
          type="url"
          placeholder="https://"
          hint={t('Only people with a ticket see it.')}
          {...form.field('onlineUrl')}
        />
      )}
    </fieldset>
  );
};

const TicketFields = ({ form }: Props) => {
  const { values, change } = form;
  return (
    <fieldset class="plain">
      <legend>{t('Tickets')}</legend>
      <div class="segments">
        {[false, true].map((isPaid) => (
          <label key={String(isPaid)}>
            <input type="radio" name="paid" checked={values.isPaid === isPaid} onChange={() => change({ isPaid })} />
            {isPaid ? t('Paid') : t('Free')}
          </label>
        ))}
      </div>
      <div class="fields">
        {values.isPaid && (
          <>
            <Field
              label={t('Price')}
              required
              inputMode="decimal"
              {...form.field('price', 'ticketTypes.0.price')}
              problem={priceProblem(values) ?? form.fieldProblem('ticketTypes.0.price')}
            />
            <Select
              label={t('Currency')}
              name="currency"
              choices={CURRENCIES.map((code) => [code, code] as const)}
              value={values.currency}
              onChange={(currency) => change({ currency })}
            />
          </>
        )}
        <Field
          label={t('Seats')}
          type="number"
          min={1}
          max={10_000_000}
          hint={t('Empty means no limit.')}
          {...form.field('seats', 'ticketTypes.0.capacity')}
        />
      </div>
    </fieldset>
  );
};

const priceProblem = (values: NewEvent): string | undefined => {
  if (values.price === '') return undefined;
  const { price } = mistakesIn(values);
  if (price === undefined) return undefined;
  return price === 'NOTHING' ? t('Choose “Free” for tickets that cost nothing.') : t('Write an amount, such as 12.50.');
};
