import { invalidField } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { soldWith } from './about.reads.ts';
import { findAccount } from './account.reads.ts';
import { statement } from './contract.ts';
import { placeOf, readPlace } from './place.rules.ts';
import { canSeeAccount } from './policy.ts';
import { bookMoney, presentAccount, presentEntry } from './present.ts';
import { entriesWithin, sumsOf } from './statement.reads.ts';
import { statementCsv } from './statement-csv.rules.ts';

/** An account over a span of time. */
export const showStatement = ({ database }: { database: Pick<Database, '$queryRaw'> }) =>
  handle(statement, {
    load: ({ accountId }) => findAccount(database, accountId),
    sees: canSeeAccount,
    allow: anyone,
    run: async ({ cursor, limit, csv, ...asked }, account) => {
      const { partIds } = account;
      const span = { partIds, from: new Date(asked.from), to: new Date(asked.to) };
      if (span.to <= span.from) throw invalidField('to', 'must come after from');
      const after = readPlace(cursor);
      const { before, within } = await sumsOf(database, partIds, span);
      const rows = await entriesWithin(database, span, { after, limit: limit + 1 });
      const lines = rows.slice(0, limit);
      const last = lines.at(-1);
      const sold = await soldWith(database, lines);
      const money = (amountMinor: bigint) => bookMoney(amountMinor, account.currencyCode);
      return {
        account: presentAccount(account),
        from: span.from.toISOString(),
        to: span.to.toISOString(),
        opening: money(before),
        closing: money(before + within),
        items: lines.map((entry) => ({ ...presentEntry(entry, sold), balance: money(before + entry.running) })),
        ...(csv ? { csv: statementCsv(lines, { opening: before, withHeader: after === null, sold }) } : {}),
        nextCursor: rows.length > limit && last !== undefined ? placeOf(last) : null,
      };
    },
  });
