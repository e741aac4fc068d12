import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { wireMoney } from '../money/wire.ts';
import { invalid } from '../period.ts';
import { statement } from './contract.ts';
import { presentAccount, presentEntry } from './present.ts';
import { entriesWithin, type Place, sumsOf } from './statement.reads.ts';
import { statementCsv } from './statement-csv.ts';
import { visibleAccount } from './visible-account.ts';

/** An account over a span of time. */
export const showStatement = ({ database }: { database: Pick<Database, 'ledgerAccount' | '$queryRaw'> }) =>
  handle(statement, {
    load: ({ accountId }, { actor }) => visibleAccount(database, actor, accountId),
    allow: anyone,
    run: async ({ accountId, cursor, limit, csv, ...asked }, account) => {
      const span = { accountId, from: new Date(asked.from), to: new Date(asked.to) };
      if (span.to <= span.from) throw invalid('to', 'must come after from');
      const after = readPlace(cursor);
      const { before, within } = await sumsOf(database, accountId, span);
      const rows = await entriesWithin(database, span, { after, limit: limit + 1 });
      const lines = rows.slice(0, limit);
      const last = lines.at(-1);
      const money = (amountMinor: bigint) => wireMoney(amountMinor, account.currencyCode);
      return {
        account: presentAccount(account),
        from: span.from.toISOString(),
        to: span.to.toISOString(),
        opening: money(before),
        closing: money(before + within),
        items: lines.map((entry) => ({ ...presentEntry(entry), balance: money(before + entry.running) })),
        ...(csv ? { csv: statementCsv(lines, { opening: before, withHeader: after === null }) } : {}),
        nextCursor: rows.length > limit && last !== undefined ? placeOf(last) : null,
      };
    },
  });

const CURSOR = /^(\d{1,15})_(\d{1,19})$/;

const placeOf = ({ bookedAt, version }: Place): string => `${bookedAt.getTime()}_${version}`;

const readPlace = (cursor: string | undefined): Place | null => {
  if (cursor === undefined) return null;
  const [, atMs, version] = CURSOR.exec(cursor) ?? [];
  if (atMs === undefined || version === undefined) throw invalid('cursor', 'must be a nextCursor');
  return { bookedAt: new Date(Number(atMs)), version: BigInt(version) };
};
