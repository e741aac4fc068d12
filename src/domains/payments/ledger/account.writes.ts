import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { type AccountKey, accountName, NATURES } from './chart.rules.ts';

/** An account whose row is locked until the transaction ends. */
export interface LockedAccount {
  id: string;
  /** Minor units, credit positive. */
  postedMinor: bigint;
  /** Minor units that may leave: posted less what holds set aside. */
  spendableMinor: bigint;
}

interface Row extends Record<'id' | 'kind' | 'currency', string> {
  owner_id: string | null;
  posted: bigint;
  pending_debit: bigint;
}

/**
 * Locks these accounts in the order of their ids, opening those that do not exist, and tells what is in them. Whoever
 * decides from a balance what to post locks all the accounts of the journal here first. Of an account in parts it locks
 * the part in which this transaction posts, and tells what is in that one: nobody decides from those.
 * @returns by `accountName`
 */
export const lockAccounts = async (
  tx: Transaction,
  keys: readonly AccountKey[],
): Promise<ReadonlyMap<string, LockedAccount>> => {
  const wanted = [...new Map(keys.map((key) => [accountName(key), key])).values()];
  const ids = await idsOf(tx, wanted);
  const missing = wanted.filter((key) => !ids.has(accountName(key)));
  if (missing.length > 0) {
    await openAccounts(tx, missing);
    for (const [name, id] of await idsOf(tx, missing)) ids.set(name, id);
  }
  return lockById(tx, [...ids.values()]);
};

/** Opens in the order of names: of two who open the same accounts at once, the second waits and finds them. */
const openAccounts = async (tx: Transaction, keys: readonly AccountKey[]): Promise<void> => {
  const byName = keys.toSorted((a, b) => (accountName(a) < accountName(b) ? -1 : 1));
  for (const { kind, ownerId, currency } of byName) {
    const { normalSide, allowNegative, isInParts } = NATURES[kind];
    // Part 0 is the one by whose id the account is known.
    await tx.$executeRaw`
      INSERT INTO ledger_accounts (id, owner_id, kind, currency, normal_side, allow_negative, part)
      SELECT CASE part WHEN 0 THEN ${newId()}::uuid ELSE ${newId()}::uuid END, ${ownerId ?? null}::uuid,
        ${kind}::ledger_account_kind, ${currency}, ${normalSide}::ledger_side, ${allowNegative}, part
      FROM (SELECT 0 AS part UNION SELECT ledger_part(${currency}) WHERE ${isInParts}) AS parts ORDER BY part
      ON CONFLICT DO NOTHING`;
  }
};

const idsOf = async (tx: Transaction, keys: readonly AccountKey[]): Promise<Map<string, string>> => {
  const rows = await tx.$queryRaw<Row[]>`
    WITH asked AS MATERIALIZED (
      SELECT kind, owner_id, currency, CASE WHEN is_in_parts THEN ledger_part(currency) ELSE 0 END AS part
      FROM unnest(${keys.map(({ kind }) => kind)}::ledger_account_kind[], ${keys.map(({ ownerId }) => ownerId ?? null)}::uuid[],
        ${keys.map(({ currency }) => currency)}::text[], ${keys.map(({ kind }) => NATURES[kind].isInParts)}::boolean[])
        AS k (kind, owner_id, currency, is_in_parts))
    SELECT a.id, a.kind, a.owner_id, a.currency FROM ledger_accounts AS a JOIN asked AS k
      ON a.kind = k.kind AND a.currency = k.currency AND a.part = k.part AND a.owner_id IS NOT DISTINCT FROM k.owner_id`;
  return new Map(rows.map((row) => [nameOf(row), row.id]));
};

const lockById = async (tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, LockedAccount>> => {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, kind, owner_id, currency, posted, pending_debit FROM ledger_accounts
    WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return new Map(
    rows.map((row) => [
      nameOf(row),
      { id: row.id, postedMinor: row.posted, spendableMinor: row.posted - row.pending_debit },
    ]),
  );
};

const nameOf = ({ kind, owner_id, currency }: Row): string => `${kind}/${owner_id ?? ''}/${currency}`;
