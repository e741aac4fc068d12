import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { soldWith } from './about.reads.ts';
import { findAccount } from './account.reads.ts';
import { NATURES } from './chart.rules.ts';
import { entries } from './contract.ts';
import { latestEntries, type StoredEntry } from './entry.reads.ts';
import { type Place, placeOf, readPlace } from './place.rules.ts';
import { canSeeAccount } from './policy.ts';
import { presentEntry } from './present.ts';

/** What was posted to an account. */
export const listEntries = ({ database }: { database: Pick<Database, '$queryRaw'> }) =>
  handle(entries, {
    load: ({ accountId }) => findAccount(database, accountId),
    sees: canSeeAccount,
    allow: anyone,
    run: async ({ cursor, limit }, account) => {
      const { isInParts } = NATURES[account.kind];
      const before = isInParts ? readPlace(cursor) : readVersion(cursor);
      const rows = await latestEntries(database, account, { before, limit: limit + 1, isInParts });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const nextCursor = rows.length > limit && last !== undefined ? cursorOf(last, isInParts) : null;
      const sold = await soldWith(database, items);
      return { items: items.map((entry) => presentEntry(entry, sold)), nextCursor };
    },
  });

const cursorOf = (entry: StoredEntry, isInParts: boolean): string =>
  isInParts ? placeOf(entry) : String(entry.version);

/** The version alone is the place in an account without parts. @throws INVALID_INPUT naming `cursor` */
const readVersion = (cursor: string | undefined): Place | null =>
  cursor === undefined ? null : readPlace(`0_0_${cursor}`);
