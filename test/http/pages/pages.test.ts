import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newEvent } from '../../domains/events/support/event-world.ts';
import { type Furnished, furnish } from './support/furnish.ts';
import { openPagesWorld, type PagesWorld } from './support/open-pages.ts';

const PUBLIC_URL = 'https://rally.example';

let world: PagesWorld;
let made: Furnished;
beforeAll(async () => {
  world = await openPagesWorld({ PUBLIC_URL });
  made = await furnish(world);
});
afterAll(() => world?.close());

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${world.url}${path}`, { headers, redirect: 'manual' });

/** What search engines read of a page. */
const dataOf = (html: string) => {
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
};

describe('what is on', () => {
  test('shows when in the event’s zone, where, and from which price', async () => {
    const html = await world.page('/');
    expect(html).toContain('Lanterns on the river');
    expect(html).toContain('Dhaka time');
    expect(html).toContain('Boat club, north pier, Dhaka');
    expect(html).toContain('€12.50');
    expect(html).not.toContain('Rooftop cinema');
    expect(html).toMatch(/<link rel="canonical" href="https:\/\/rally\.example\/"/);
  });

  test('is narrowed by the form, which keeps what was asked', async () => {
    const html = await world.page('/?q=types+that+tell&city=Hamburg');
    expect(html).toContain('TypeScript at the harbour');
    expect(html).not.toContain('Lanterns on the river');
    expect(html).toContain('value="types that tell"');
    expect(html).toContain('value="Hamburg"');
  });

  test('says what to do where nothing is found', async () => {
    const html = await world.page('/?q=xylograph&city=Nowhere');
    expect(html).toContain('Nothing fits this search');
    expect(html).toContain('Try fewer words, another city or an earlier day.');
  });

  test.each([
    ['/?from=tomorrow', 'This day cannot be read.'],
    ['/?category=No%20Slug', 'There is no such category.'],
    ['/?after=%7B', 'This page of the list cannot be found'],
  ])('%s is told what is wrong, in words', async (path, words) => {
    const answer = await ask(path);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toContain(words);
  });

  test('goes on page by page', async () => {
    const host = world.people[3] ?? '';
    for (let each = 0; each < 24; each += 1) {
      await world.ask(host, 'event.create', newEvent({ title: `Quoits ${each}`, status: 'PUBLISHED' }));
    }
    const first = await world.page('/?q=quoits');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first) ?? [];
    expect(next).toBe('');
    await world.ask(host, 'event.create', newEvent({ title: 'Quoits 24', status: 'PUBLISHED' }));
    const [, more = ''] = /rel="next" href="([^"]+)"/.exec(await world.page('/?q=quoits')) ?? [];
    const second = await world.page(more.replaceAll('&amp;', '&'));
    expect(second.match(/class="event-card"/g)).toHaveLength(1);
  });
});

describe('an event', () => {
  test('is shown with what a guest must know, and to other sites and search engines', async () => {
    const html = await world.page(made.paths.event);
    for (const words of [
      'Seat in a boat',
      '৳500',
      'All your money back until 1 day before it begins.',
      'The choir sings at 19:30',
      'href="/u/amina"',
      '1 person is going',
    ]) {
      expect(html).toContain(words);
    }
    expect(html).toContain(`action="/app/events/${made.eventId}/book"`);
    expect(html).toContain(`<link rel="canonical" href="${PUBLIC_URL}${made.paths.event}"`);
    expect(html).toContain('<meta property="og:title" content="Lanterns on the river"');
    const data = dataOf(html);
    expect(data.eventStatus).toBe('https://schema.org/EventScheduled');
    expect(data.location[0].address.addressLocality).toBe('Dhaka');
    expect(data.organizer[0]).toMatchObject({ name: 'Amina Larsson', url: `${PUBLIC_URL}/u/amina` });
    expect(data.offers[0]).toMatchObject({ price: '500.00', priceCurrency: 'BDT' });
    expect(data.offers[0].availability).toBe('https://schema.org/InStock');
  });

  test.each([
    ['cancelled', 'This event was called off.', 'EventCancelled'],
    ['postponed', 'This event is later than announced.', 'EventPostponed'],
    ['soldOut', 'Sold out. Join the waitlist', 'EventScheduled'],
  ] as const)('that is %s says so', async (state, words, status) => {
    const html = await world.page(made.paths[state]);
    expect(html).toContain(words);
    expect(html).not.toContain('name="quantity"');
    expect(dataOf(html).eventStatus).toBe(`https://schema.org/${status}`);
  });

  test('that is private, a draft or of nobody looks the same', async () => {
    const hidden = await world.ask(
      made.hostId,
      'event.create',
      newEvent({ status: 'PUBLISHED', visibility: 'PRIVATE' }),
    );
    const draft = await world.ask(made.hostId, 'event.create', newEvent());
    const paths = [`/e/${hidden.slug}`, `/e/${draft.slug}`, '/e/no-such-event', '/e/%00'];
    for (const path of [...paths, ...paths.map((each) => `${each}.ics`)]) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(404);
      const html = (await answer.text()).replaceAll(path, '');
      expect(html, path).toContain('There is no such page');
      expect(html).not.toContain('Tech Meetup');
    }
  });

  test('that is unlisted is there for who has the link, and for no search', async () => {
    const { slug } = await world.ask(
      made.hostId,
      'event.create',
      newEvent({ title: 'By the link', status: 'PUBLISHED', visibility: 'UNLISTED' }),
    );
    expect(await world.page(`/e/${slug}`)).toContain('<meta name="robots" content="noindex"');
    expect(await world.page('/sitemap.xml')).not.toContain(slug);
    expect(await world.page('/u/amina')).not.toContain('By the link');
  });

  test('is led to its address from its id', async () => {
    const answer = await ask(`/e/${made.eventId}`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(made.paths.event);
  });

  test('shows what people wrote as words', async () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
    const { slug } = await world.ask(
      made.hostId,
      'event.create',
      newEvent({ title: `Evil ${evil}`, description: evil, summary: evil, venue: evil, status: 'PUBLISHED' }),
    );
    for (const html of [await world.page(`/e/${slug}`), await world.page('/?q=evil')]) {
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<img src=x');
    }
    expect(dataOf(await world.page(`/e/${slug}`)).name).toContain(evil);
  });

  test('can be kept in a calendar, whose entry is found again and grows when it moves', async () => {
    const read = async () => {
      const answer = await ask(`${made.paths.event}.ics`);
      expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      const lines = (await answer.text()).replaceAll('\r\n ', '').split('\r\n');
      return (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
    };
    const earlier = await read();
    expect(earlier('UID')).toBe(`event-${made.eventId}@rally.example`);
    expect(earlier('SUMMARY')).toBe('Lanterns on the river');
    expect(earlier('DTSTART')).toMatch(/^\d{8}T120000Z$/);
    await world.database.event.update({
      where: { id: made.eventId },
      data: { createdAt: new Date(Date.now() - 60_000) },
    });
    await world.ask(made.hostId, 'event.edit', { eventId: made.eventId, venue: 'South pier' });
    const later = await read();
    expect(later('UID')).toBe(earlier('UID'));
    expect(Number(later('SEQUENCE'))).toBeGreaterThan(Number(earlier('SEQUENCE')));
    expect(later('LOCATION')).toContain('South pier');
  });
});

