import type { z } from 'zod';
import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findPage } from '../../../platform/db/search/find-page.ts';
import { type FaqEntry, search } from './contract.ts';
import { faqSearch } from './search.reads.ts';

interface Deps {
  /** May be a moment behind. */
  replica: Database;
}

/** Questions with their answers. */
export const searchFaqs = ({ replica }: Deps) =>
  handle(search, {
    load: nothing,
    allow: anyone,
    run: async ({ words, locale, category, cursor, limit }) => {
      const wanted = faqSearch({ words, locale, category, cursor, limit });
      const { rows, nextCursor, matched } = await findPage<z.infer<typeof FaqEntry>>(replica, wanted);
      return { items: rows.map(present), nextCursor, matched };
    },
  });

/** Without the columns that only paging needs. */
const present = ({ id, slug, locale, category, question, answer }: z.infer<typeof FaqEntry>) => {
  return { id, slug, locale, category, question, answer };
};
