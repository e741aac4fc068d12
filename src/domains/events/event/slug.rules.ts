const MAX_TITLE_LENGTH = 80;

/** A title as part of an address: ASCII letters and digits joined by hyphens; `event` where nothing is left. */
export const slugOf = (title: string): string => {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g);
  const joined = words?.join('-').slice(0, MAX_TITLE_LENGTH).replace(/-$/, '');
  return joined || 'event';
};

/** The title with the end of the id, so that no two are alike. */
export const uniqueSlug = (title: string, id: string): string => `${slugOf(title)}-${id.slice(-8)}`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Words that stand where a slug stands in addresses. */
const RESERVED: readonly string[] = ['search', 'new', 'mine'];

/** Why a slug may not be chosen, or null when it may: it must not look like something else in an address. */
export const slugRefusal = (slug: string): string | null => {
  if (UUID.test(slug)) return 'looks like an id';
  return RESERVED.includes(slug) ? 'is reserved' : null;
};
