import type { Output } from '../../../../src/sdk/index.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { t } from '../../words.ts';
import { Check } from '../check.tsx';
import { approvals, visibilities } from '../choices.ts';
import type { Form } from '../use-form.tsx';
import type { Details } from './details-form.ts';

type Policy = Output<'cancellationPolicy.list'>['items'][number];

/** Fields for the visibility of an event, the way in, and the refund rule. */
export const AudienceFields = ({ form }: { form: Form<Details> }) => {
  const { values, change } = form;
  return (
    <details class="more-fields">
      <summary>{t('Who sees it, who gets in, refunds')}</summary>
      <div class="form">
        <div class="fields">
          <Select
            label={t('Who sees it')}
            name="visibility"
            choices={visibilities()}
            value={values.visibility}
            // Safe: the choices are these.
            onChange={(value) => change({ visibility: value as Details['visibility'] })}
          />
          <Select
            label={t('Who gets in')}
            name="approval"
            choices={approvals()}
            value={values.approvalMode}
            // Safe: the choices are these.
            onChange={(value) => change({ approvalMode: value as Details['approvalMode'] })}
          />
          <Select
            label={t('Age')}
            name="age"
            choices={[
              ['ALL_AGES', t('All ages')],
              ...([13, 16, 18, 21] as const).map((age) => [`AGE_${age}`, t('{age} and older', { age })] as const),
            ]}
            value={values.ageRestriction}
            // Safe: the choices are these.
            onChange={(value) => change({ ageRestriction: value as Details['ageRestriction'] })}
          />
          <Field
            label={t('Seats in all')}
            type="number"
            min={0}
            hint={t('Over all kinds of tickets. Empty means no limit.')}
            {...form.field('maxParticipants')}
          />
          <Field
            label={t('Booking opens')}
            type="datetime-local"
            hint={t('Empty means at once.')}
            {...form.field('opens', 'registrationOpensAt')}
          />
          <Field
            label={t('Booking closes')}
            type="datetime-local"
            hint={t('Empty means at the end.')}
            {...form.field('closes', 'registrationClosesAt')}
          />
        </div>
        <PolicySelect value={values.cancellationPolicyId} onChange={(id) => change({ cancellationPolicyId: id })} />
        <Check
          label={t('People may wait when it is sold out')}
          hint={t('Seats that come free are offered to them in order.')}
          checked={values.waitlistEnabled}
          onChange={(waitlistEnabled) => change({ waitlistEnabled })}
        />
      </div>
    </details>
  );
};

const PolicySelect = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const policies = useOperation('cancellationPolicy.list', {}).data?.items ?? [];
  const chosen = policies.find(({ id }) => id === value);
  return (
    <div>
      <Select
        label={t('When guests give tickets back')}
        name="policy"
        choices={[['', t('As the platform does')], ...policies.map(({ id, name }) => [id, name] as const)]}
        value={value}
        onChange={onChange}
      />
      {chosen && (
        <ul>
          {sentencesOf(chosen).map((sentence) => (
            <li key={sentence}>
              <small>{sentence}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

/** A policy as guests read it, the earliest first. */
const sentencesOf = ({ steps, feesRefundable }: Policy): string[] => {
  if (steps.length === 0) return [t('Nothing goes back.')];
  return [
    ...steps.map(({ hoursBefore, refundBasisPoints }) =>
      t('Until {time} before the start {percent} % of the price goes back.', {
        time: hoursInWords(hoursBefore),
        percent: refundBasisPoints / 100,
      }),
    ),
    t('After that nothing goes back.'),
    feesRefundable ? t('Booking fees go back with it.') : t('Booking fees are kept.'),
  ];
};

const hoursInWords = (hours: number): string =>
  hours >= 48 && hours % 24 === 0 ? t('{days} days', { days: hours / 24 }) : t('{hours} hours', { hours });
