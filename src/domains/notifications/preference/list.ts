import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { list } from './contract.ts';
import { ownChoices } from './preference.reads.ts';

/** What the caller chose. */
export const listPreferences = ({ database }: { database: Database }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async (_input, _subject, { actor }) => ({ items: await ownChoices(database, actor.userId) }),
  });
