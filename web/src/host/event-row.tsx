import type { Output } from '../../../src/sdk/index.ts';
import { money, span } from '../format.ts';
import { addresses } from '../state/address.ts';
import { plural, t } from '../words.ts';
import { CoverPicture } from './cover-picture.tsx';
import { stateOf } from './names.ts';
import { type NextStep, nextStepOf } from './next-step.ts';

type Event = Output<'event.list'>['items'][number];
type Amount = Output<'sales.list'>['items'][number]['taken'];

const STEPS: Record<NextStep['step'], () => string> = {
  PUBLISH: () => t('Finish and publish it'),
  WAIT: () => t('We look at it; you hear from us'),
  SHARE: () => t('Share its link'),
  GUESTS: () => t('See who comes'),
  DOOR: () => t('To the door'),
  NEW_DATE: () => t('Name the new date'),
  MONEY: () => t('See what it earned'),
  REFUNDS: () => t('See what went back'),
};

/** An event in the list of its host: when, how full, what came in, what to do next. */
export const EventRow = ({ event, taken }: { event: Event; taken: Amount | undefined }) => {
  const { id, title, startDate, endDate, timeZone, status, cover } = event;
  const { words, tone } = stateOf(status);
  const { step, page } = nextStepOf(event, new Date());
  return (
    <li class="card event-row">
      <CoverPicture picture={cover} seed={id} />
      <div class="event-row-words">
        <h3>
          <a href={addresses.hosted(id, 'details')}>{title}</a>
        </h3>
        <p>
          <small>{span(startDate, endDate, timeZone)}</small>
        </p>
        <p class="line">
          <span class={`chip ${tone}`}>{words}</span>
          <small>{seatsOf(event)}</small>
          {taken !== undefined && taken.amountMinor > 0 && (
            <small>{t('{amount} in', { amount: money(taken.amountMinor, taken.currency) })}</small>
          )}
        </p>
      </div>
      <a class="quiet" href={addresses.hosted(id, page)}>
        {STEPS[step]()}
      </a>
    </li>
  );
};

const seatsOf = ({ currentParticipants: count, maxParticipants: most }: Event): string =>
  most === null
    ? plural(count, '{count} guest', '{count} guests')
    : plural(count, '{count} guest of {most}', '{count} guests of {most}', { most });
