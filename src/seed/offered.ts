import type { Transaction } from '../platform/db/client.ts';

/** Row of `system_settings` that names everything seeding has offered to this installation. */
const KEY = 'seed.offered';

/**
 * What seeding has offered before. Each thing is offered once: what operators changed stays changed, and what they
 * deleted does not come back with the next start.
 */
export const readOffered = async (tx: Transaction): Promise<Set<string>> => {
  const row = await tx.systemSetting.findUnique({ where: { key: KEY }, select: { value: true } });
  return new Set(Array.isArray(row?.value) ? row.value.filter((name) => typeof name === 'string') : []);
};

/** Notes what is offered now, beside what was. */
export const writeOffered = async (tx: Transaction, offered: ReadonlySet<string>): Promise<void> => {
  const value = [...offered].sort();
  const description = 'What seeding has offered: each thing once';
  await tx.systemSetting.upsert({
    where: { key: KEY },
    create: { key: KEY, kind: 'JSON', value, description },
    update: { value },
  });
};
