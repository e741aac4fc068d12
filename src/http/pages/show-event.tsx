import { topics } from '../../sdk/contract.ts';
import type { AppContext } from '../app-env.ts';
import { answerText } from './answer.ts';
import { type Ask, orNull } from './ask.ts';
import { EventPage, type Host } from './event-page.tsx';
import type { Pages } from './serve-pages.tsx';
import type { TeamMember } from './shapes.ts';

/** News that the page shows; the app has all of it. */
const MOST_NEWS = 5;
/** Hosts whose pages are looked for. */
const MOST_HOSTS = 6;

/** An event at its one address; an id, or capital letters, lead there. */
export const showEvent = async (c: AppContext, { ask, frameOf, answer }: Pages): Promise<Response> => {
  const given = c.req.param('slug') ?? '';
  const event = await ask(c, topics.event.get, { eventId: given });
  if (event.slug !== given) return c.redirect(`/e/${event.slug}`, 302);
  const [team, updates] = await Promise.all([
    ask(c, topics.host.list, { eventId: event.id }),
    ask(c, topics.eventUpdate.list, { eventId: event.id, limit: MOST_NEWS }),
  ]);
  const named = team.items.filter(({ username }) => username !== '').slice(0, MOST_HOSTS);
  const hosts = await Promise.all(named.map((member) => withPage(c, ask, member)));
  return answer(c, <EventPage frame={frameOf(c)} event={event} hosts={hosts} updates={updates.items} />);
};

/** Nobody is led to a page that is not there for them. */
const withPage = async (c: AppContext, ask: Ask, member: TeamMember): Promise<Host> => {
  const page = await orNull(ask(c, topics.profile.get, { username: member.username }));
  return { ...member, hasPage: page !== null };
};

/** The event as a file for calendars. */
export const showEventCalendar = async (c: AppContext, { ask }: Pages): Promise<Response> => {
  const slug = (c.req.param('file') ?? '').replace(/\.ics$/, '');
  const { filename, text } = await ask(c, topics.eventPublic.calendar, { eventId: slug });
  // A stamp of its own each time: as a copy of what was read before it would say so by nothing else.
  return answerText(c, {
    text,
    type: 'text/calendar; charset=utf-8',
    headers: { 'content-disposition': `attachment; filename="${filename}"` },
  });
};
