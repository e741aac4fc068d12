import type { Output } from '../../../../src/sdk/index.ts';
import { dateTime, money } from '../../format.ts';
import { addresses } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { usePages } from '../../state/use-pages.ts';
import { More } from '../../ui/more.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { t } from '../../words.ts';

type Account = Output<'ledger.accounts'>['items'][number];
type Entry = Output<'ledger.entries'>['items'][number];

const HOSTS: readonly string[] = ['HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE'];

const ACCOUNTS: Readonly<Record<string, () => string>> = {
  HOST_PENDING: () => t('Waits for your events to end'),
  HOST_AVAILABLE: () => t('Ready to be paid out'),
  HOST_RECEIVABLE: () => t('What you owe'),
};

const KINDS: Record<Entry['kind'], () => string> = {
  CAPTURE: () => t('A booking was paid'),
  PROVIDER_FEE: () => t('Fee of the payment provider'),
  PROMO: () => t('The platform paid a discount'),
  RELEASE: () => t('Became yours'),
  REFUND: () => t('Went back to a guest'),
  DISPUTE_OPENED: () => t('A bank asks for a payment back'),
  DISPUTE_WON: () => t('The bank decided for you'),
  DISPUTE_LOST: () => t('The bank decided against you'),
  PAYOUT_SUBMITTED: () => t('Sent to you'),
  PAYOUT_PAID: () => t('Arrived at your account'),
  PAYOUT_RETURNED: () => t('Came back from your account'),
  WALLET_TOP_UP: () => t('Credit was topped up'),
  WALLET_SPEND: () => t('A booking was paid with credit'),
  WALLET_WITHDRAWAL: () => t('Credit was taken out'),
  SUBSCRIPTION: () => t('Your plan'),
  EXCHANGE: () => t('Changed into another currency'),
  REVERSAL: () => t('Put right'),
  ADJUSTMENT: () => t('Adjusted by our staff'),
};

/** Every movement of a host's money, in words. */
export const StatementPanel = () => {
  const accounts = useOperation('ledger.accounts', {});
  const own = accounts.data?.items.filter(({ kind, entries }) => HOSTS.includes(kind) && entries > 0) ?? [];
  if (own.length === 0) return null;
  return (
    <section class="part" aria-labelledby="statement-title">
      <h2 id="statement-title">{t('Every movement')}</h2>
      <div class="columns">
        {own.map((account) => (
          <Movements key={account.id} account={account} />
        ))}
      </div>
    </section>
  );
};

const Movements = ({ account }: { account: Account }) => {
  const entries = usePages('ledger.entries', { accountId: account.id, limit: 20 });
  const { amountMinor, currency } = account.balance;
  return (
    <section class="card" aria-label={ACCOUNTS[account.kind]?.()}>
      <div class="line page-header">
        <h3>{ACCOUNTS[account.kind]?.()}</h3>
        <b class="num">{money(amountMinor, currency)}</b>
      </div>
      <Outcome of={entries}>{() => null}</Outcome>
      <ul class="things">
        {entries.data?.map((entry) => (
          <EntryLine key={entry.id} entry={entry} />
        ))}
      </ul>
      <More of={entries} />
    </section>
  );
};

const EntryLine = ({ entry: { kind, about, amount, eventAt } }: { entry: Entry }) => (
  <li>
    <div>
      <b>{KINDS[kind]()}</b>
      <p>
        <small>
          {about && <a href={addresses.hosted(about.eventId, 'money')}>{about.eventTitle}</a>}
          {about?.bookingReference && ` · ${t('Booking {reference}', { reference: about.bookingReference })}`}
          {about && ' · '}
          {dateTime(eventAt)}
        </small>
      </p>
    </div>
    <span class="num">{money(amount.amountMinor, amount.currency)}</span>
  </li>
);