describe('a person', () => {
  test('is shown with what they host', async () => {
    const html = await world.page('/u/amina');
    expect(html).toContain('Evenings by the water');
    expect(html).toContain('Lanterns on the river');
    expect(html).not.toContain('Rooftop cinema');
  });

  test('who shows the page to members only is not there, and no page leads to it', async () => {
    await world.database.profile.update({ where: { userId: made.hostId }, data: { visibility: 'MEMBERS' } });
    try {
      expect((await ask('/u/amina')).status).toBe(404);
      expect((await ask('/u/nobody.at.all')).status).toBe(404);
      const html = await world.page(made.paths.event);
      expect(html).toContain('Amina Larsson');
      expect(html).not.toContain('href="/u/amina"');
    } finally {
      await world.database.profile.update({ where: { userId: made.hostId }, data: { visibility: 'PUBLIC' } });
    }
  });
});

describe('every page', () => {
  test('may be kept for a minute, and is known again', async () => {
    const first = await ask(made.paths.free);
    expect(first.headers.get('cache-control')).toContain('public, max-age=60');
    expect(first.headers.get('vary')).toContain('Accept-Language');
    const again = await ask(made.paths.free, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  test('loads nothing from elsewhere, and needs no script', async () => {
    const answer = await ask(made.paths.event);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('speaks the language of its reader, and the one that the address names', async () => {
    expect(await world.page('/', { 'accept-language': 'fr, de-AT;q=0.8, en;q=0.5' })).toContain('Finde deinen');
    expect(await world.page('/?lang=de')).toContain('<html lang="de">');
    expect(await world.page('/?lang=en', { 'accept-language': 'de' })).toContain('<html lang="en">');
  });

  test('that is missing is a page for people, and a problem for programs', async () => {
    const page = await ask('/nothing/here', { accept: 'text/html,application/xhtml+xml' });
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toContain('text/html');
    const problem = await ask('/nothing/here', { accept: 'application/json' });
    expect(problem.headers.get('content-type')).toBe('application/problem+json');
    const api = await ask('/v1/nothing', { accept: 'text/html' });
    expect(api.headers.get('content-type')).toBe('application/problem+json');
  });
});

test('search engines are told where everything public is', async () => {
  expect(await world.page('/robots.txt')).toContain(`Sitemap: ${PUBLIC_URL}/sitemap.xml`);
  const map = await world.page('/sitemap.xml');
  expect(map).toContain(`<loc>${PUBLIC_URL}${made.paths.event}</loc>`);
  expect(map).not.toContain(made.paths.cancelled);
  expect(await world.page('/sitemap-first.xml')).toContain(`<loc>${PUBLIC_URL}/</loc>`);
  const beyond = await world.page(`/sitemap-${made.eventId}.xml`);
  expect(beyond).not.toContain(made.paths.event);
  expect(beyond).toContain(made.paths.free);
  expect((await ask('/sitemap-nonsense.xml')).status).toBe(404);
});
