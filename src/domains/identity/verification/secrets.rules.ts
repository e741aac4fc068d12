import type { Sealing } from '../../../platform/sealing.ts';

const CODES = 1_000_000;
const TOKEN = /^([0-9a-f-]{36})\.([0-9a-f]{64})$/;

const saidByCode = (id: string): string => `verification code/${id}`;
const saidByLink = (id: string): string => `verification link/${id}`;

/**
 * The six digits of a verification. They are made from its id with the server's key, so that no row, queue or log holds
 * them; a change of keys ends those that are under way.
 */
export const codeOf = (sealing: Pick<Sealing, 'digest'>, id: string): string => {
  const number = Number.parseInt(sealing.digest(saidByCode(id)).slice(0, 12), 16) % CODES;
  return String(number).padStart(6, '0');
};

/** The token in the link of a verification; it is derived from the id as the code is. */
export const tokenOf = (sealing: Pick<Sealing, 'digest'>, id: string): string =>
  `${id}.${sealing.digest(saidByLink(id))}`;

/** The verification whose link holds the token; null for one that the server did not make. */
export const idInToken = (sealing: Pick<Sealing, 'isDigestOf'>, token: string): string | null => {
  const [, id, digest] = TOKEN.exec(token) ?? [];
  if (id === undefined || digest === undefined) return null;
  return sealing.isDigestOf(digest, saidByLink(id)) ? id : null;
};
