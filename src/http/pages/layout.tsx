import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { LANGUAGES } from '../../words/translate.ts';
import type { PageAssets } from './assets.ts';
import type { Reading } from './language.ts';

/** The parts that every page needs to be drawn. */
export interface Frame {
  reading: Reading;
  assets: PageAssets;
  /** Where the server is reached, without a slash at its end. */
  origin: string;
  /** Of this page, with its query. */
  path: string;
  now: Date;
}

interface LayoutProps {
  frame: Frame;
  title: string;
  description?: string;
  /** The one address of what is shown; absent for pages that nobody should find by a search. */
  canonical?: string;
  /** More of the head: what other sites show of the page. */
  head?: Child;
  children: Child;
}

/** The page around what is shown: head, top line and foot. */
export const Layout = ({ frame, title, description, canonical, head, children }: LayoutProps) => {
  const { reading, assets } = frame;
  const { t, language } = reading;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          {description && <meta name="description" content={description} />}
          {canonical ? <link rel="canonical" href={canonical} /> : <meta name="robots" content="noindex" />}
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          {assets.style && <link rel="stylesheet" href={assets.style} />}
          {assets.script && <script type="module" src={assets.script} />}
          {head}
        </head>
        <body>
          <a class="skip" href="#content">
            {t('To the content')}
          </a>
          <header class="top">
            <a class="logo" href="/">
              <i aria-hidden="true" />
              Rally
            </a>
            <nav aria-label={t('Main')}>
              <a class="top-link" href="/host/events/new">
                {t('Host an event')}
              </a>
              <a class="button quiet" href="/sign-in">
                {t('Sign in')}
              </a>
            </nav>
          </header>
          {children}
          <Foot frame={frame} />
        </body>
      </html>
    </>
  );
};

const Foot = ({ frame }: { frame: Frame }) => {
  const { t, language } = frame.reading;
  return (
    <footer class="foot">
      <a href="/">{t('What is on')}</a>
      <nav aria-label={t('Language')}>
        {Object.entries(LANGUAGES).map(([each, name]) => (
          <a
            href={inLanguage(frame.path, each)}
            lang={each}
            hreflang={each}
            aria-current={each === language ? 'true' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
    </footer>
  );
};

/** The same page in another language. */
const inLanguage = (path: string, language: string): string => {
  const [place = '/', query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('lang', language);
  return `${place}?${parameters}`;
};
