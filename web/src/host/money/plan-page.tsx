import '../pages.css';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime, money } from '../../format.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';

type Plan = Output<'subscriptionPlan.list'>['items'][number];
type Subscription = NonNullable<Output<'subscription.get'>['subscription']>;

const INTERVALS: Record<Plan['interval'], () => string> = {
  MONTH: () => t('a month'),
  QUARTER: () => t('a quarter'),
  YEAR: () => t('a year'),
};

const LIVE: readonly string[] = ['TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED'];

/** The plans for hosts, the caller's own, and what a change costs. */
export const PlanPage = () => {
  const plans = useOperation('subscriptionPlan.list', { audience: 'HOST' });
  const current = useOperation('subscription.get', {});
  const own = current.data?.subscription ?? null;
  const live = own && LIVE.includes(own.status) ? own : null;
  return (
    <Page title={t('Your plan')} lead={t('Hosting is free to begin with. A plan adds what larger hosts need.')} isWide>
      <Outcome of={current}>
        {() => live && <CurrentPlan own={live} plans={plans.data?.items ?? []} reload={current.reload} />}
      </Outcome>
      <Outcome of={plans}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('There are no plans on offer')}>
              <p>{t('Everything is included; you pay a fee only when a ticket is sold.')}</p>
            </Empty>
          ) : (
            <ul class="plans">
              {items.map((plan) => (
                <PlanCard key={plan.id} plan={plan} live={live} hadOne={own !== null} reload={current.reload} />
              ))}
            </ul>
          )
        }
      </Outcome>
    </Page>
  );
};

const STATES: Record<Subscription['status'], () => readonly [words: string, tone: string]> = {
  TRIALING: () => [t('Free to try'), 'good'],
  ACTIVE: () => [t('Paid'), 'good'],
  PAST_DUE: () => [t('A payment is due'), 'bad'],
  PAUSED: () => [t('Paused'), 'warm'],
  CANCELLED: () => [t('Ended'), ''],
  EXPIRED: () => [t('Ended'), ''],
};

interface CurrentProps {
  own: Subscription;
  plans: readonly Plan[];
  reload: () => void;
}

const CurrentPlan = ({ own, plans, reload }: CurrentProps) => {
  const [words, tone] = STATES[own.status]();
  const name = plans.find(({ id }) => id === own.planId)?.name ?? t('Your plan');
  const action = own.openPayment?.clientAction;
  return (
    <section class="card" aria-label={name}>
      <h2>
        {name} <span class={`chip ${tone}`}>{words}</span>
      </h2>
      {own.paidThrough && (
        <p>
          {own.cancelAtPeriodEnd
            ? t('It ends {when}, and nothing more is asked for.', { when: dateTime(own.paidThrough) })
            : t('It goes on {when} for {amount}.', {
                when: dateTime(own.paidThrough),
                amount: money(own.price.amountMinor, own.price.currency),
              })}
        </p>
      )}
      <div class="line">
        {action?.kind === 'redirect' && (
          <a class="button primary" href={action.url}>
            {t('Pay {amount}', { amount: money(own.price.amountMinor, own.price.currency) })}
          </a>
        )}
        {own.cancelAtPeriodEnd ? (
          <Confirm
            label={t('Keep the plan')}
            title={t('Keep the plan?')}
            action={t('Keep the plan')}
            onConfirm={() => client.call('subscription.resume', {}).then(reload)}
          >
            <p>{t('It goes on after what is paid, as before.')}</p>
          </Confirm>
        ) : (
          <Confirm
            label={t('End the plan')}
            title={t('End the plan?')}
            action={t('End the plan')}
            isDanger
            onConfirm={() => client.call('subscription.cancel', {}).then(reload)}
          >
            <p>
              {own.paidThrough
                ? t('It works until {when}, as it is paid. Nothing more is asked for.', {
                    when: dateTime(own.paidThrough),
                  })
                : t('It ends at once; nothing was paid for it.')}
            </p>
          </Confirm>
        )}
      </div>
    </section>
  );
};

interface CardProps {
  plan: Plan;
  live: Subscription | null;
  /** A host who had a plan before does not get a free trial again. */
  hadOne: boolean;
  reload: () => void;
}

const PlanCard = ({ plan, live, hadOne, reload }: CardProps) => {
  const { name, price, interval, trialDays, features } = plan;
  const isFree = price.amountMinor === 0;
  const amount = t('{amount} {interval}', {
    amount: money(price.amountMinor, price.currency),
    interval: INTERVALS[interval](),
  });
  const isTrial = trialDays > 0 && !hadOne;
  return (
    <li class="card plan">
      <h2>{name}</h2>
      <p class="num plan-price">{isFree ? t('Free') : amount}</p>
      <ul class="ticks">
        {features.map((feature) => (
          <li key={feature}>{feature}</li>
        ))}
      </ul>
      {live?.planId === plan.id && <p class="chip good">{t('You have this plan')}</p>}
      {!live && (
        <Confirm
          label={t('Choose {name}', { name })}
          title={t('Choose {name}?', { name })}
          action={isTrial ? t('Try it for free') : t('Go on to pay')}
          onConfirm={async () => {
            const started = await client.call('subscription.start', { planId: plan.id });
            const action = started.openPayment?.clientAction;
            if (action?.kind === 'redirect') location.assign(action.url);
            reload();
          }}
        >
          <p>
            {isTrial
              ? t('It is free for {days} days, then it costs {amount}. You can end it before.', {
                  days: trialDays,
                  amount,
                })
              : t('It costs {amount}, from today on. You can end it whenever you like; what is paid is used up.', {
                  amount,
                })}
          </p>
        </Confirm>
      )}
      {live && live.planId !== plan.id && (
        <small>{t('To change to it, end your plan first; it works until what is paid is used up.')}</small>
      )}
    </li>
  );
};
