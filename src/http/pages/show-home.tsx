import { AppError } from '../../kernel/errors.ts';
import { topics } from '../../sdk/contract.ts';
import type { AppContext } from '../app-env.ts';
import { Home } from './home.tsx';
import { readHomeQuery, searchInput } from './home-query.ts';
import type { Reading } from './language.ts';
import type { Pages } from './serve-pages.tsx';

const NOTHING = { nextCursor: null, matched: 'all' } as const;

/** Shows the first page. A search that cannot be read is kept in the form, with the reason beside it. */
export const showHome = async (c: AppContext, { ask, frameOf, answer }: Pages): Promise<Response> => {
  const frame = frameOf(c);
  const query = readHomeQuery(c.req.query());
  const { items: categories } = await ask(c, topics.category.list, {});
  try {
    const found = await ask(c, topics.eventSearch.search, searchInput(query, frame.now));
    return await answer(c, <Home {...{ frame, query, categories, found }} problem={null} />);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT') throw error;
    const problem = problemOf(frame.reading, error.details.issues?.[0]?.path ?? '');
    return answer(c, <Home {...{ frame, query, categories, problem }} found={{ ...NOTHING, items: [] }} />, 400);
  }
};

const problemOf = ({ t }: Reading, field: string): string => {
  if (field === 'from') return t('This day cannot be read. Write it as year, month and day: 2027-03-01.');
  if (field === 'category') return t('There is no such category. Choose one of the list.');
  if (field === 'cursor') return t('This page of the list cannot be found any more. Search again.');
  return t('This cannot be searched for. Try fewer or other words.');
};
