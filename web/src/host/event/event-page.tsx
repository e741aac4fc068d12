import '../pages.css';
import type { FunctionComponent } from 'preact';
import { lazy } from 'preact-iso';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime, ownZone, span } from '../../format.ts';
import { addresses } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { isRunner } from '../names.ts';
import { EventActions } from './event-actions.tsx';
import { EventNav } from './event-nav.tsx';

/** An event of the caller's team, and what a page does after it has changed it. */
export interface EventProps {
  event: Output<'event.get'>;
  /** Reads the event anew. */
  reload: () => void;
}

const part = (load: () => Promise<FunctionComponent<EventProps>>): FunctionComponent<EventProps> =>
  lazy(async () => ({ default: await load() }));

/** The pages of an event, by the last part of their address. */
const PARTS: Readonly<Record<string, FunctionComponent<EventProps>>> = {
  details: part(async () => (await import('./details-part.tsx')).DetailsPart),
  tickets: part(async () => (await import('./tickets-part.tsx')).TicketsPart),
  codes: part(async () => (await import('./codes-part.tsx')).CodesPart),
  team: part(async () => (await import('./team-part.tsx')).TeamPart),
  updates: part(async () => (await import('./updates-part.tsx')).UpdatesPart),
  guests: part(async () => (await import('./guests-part.tsx')).GuestsPart),
  requests: part(async () => (await import('./requests-part.tsx')).RequestsPart),
  waitlist: part(async () => (await import('./waitlist-part.tsx')).WaitlistPart),
  money: part(async () => (await import('./money-part.tsx')).MoneyPart),
  series: part(async () => (await import('./series-part.tsx')).SeriesPart),
};

/** One event, for its team: its head, its pages side by side, and the one that was asked for. */
export const EventPage = ({ eventId, page = 'details' }: { eventId: string; page?: string }) => {
  const loaded = useOperation('event.get', { eventId });
  if (loaded.data === undefined) {
    return (
      <Page title={t('Your event')}>
        <Outcome of={loaded}>{() => null}</Outcome>
      </Page>
    );
  }
  return <Inside event={loaded.data} reload={loaded.reload} page={page} />;
};

const Inside = ({ event, reload, page }: EventProps & { page: string }) => {
  const Part = PARTS[page];
  if (event.myRole === null) return <NotOfTeam event={event} reload={reload} />;
  return (
    <Page title={event.title} lead={<When event={event} />} isWide>
      <EventActions event={event} reload={reload} />
      <EventNav event={event} page={page} />
      <div class="event-page">
        {!isRunner(event.myRole) && <p>{t('The team’s managers run these pages. You can help at the door.')}</p>}
        {Part ? <Part event={event} reload={reload} /> : <p>{t('There is no such page')}</p>}
      </div>
    </Page>
  );
};

/** For who is not of the team, or was asked to join it and has not answered. */
const NotOfTeam = ({ event, reload }: EventProps) => {
  const { busy, problem, submit } = useSubmit();
  const { id: eventId, title, slug } = event;
  const accept = (): void =>
    void submit(async () => {
      await client.call('host.accept', { eventId });
      reload();
    });
  return (
    <Page title={t('These pages are for the team')}>
      <p>{t('Were you invited to the team of “{title}”? Take your place, and these pages open.', { title })}</p>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <div class="line">
        <button type="button" class="primary" disabled={busy} onClick={accept}>
          {t('Take my place in the team')}
        </button>
        <a href={addresses.event(slug)}>{t('See the event as guests do')}</a>
      </div>
    </Page>
  );
};

/** When it is, by the event's clocks, and by the reader's where they show something else. */
const When = ({ event: { startDate, endDate, timeZone } }: Pick<EventProps, 'event'>) => {
  const differs = dateTime(startDate, timeZone) !== dateTime(startDate, ownZone());
  return (
    <>
      {span(startDate, endDate, timeZone)}
      {differs && (
        <>
          <br />
          <small>{t('{when} by your clock', { when: dateTime(startDate) })}</small>
        </>
      )}
    </>
  );
};
