import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime, money } from '../../format.ts';
import { attempt } from '../../state/notice.ts';
import { usePages } from '../../state/use-pages.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Select } from '../../ui/select.tsx';
import { plural, t } from '../../words.ts';
import { countOrNull, minorOf } from '../amounts.ts';
import { FormProblem, useForm } from '../use-form.tsx';
import { instantOrNull } from '../wall-clock.ts';
import type { EventProps } from './event-page.tsx';

type PromoCode = Output<'promoCode.list'>['items'][number];

/** The discount codes of an event, how often each was used, and a new one. */
export const CodesPart = ({ event }: EventProps) => {
  const codes = usePages('promoCode.list', { eventId: event.id });
  return (
    <div class="columns">
      <section class="card" aria-labelledby="codes-title">
        <h2 id="codes-title">{t('Codes')}</h2>
        <Outcome of={codes}>
          {(items) =>
            items.length === 0 && (
              <Empty title={t('No code yet')}>
                <p>{t('A code gives friends, early birds or partners a better price.')}</p>
              </Empty>
            )
          }
        </Outcome>
        <ul class="things">
          {codes.data?.map((code) => (
            <CodeLine key={code.id} code={code} zone={event.timeZone} reload={codes.reload} />
          ))}
        </ul>
        <More of={codes} />
      </section>
      <NewCode key={codes.data?.length} event={event} reload={codes.reload} />
    </div>
  );
};

const STATES: Record<PromoCode['status'], () => readonly [words: string, tone: string]> = {
  ACTIVE: () => [t('Works'), 'good'],
  PAUSED: () => [t('Paused'), 'warm'],
  DRAFT: () => [t('Draft'), ''],
  ENDED: () => [t('Ended'), ''],
};

const CodeLine = ({ code, zone, reload }: { code: PromoCode; zone: string; reload: () => void }) => {
  const [words, tone] = STATES[code.status]();
  const { id: promoCodeId, redeemed, maxTotal } = code;
  const set = (status: 'ACTIVE' | 'PAUSED'): void =>
    void attempt(client.call('promoCode.edit', { promoCodeId, status }).then(reload));
  return (
    <li>
      <div>
        <code>{code.code}</code> <span class={`chip ${tone}`}>{words}</span>
        <p>
          <small>
            {discountOf(code)}
            {' · '}
            {maxTotal === null
              ? plural(redeemed, '{count} use', '{count} uses')
              : plural(redeemed, '{count} use of {most}', '{count} uses of {most}', { most: maxTotal })}
            {code.endsAt && ` · ${t('until {when}', { when: dateTime(code.endsAt, zone) })}`}
          </small>
        </p>
      </div>
      <span class="line">
        {code.status === 'ACTIVE' && (
          <button type="button" class="quiet" onClick={() => set('PAUSED')}>
            {t('Pause')}
          </button>
        )}
        {code.status === 'PAUSED' && (
          <button type="button" class="quiet" onClick={() => set('ACTIVE')}>
            {t('Go on')}
          </button>
        )}
        {code.status !== 'ENDED' && (
          <Confirm
            label={t('End')}
            title={t('End “{name}” for good?', { name: code.code })}
            action={t('End')}
            isDanger
            onConfirm={() => client.call('promoCode.deactivate', { promoCodeId }).then(reload)}
          >
            <p>{t('Nobody can use it any more. Who is paying with it now keeps the price.')}</p>
          </Confirm>
        )}
      </span>
    </li>
  );
};

const discountOf = ({ kind, percentBasisPoints, amountMinor, currency, unit }: PromoCode): string => {
  if (kind === 'FREE_TICKET') return t('A free ticket');
  const value = kind === 'PERCENT' ? `${(percentBasisPoints ?? 0) / 100} %` : money(amountMinor ?? 0, currency);
  return unit === 'PER_TICKET' ? t('{value} off each ticket', { value }) : t('{value} off the order', { value });
};

const NewCode = ({ event: { id: eventId, currency, timeZone }, reload }: EventProps) => {
  const form = useForm({
    ...{ code: '', kind: 'PERCENT', percent: '10', amount: '', maxTotal: '', maxPerUser: '1', endsAt: '' },
  });
  const { values } = form;
  const amountMinor = minorOf(values.amount, currency);
  const add = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    void form.submit(async () => {
      await client.call('promoCode.create', {
        ...{ eventId, code: values.code },
        ...(values.kind === 'PERCENT'
          ? { kind: 'PERCENT', percentBasisPoints: Math.round(Number(values.percent) * 100) }
          : { kind: 'FIXED_AMOUNT', amountMinor: amountMinor ?? 0 }),
        maxTotal: countOrNull(values.maxTotal),
        maxPerUser: countOrNull(values.maxPerUser),
        endsAt: instantOrNull(values.endsAt, timeZone),
      });
      reload();
    });
  };
  return (
    <section class="card" aria-labelledby="new-code-title">
      <h2 id="new-code-title">{t('A new code')}</h2>
      <form onSubmit={add}>
        <Field
          label={t('Code')}
          required
          minLength={3}
          maxLength={40}
          placeholder="FRIENDS10"
          {...form.field('code')}
        />
        <div class="fields">
          <Select
            label={t('What it takes off')}
            name="kind"
            choices={[
              ['PERCENT', t('A share of the price')],
              ['FIXED_AMOUNT', t('An amount')],
            ]}
            value={values.kind}
            onChange={(kind) => form.change({ kind })}
          />
          {values.kind === 'PERCENT' ? (
            <Field
              label={t('Percent')}
              type="number"
              min={1}
              max={100}
              required
              {...form.field('percent', 'percentBasisPoints')}
            />
          ) : (
            <Field
              label={t('Amount in {currency}', { currency })}
              inputMode="decimal"
              required
              {...form.field('amount', 'amountMinor')}
            />
          )}
          <Field
            label={t('Uses in all')}
            type="number"
            min={1}
            hint={t('Empty means no limit.')}
            {...form.field('maxTotal')}
          />
          <Field
            label={t('Uses for each person')}
            type="number"
            min={1}
            hint={t('Empty means no limit.')}
            {...form.field('maxPerUser')}
          />
          <Field label={t('Works until')} type="datetime-local" {...form.field('endsAt')} />
        </div>
        <FormProblem of={form} />
        <button type="submit" class="primary" disabled={form.busy}>
          {t('Add it')}
        </button>
      </form>
    </section>
  );
};
