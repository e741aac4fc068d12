import type { Input, Output } from '../../../../src/sdk/index.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { t } from '../../words.ts';
import { countOrNull, minorOf, typedOf } from '../amounts.ts';
import { changesOf } from '../changes.ts';
import { Check } from '../check.tsx';
import { type Form, FormProblem, useForm } from '../use-form.tsx';
import { instantOrNull, wallClockOrEmpty } from '../wall-clock.ts';

type TicketType = Output<'ticketType.create'>;
type NewType = Omit<Input<'ticketType.create'>, 'eventId'>;

interface Fields {
  name: string;
  description: string;
  price: string;
  capacity: string;
  status: TicketType['status'];
  visibility: TicketType['visibility'];
  minPerOrder: string;
  maxPerOrder: string;
  oneActivePerUser: boolean;
  approvalRequired: boolean;
  transferable: boolean;
  salesStart: string;
  salesEnd: string;
}

/** The zone and the currency of the times and prices in the form. */
interface Frame {
  /** IANA. */
  zone: string;
  currency: string;
}

const BLANK: Fields = {
  ...{ name: '', description: '', price: '', capacity: '', status: 'ON_SALE', visibility: 'PUBLIC' },
  ...{ minPerOrder: '1', maxPerOrder: '10', oneActivePerUser: false, approvalRequired: false, transferable: true },
  ...{ salesStart: '', salesEnd: '' },
};

const fieldsOf = (type: TicketType, { zone, currency }: Frame): Fields => ({
  ...{ name: type.name, description: type.description ?? '' },
  price: type.price.amountMinor === 0 ? '' : typedOf(type.price.amountMinor, currency),
  capacity: type.capacity === null ? '' : String(type.capacity),
  ...{ status: type.status, visibility: type.visibility },
  ...{ minPerOrder: String(type.minPerOrder), maxPerOrder: String(type.maxPerOrder) },
  ...{ oneActivePerUser: type.oneActivePerUser, approvalRequired: type.approvalRequired },
  transferable: type.transferable,
  salesStart: wallClockOrEmpty(type.salesStartAt, zone),
  salesEnd: wallClockOrEmpty(type.salesEndAt, zone),
});

/** As the server takes it; null for a price that is none. */
const toInput = (form: Fields, { zone, currency }: Frame): NewType | null => {
  const price = form.price.trim() === '' ? 0 : minorOf(form.price, currency);
  if (price === null) return null;
  return {
    ...{ name: form.name, description: form.description.trim() === '' ? null : form.description, price },
    ...{ capacity: countOrNull(form.capacity), status: form.status, visibility: form.visibility },
    ...{ minPerOrder: Number(form.minPerOrder), maxPerOrder: Number(form.maxPerOrder) },
    ...{ oneActivePerUser: form.oneActivePerUser, approvalRequired: form.approvalRequired },
    transferable: form.transferable,
    salesStartAt: instantOrNull(form.salesStart, zone),
    salesEndAt: instantOrNull(form.salesEnd, zone),
  };
};

interface Props extends Frame {
  /** The kind of ticket that is changed; a new one when absent. */
  type?: TicketType;
  /** Sends what is new or changed. @throws RallyError */
  onSave: (input: NewType) => Promise<unknown>;
}

/** A kind of ticket: its name, price and seats, the rest behind "More". */
export const TicketForm = ({ type, zone, currency, onSave }: Props) => {
  const frame = { zone, currency };
  const before = type ? fieldsOf(type, frame) : BLANK;
  const form = useForm(before);
  const input = toInput(form.values, frame);
  const save = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    if (!input) return;
    const was = type ? toInput(before, frame) : null;
    // Safe: what is changed of a kind that exists may be any part; a new one is whole.
    void form.submit(() => onSave(was ? (changesOf(was, input) as NewType) : input));
  };
  return (
    <form class="form" onSubmit={save}>
      <Field label={t('Name')} required maxLength={100} placeholder={t('Early bird')} {...form.field('name')} />
      <div class="fields">
        <Field
          label={t('Price in {currency}', { currency })}
          inputMode="decimal"
          hint={t('Empty means free.')}
          {...form.field('price')}
          problem={input ? form.fieldProblem('price') : t('Write an amount, such as 12.50.')}
        />
        <Field
          label={t('Seats')}
          type="number"
          min={0}
          max={10_000_000}
          hint={t('Empty means no limit.')}
          {...form.field('capacity')}
        />
      </div>
      <MoreOfTicket form={form} />
      <FormProblem of={form} />
      <button type="submit" class="primary" disabled={form.busy || !input}>
        {type ? t('Save') : t('Add it')}
      </button>
    </form>
  );
};

const MoreOfTicket = ({ form }: { form: Form<Fields> }) => {
  const { values, change } = form;
  return (
    <details class="more-fields">
      <summary>{t('More')}</summary>
      <div class="form">
        <TextArea label={t('What it includes')} rows={2} maxLength={2_000} {...form.field('description')} />
        <div class="fields">
          <Select
            label={t('Sale')}
            name="status"
            choices={[
              ['ON_SALE', t('On sale')],
              ['PAUSED', t('Paused')],
              ['CLOSED', t('Closed')],
              ['DRAFT', t('Draft')],
            ]}
            value={values.status}
            // Safe: the choices are these.
            onChange={(status) => change({ status: status as Fields['status'] })}
          />
          <Select
            label={t('Who may buy it')}
            name="visibility"
            choices={[
              ['PUBLIC', t('Everybody')],
              ['WITH_CODE', t('People with a code')],
              ['HOST_ONLY', t('The team alone')],
            ]}
            value={values.visibility}
            // Safe: the choices are these.
            onChange={(visibility) => change({ visibility: visibility as Fields['visibility'] })}
          />
          <Field label={t('On sale from')} type="datetime-local" {...form.field('salesStart', 'salesStartAt')} />
          <Field label={t('On sale until')} type="datetime-local" {...form.field('salesEnd', 'salesEndAt')} />
          <Field label={t('At least, in one booking')} type="number" min={1} required {...form.field('minPerOrder')} />
          <Field label={t('At most, in one booking')} type="number" min={1} required {...form.field('maxPerOrder')} />
        </div>
        <Check
          label={t('One for each person')}
          checked={values.oneActivePerUser}
          onChange={(oneActivePerUser) => change({ oneActivePerUser })}
        />
        <Check
          label={t('I look at each request first')}
          checked={values.approvalRequired}
          onChange={(approvalRequired) => change({ approvalRequired })}
        />
        <Check
          label={t('Guests may pass it on')}
          checked={values.transferable}
          onChange={(transferable) => change({ transferable })}
        />
      </div>
    </details>
  );
};
