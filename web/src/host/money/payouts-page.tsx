import '../pages.css';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime, money } from '../../format.ts';
import { useOperation } from '../../state/use-operation.ts';
import { usePages } from '../../state/use-pages.ts';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { AccountsPanel } from './accounts-panel.tsx';
import { StatementPanel } from './statement-panel.tsx';

type Balance = Output<'payout.balances'>['items'][number];
type Payout = Output<'payout.list'>['items'][number];

/** Shows a host's earnings, the account to which they are sent, and the payouts so far. */
export const PayoutsPage = () => {
  const balances = useOperation('payout.balances', {});
  const payouts = usePages('payout.list', {});
  const reload = (): void => {
    balances.reload();
    payouts.reload();
  };
  return (
    <Page
      title={t('Payouts')}
      lead={t('What tickets earn is yours when the event is over and the time for complaints has passed.')}
      isWide
    >
      <Outcome of={balances}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('Nothing was earned yet')}>
              <p>{t('When the first ticket of yours is paid, you see here when it reaches you.')}</p>
            </Empty>
          ) : (
            <div class="columns">
              {items.map((balance) => (
                <BalanceCard key={balance.currency} balance={balance} reload={reload} />
              ))}
            </div>
          )
        }
      </Outcome>
      <div class="columns">
        <AccountsPanel />
        <section class="card" aria-labelledby="history-title">
          <h2 id="history-title">{t('Sent to you')}</h2>
          <Outcome of={payouts}>
            {(items) => items.length === 0 && <p class="muted">{t('Nothing was sent yet.')}</p>}
          </Outcome>
          <ul class="things">
            {payouts.data?.map((payout) => (
              <PayoutLine key={payout.id} payout={payout} />
            ))}
          </ul>
          <More of={payouts} />
        </section>
      </div>
      <StatementPanel />
    </Page>
  );
};

const BalanceCard = ({ balance, reload }: { balance: Balance; reload: () => void }) => {
  const { currency, availableMinor, pendingMinor, inTransitMinor, paidMinor, owedMinor } = balance;
  const { busy, problem, submit } = useSubmit();
  const request = (): void => void submit(() => client.call('payout.request', { currency }).then(reload));
  const rows: [name: string, minor: number][] = [
    [t('Waits for your events to end'), pendingMinor],
    [t('On its way to you'), inTransitMinor],
    [t('Paid out so far'), paidMinor],
    ...(owedMinor > 0 ? [[t('You owe, and we keep of what comes next'), owedMinor] satisfies [string, number]] : []),
    [t('Ready to be paid out'), availableMinor],
  ];
  return (
    <section class="card" aria-label={t('Earnings in {currency}', { currency })}>
      <dl class="sums">
        {rows.map(([name, minor]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{money(minor, currency)}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">
        {availableMinor > 0
          ? t('It is sent by itself on the next payout day, or now if you ask for it.')
          : t('The next payout follows when an event of yours is over.')}
      </p>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      {availableMinor > 0 && (
        <button type="button" class="primary" disabled={busy} onClick={request}>
          {busy ? t('One moment…') : t('Send {amount} now', { amount: money(availableMinor, currency) })}
        </button>
      )}
    </section>
  );
};

const STATES: Record<Payout['status'], () => readonly [words: string, tone: string]> = {
  DRAFT: () => [t('Being prepared'), ''],
  LOCKED: () => [t('Being prepared'), ''],
  SUBMITTING: () => [t('Being sent'), 'warm'],
  IN_TRANSIT: () => [t('On its way'), 'warm'],
  PAID: () => [t('Arrived'), 'good'],
  RETURNED: () => [t('Came back'), 'bad'],
  UNKNOWN: () => [t('Being looked into'), 'warm'],
  FAILED: () => [t('Failed'), 'bad'],
  ON_HOLD: () => [t('On hold'), 'warm'],
};

const HOLDS: Record<NonNullable<Payout['holdReason']>, () => string> = {
  RISK_REVIEW: () => t('We look at it before it leaves.'),
  KYC_MISSING: () => t('We have to know who you are first.'),
  ACCOUNT_CHANGED: () => t('Your account was changed within the last 72 hours.'),
  MASS_REFUND: () => t('An event of yours is being paid back.'),
  DISPUTES: () => t('Banks want money of your guests back.'),
  MANUAL: () => t('Our staff keeps it for now; they write to you.'),
};

const PayoutLine = ({ payout }: { payout: Payout }) => {
  const { amount, status, createdAt, holdReason, failure } = payout;
  const [words, tone] = STATES[status]();
  return (
    <li>
      <div>
        <b class="num">{money(amount.amountMinor, amount.currency)}</b> <span class={`chip ${tone}`}>{words}</span>
        <p>
          <small>
            {dateTime(createdAt)}
            {holdReason && ` · ${HOLDS[holdReason]()}`}
            {failure && ` · ${failure}`}
          </small>
        </p>
      </div>
    </li>
  );
};
