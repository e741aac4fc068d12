import { createHash } from 'node:crypto';

/** 2025-01-01T00:00:00Z as the first 48 bits of a UUIDv7: seeded rows sort before all others, in no month of a log. */
const MOMENT = '01941f29-7c00';

/** The id of something seeded, the same in every installation: a UUIDv7 in form, made from a name. */
export const seedId = (name: string): string => {
  const hash = createHash('sha256').update(`rally seed ${name}`).digest('hex');
  return `${MOMENT}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
};
