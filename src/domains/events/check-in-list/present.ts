import type { z } from 'zod';
import type { ListRow } from '../checkin/door.reads.ts';
import type { CheckInList } from './contract.ts';

/** A list as clients see it. */
export const presentList = ({ createdAt: _, updatedAt: __, ...row }: ListRow): z.infer<typeof CheckInList> => ({
  ...row,
  opensAt: row.opensAt?.toISOString() ?? null,
  closesAt: row.closesAt?.toISOString() ?? null,
});
