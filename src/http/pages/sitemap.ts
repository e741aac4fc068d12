interface Entry {
  slug: string;
  updatedAt: string;
}

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

/** The addresses of events, https://www.sitemaps.org/protocol.html. Slugs need no escaping. */
export const sitemap = (origin: string, entries: readonly Entry[], isFirst: boolean): string => {
  const first = isFirst ? [`<url><loc>${origin}/</loc></url>`] : [];
  const urls = entries.map(
    ({ slug, updatedAt }) => `<url><loc>${origin}/e/${slug}</loc><lastmod>${updatedAt}</lastmod></url>`,
  );
  return [HEAD, `<urlset xmlns="${NAMESPACE}">`, ...first, ...urls, '</urlset>', ''].join('\n');
};

/** The addresses of such lists, for more events than one may hold. @param cursors where each after the first begins */
export const sitemapIndex = (origin: string, cursors: readonly string[]): string => {
  const lists = ['first', ...cursors].map((after) => `<sitemap><loc>${origin}/sitemap-${after}.xml</loc></sitemap>`);
  return [HEAD, `<sitemapindex xmlns="${NAMESPACE}">`, ...lists, '</sitemapindex>', ''].join('\n');
};

/** Tells crawlers which pages they may read. The app and the API are not for them. */
export const robots = (origin: string): string =>
  ['User-agent: *', 'Disallow: /app/', 'Disallow: /host/', 'Disallow: /v1/', `Sitemap: ${origin}/sitemap.xml`, ''].join(
    '\n',
  );
