import type { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { AppError, type ErrorCode } from '../../kernel/errors.ts';
import type { Handler } from '../../kernel/handler.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import type { ExposeParts } from '../expose.ts';
import { answerText, pagePolicy } from './answer.ts';
import { type Ask, createAsk } from './ask.ts';
import { findAssets, type PageAssets } from './assets.ts';
import { readingOf } from './language.ts';
import type { Frame } from './layout.tsx';
import { MessagePage } from './message-page.tsx';
import { showEvent, showEventCalendar } from './show-event.tsx';
import { showHome } from './show-home.tsx';
import { showPerson } from './show-person.tsx';
import { showRobots, showSitemap, showSitemapIndex } from './show-sitemaps.ts';

export interface PagesParts extends ExposeParts {
  platform: ExposeParts['platform'] & Pick<Platform, 'config' | 'log'>;
}

/** The functions that show a page. */
export interface Pages {
  ask: Ask;
  /** Where the server is reached, without a slash at its end. */
  origin: string;
  frameOf: (c: AppContext) => Frame;
  /** A page that is the same for everybody who reads its language. */
  answer: (c: AppContext, page: Child, status?: 200 | 400) => Promise<Response>;
  notFound: (c: AppContext) => Promise<Response>;
  failed: (c: AppContext, error: AppError) => Promise<Response>;
}

/** Serves the public pages. @returns what shows a page, also where another route has nothing for a person */
export const servePages = (app: Hono<AppEnv>, handlers: readonly Handler[], parts: PagesParts): Pages => {
  const pages = createPages(createAsk(handlers, parts), findAssets(), parts);
  const shown =
    (show: (c: AppContext, pages: Pages) => Promise<Response>) =>
    async (c: AppContext): Promise<Response> => {
      try {
        return await show(c, pages);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return pages.failed(c, error);
      }
    };
  app.get('/', shown(showHome));
  app.get('/e/:file{[^/]+\\.ics}', shown(showEventCalendar));
  app.get('/e/:slug', shown(showEvent));
  app.get('/u/:username', shown(showPerson));
  app.get('/robots.txt', (c) => showRobots(c, pages));
  app.get('/sitemap.xml', shown(showSitemapIndex));
  app.get('/:file{sitemap-[0-9a-z-]+\\.xml}', shown(showSitemap));
  return pages;
};

const createPages = (ask: Ask, assets: PageAssets, { platform }: PagesParts): Pages => {
  const { clock, config } = platform;
  const origin = config.payments.publicUrl;
  const policy = pagePolicy(config.publicUrl === '' ? '' : new URL(config.publicUrl).origin);
  const frameOf = (c: AppContext): Frame => {
    const { pathname, search } = new URL(c.req.url);
    return { reading: readingOf(c), assets, origin, path: pathname + search, now: clock.now() };
  };
  const html = async (c: AppContext, page: Child, more: Partial<Parameters<typeof answerText>[1]>) => {
    const { headers = {}, ...rest } = more;
    return answerText(c, {
      text: String(await page),
      type: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policy, ...headers },
      ...rest,
    });
  };
  const failed: Pages['failed'] = (c, error) => {
    const frame = frameOf(c);
    const { status, title, words } = failureOf(frame.reading.t, error.code);
    const wait = Math.ceil((error.details.retryAfterMs ?? 1_000) / 1_000);
    const headers: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': String(wait) } : {};
    return html(c, <MessagePage frame={frame} title={title} words={words} />, { status, headers });
  };
  return {
    ask,
    origin,
    frameOf,
    failed,
    answer: (c, page, status = 200) => html(c, page, { status }),
    notFound: (c) => failed(c, new AppError('NOT_FOUND', 'There is no such page.')),
  };
};

interface Failure {
  status: 404 | 429 | 503 | 500;
  title: string;
  words: string;
}

/** Gives the words for an error: what happened, and what to do now. An address that means nothing counts as a page that does not exist. */
const failureOf = (t: Frame['reading']['t'], code: ErrorCode): Failure => {
  if (code === 'NOT_FOUND' || code === 'INVALID_INPUT') {
    const words = t('It may have been taken down, or the address is not quite right. Look at how it is spelt.');
    return { status: 404, title: t('There is no such page'), words };
  }
  if (code === 'RATE_LIMITED') {
    const words = t('So many pages were asked for from your network that we need a breath. Try again in a minute.');
    return { status: 429, title: t('One moment, please'), words };
  }
  if (code === 'OVERLOADED') {
    const words = t('We cannot read what you asked for right now. Try again in a moment; nothing is lost.');
    return { status: 503, title: t('We are catching up'), words };
  }
  const words = t('This is our fault, and it is written down. Try again in a moment.');
  return { status: 500, title: t('Something went wrong'), words };
};
