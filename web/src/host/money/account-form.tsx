import type { Input } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { locale, t } from '../../words.ts';
import { CURRENCIES, currencyOf } from '../amounts.ts';
import { FormProblem, useForm } from '../use-form.tsx';

type Details = Input<'payoutAccount.add'>['details'];
type Kind = Details['kind'];

const kinds = (): (readonly [Kind, string])[] => [
  ['BANK_ACCOUNT', t('Bank account')],
  ['PAYPAL', 'PayPal'],
  ['BKASH', 'bKash'],
  ['NAGAD', 'Nagad'],
  ['STRIPE_CONNECT', 'Stripe'],
];

/** Adds a place to send earnings to. */
export const AccountForm = ({ onAdded }: { onAdded: () => void }) => {
  const currency = currencyOf(locale());
  const form = useForm({
    ...{ kind: 'BANK_ACCOUNT' as Kind, holderName: '', number: '', routingNumber: '', currency, country: '' },
  });
  const { values, change } = form;
  const add = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void form.submit(async () => {
      const { holderName, country } = values;
      const account = { holderName, country: country.toUpperCase(), currency: values.currency };
      await client.call('payoutAccount.add', { ...account, details: detailsOf(values) });
      onAdded();
    });
  };
  return (
    <form class="form" onSubmit={add}>
      <div class="fields">
        <Select
          label={t('Kind')}
          name="kind"
          choices={kinds()}
          value={values.kind}
          // Safe: the choices are these.
          onChange={(kind) => change({ kind: kind as Kind })}
        />
        <Select
          label={t('Currency')}
          name="currency"
          choices={CURRENCIES.map((code) => [code, code] as const)}
          value={values.currency}
          onChange={(next) => change({ currency: next })}
        />
        <Field
          label={t('Country, two letters')}
          required
          minLength={2}
          maxLength={2}
          placeholder="DE"
          {...form.field('country')}
        />
      </div>
      <Field
        label={t('Name of the holder')}
        required
        maxLength={200}
        autocomplete="name"
        {...form.field('holderName')}
      />
      <Field label={numberName(values.kind)} required {...form.field('number', NUMBER_PATHS[values.kind])} />
      {values.kind === 'BANK_ACCOUNT' && (
        <Field
          label={t('Bank code, where there is one')}
          maxLength={40}
          {...form.field('routingNumber', 'details.routingNumber')}
        />
      )}
      <small>{t('We keep it encrypted and show no more than its last four characters, to you neither.')}</small>
      <FormProblem of={form} />
      <button type="submit" class="primary" disabled={form.busy}>
        {form.busy ? t('One moment…') : t('Add the account')}
      </button>
    </form>
  );
};

const NUMBER_PATHS: Record<Kind, string> = {
  BANK_ACCOUNT: 'details.accountNumber',
  BKASH: 'details.phone',
  NAGAD: 'details.phone',
  PAYPAL: 'details.email',
  STRIPE_CONNECT: 'details.connectedAccountId',
};

const numberName = (kind: Kind): string => {
  if (kind === 'BANK_ACCOUNT') return t('IBAN or account number');
  if (kind === 'PAYPAL') return t('Email address');
  return kind === 'STRIPE_CONNECT' ? t('Stripe account (acct_…)') : t('Phone number');
};

const detailsOf = ({ kind, number, routingNumber }: { kind: Kind; number: string; routingNumber: string }): Details => {
  if (kind === 'BANK_ACCOUNT') {
    return { kind, accountNumber: number, ...(routingNumber.trim() === '' ? {} : { routingNumber }) };
  }
  if (kind === 'PAYPAL') return { kind, email: number };
  return kind === 'STRIPE_CONNECT' ? { kind, connectedAccountId: number } : { kind, phone: number };
};
