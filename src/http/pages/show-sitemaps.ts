import { topics } from '../../sdk/contract.ts';
import type { AppContext } from '../app-env.ts';
import { answerText } from './answer.ts';
import type { Pages } from './serve-pages.tsx';
import { robots, sitemap, sitemapIndex } from './sitemap.ts';

/** Search engines come a few times a day. */
const KEPT_SECONDS = 3_600;
const XML = 'application/xml; charset=utf-8';

/** One list while it holds all events; beyond that, the list of lists. */
export const showSitemapIndex = async (c: AppContext, { ask, origin }: Pages): Promise<Response> => {
  const { items, nextCursor } = await ask(c, topics.eventPublic.listAddresses, {});
  if (nextCursor === null) {
    return answerText(c, { text: sitemap(origin, items, true), type: XML, keptSeconds: KEPT_SECONDS });
  }
  const { cursors } = await ask(c, topics.eventPublic.listAddressPages, {});
  return answerText(c, { text: sitemapIndex(origin, cursors), type: XML, keptSeconds: KEPT_SECONDS });
};

/** One of several lists. */
export const showSitemap = async (c: AppContext, { ask, origin }: Pages): Promise<Response> => {
  const [, after = ''] = /^sitemap-(.*)\.xml$/.exec(c.req.param('file') ?? '') ?? [];
  const isFirst = after === 'first';
  const { items } = await ask(c, topics.eventPublic.listAddresses, isFirst ? {} : { cursor: after });
  return answerText(c, { text: sitemap(origin, items, isFirst), type: XML, keptSeconds: KEPT_SECONDS });
};

export const showRobots = (c: AppContext, { origin }: Pages): Response =>
  answerText(c, { text: robots(origin), type: 'text/plain; charset=utf-8', keptSeconds: KEPT_SECONDS });
