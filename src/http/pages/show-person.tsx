import { topics } from '../../sdk/contract.ts';
import type { AppContext } from '../app-env.ts';
import { PersonPage } from './person-page.tsx';
import type { Pages } from './serve-pages.tsx';

const EVENTS_PER_PAGE = 12;

/** A person, with what they host; the one list goes on where the address says so. */
export const showPerson = async (c: AppContext, { ask, frameOf, answer }: Pages): Promise<Response> => {
  const given = c.req.param('username') ?? '';
  const person = await ask(c, topics.profile.get, { username: given });
  if (person.username !== given) return c.redirect(`/u/${person.username}`, 302);
  const { when: going, after } = c.req.query();
  const listed = (when: 'upcoming' | 'past') => {
    const place = when === going && after ? { cursor: after } : {};
    return ask(c, topics.eventPublic.listHosted, { username: person.username, when, limit: EVENTS_PER_PAGE, ...place });
  };
  const [upcoming, past] = await Promise.all([listed('upcoming'), listed('past')]);
  return answer(c, <PersonPage frame={frameOf(c)} {...{ person, upcoming, past }} />);
};
