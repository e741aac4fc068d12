import type { OutputOf } from '../../kernel/contract.ts';
import type { topics } from '../../sdk/contract.ts';
import { EventCard } from './event-card.tsx';
import type { HomeQuery } from './home-query.ts';
import { homePath } from './home-query.ts';
import { type Frame, Layout } from './layout.tsx';
import type { Category } from './shapes.ts';

type Found = OutputOf<typeof topics.eventSearch.search>;

export interface HomeProps {
  frame: Frame;
  query: HomeQuery;
  categories: readonly Category[];
  found: Found;
  /** The reason why the search was refused; then nothing was searched for. */
  problem: string | null;
}

/** The first page: a search by words, city, day and category, and a card for each event that it found. */
export const Home = ({ frame, query, categories, found, problem }: HomeProps) => {
  const { t } = frame.reading;
  const isNarrowed = Object.values(query).some((value) => value !== undefined);
  return (
    <Layout
      frame={frame}
      title={`${t('What is on')} · Rally`}
      description={t('Evenings, meetups and workshops near you: find one, get a seat, and meet who is coming.')}
      {...(isNarrowed ? {} : { canonical: `${frame.origin}/` })}
    >
      <main id="content" class="home">
        <div class="hero">
          <h1>{t('Find your next evening')}</h1>
          <p>{t('Meetups, concerts, workshops: get a seat in a minute, and meet who is coming.')}</p>
          <search>
            <SearchForm frame={frame} query={query} categories={categories} />
          </search>
          {problem !== null && (
            <p class="problem" role="alert">
              {problem}
            </p>
          )}
        </div>
        <section aria-labelledby="found">
          <h2 id="found">{isNarrowed ? t('Found') : t('Coming up')}</h2>
          {found.matched === 'similar' && found.items.length > 0 && (
            <p class="hint">{t('Nothing holds these words; this is spelt alike.')}</p>
          )}
          {found.items.length > 0 ? (
            <ul class="cards">
              {found.items.map((event, place) => (
                <EventCard
                  frame={frame}
                  event={event}
                  host={event.host && nameOf(event.host)}
                  isFirst={place < 2 && query.after === undefined}
                />
              ))}
            </ul>
          ) : (
            problem === null && <NothingFound frame={frame} isNarrowed={isNarrowed} />
          )}
          {found.nextCursor !== null && (
            <p class="more">
              <a class="button quiet" rel="next" href={homePath({ ...query, after: found.nextCursor })}>
                {t('More events')}
              </a>
            </p>
          )}
        </section>
      </main>
    </Layout>
  );
};

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim();

type SearchProps = Pick<HomeProps, 'frame' | 'query' | 'categories'>;

const SearchForm = ({ frame, query, categories }: SearchProps) => {
  const { t } = frame.reading;
  return (
    <form class="search" method="get" action="/">
      <label class="field wide">
        {t('What')}
        <input type="search" name="q" maxlength={200} value={query.q} placeholder={t('Jazz, running, TypeScript…')} />
      </label>
      <label class="field">
        {t('City')}
        <input name="city" maxlength={100} value={query.city} autocomplete="address-level2" />
      </label>
      <label class="field">
        {t('From')}
        <input type="date" name="from" value={query.from} />
      </label>
      <label class="field">
        {t('Category')}
        <select name="category">
          <option value="">{t('All')}</option>
          {categories.map(({ slug, name, depth }) => (
            <option value={slug} selected={slug === query.category}>
              {`${'\u2003'.repeat(depth)}${name}`}
            </option>
          ))}
        </select>
      </label>
      <button class="button" type="submit">
        {t('Search')}
      </button>
    </form>
  );
};

const NothingFound = ({ frame, isNarrowed }: { frame: Frame; isNarrowed: boolean }) => {
  const { t } = frame.reading;
  return (
    <div class="empty">
      <h3>{isNarrowed ? t('Nothing fits this search') : t('Nothing is planned yet')}</h3>
      <p>
        {isNarrowed
          ? t('Try fewer words, another city or an earlier day.')
          : t('Be the first: an event is made in a minute.')}
      </p>
      <p class="empty-ways">
        {isNarrowed && (
          <a class="button quiet" href="/">
            {t('See everything that is on')}
          </a>
        )}
        <a class="button" href="/host/events/new">
          {t('Host an event')}
        </a>
      </p>
    </div>
  );
};
