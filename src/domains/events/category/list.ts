import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { listCategories } from './category.reads.ts';
import { list } from './contract.ts';
import { showCategory } from './present.ts';

/** The tree of categories in use. */
export const listAllCategories = ({ database }: { database: Pick<Database, 'eventCategory'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async () => ({ items: (await listCategories(database, { inactive: false })).map(showCategory) }),
  });
