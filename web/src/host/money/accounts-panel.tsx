import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { attempt } from '../../state/notice.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { t } from '../../words.ts';
import { AccountForm } from './account-form.tsx';

type Account = Output<'payoutAccount.list'>['items'][number];

const KINDS: Record<Account['kind'], () => string> = {
  BANK_ACCOUNT: () => t('Bank account'),
  BKASH: () => 'bKash',
  NAGAD: () => 'Nagad',
  PAYPAL: () => 'PayPal',
  STRIPE_CONNECT: () => 'Stripe',
};

const STATES: Record<Account['status'], () => readonly [words: string, tone: string]> = {
  UNVERIFIED: () => [t('We check it'), 'warm'],
  PENDING: () => [t('We check it'), 'warm'],
  VERIFIED: () => [t('Checked'), 'good'],
  REJECTED: () => [t('Not accepted'), 'bad'],
  DISABLED: () => [t('Not used'), ''],
};

/** Where earnings are sent. */
export const AccountsPanel = () => {
  const accounts = usePages('payoutAccount.list', {});
  return (
    <section class="card" aria-labelledby="accounts-title">
      <h2 id="accounts-title">{t('Where it is sent')}</h2>
      <Outcome of={accounts}>
        {(items) =>
          items.length === 0 && (
            <p>{t('Say where your earnings are to go. We check the account before we send anything.')}</p>
          )
        }
      </Outcome>
      <ul class="things">
        {accounts.data?.map((account) => (
          <AccountLine key={account.id} account={account} reload={accounts.reload} />
        ))}
      </ul>
      <details class="more-fields" open={accounts.data?.length === 0}>
        <summary>{t('Another account')}</summary>
        <AccountForm key={accounts.data?.length} onAdded={accounts.reload} />
      </details>
    </section>
  );
};

const AccountLine = ({ account, reload }: { account: Account; reload: () => void }) => {
  const { id: payoutAccountId, kind, status, currency, lastFour, isDefault, payableFrom } = account;
  const [words, tone] = STATES[status]();
  const setDefault = (): void =>
    void attempt(client.call('payoutAccount.setDefault', { payoutAccountId }).then(reload));
  return (
    <li>
      <div>
        <b>
          {KINDS[kind]()} {lastFour !== null && `…${lastFour}`}
        </b>{' '}
        <span class={`chip ${tone}`}>{words}</span>{' '}
        {isDefault && <span class="chip">{t('Used for {currency}', { currency })}</span>}
        <p>
          <small>
            {Date.parse(payableFrom) > Date.now()
              ? t('Nothing is sent to it before {when}.', { when: dateTime(payableFrom) })
              : currency}
          </small>
        </p>
      </div>
      <span class="line">
        {!isDefault && (
          <button type="button" class="quiet" onClick={setDefault}>
            {t('Use it for {currency}', { currency })}
          </button>
        )}
        <Confirm
          label={t('Remove')}
          title={t('Send nothing more to this account?')}
          action={t('Remove')}
          isDanger
          onConfirm={() => client.call('payoutAccount.disable', { payoutAccountId }).then(reload)}
        >
          <p>{t('What is on its way arrives.')}</p>
        </Confirm>
      </span>
    </li>
  );
};
