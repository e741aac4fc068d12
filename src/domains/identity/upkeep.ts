import type { Upkeep } from '../../kernel/upkeep.ts';

/** Keeps accounts, sign-ins and mutes. Sessions and refresh tokens have a job of their own. */
export const identityUpkeep: Upkeep = {
  recounts: [
    {
      table: 'users',
      key: { id: 'uuid' },
      columns: ['two_factor_enabled'],
      truth: `
        SELECT EXISTS (SELECT FROM mfa_factors WHERE user_id = kept.id AND confirmed_at IS NOT NULL) AS two_factor_enabled`,
    },
  ],
  notPurged: { users: 'a closed account is erased by the request that closed it, and its row is kept empty' },
  retention: [
    { name: 'mutes that ended', table: 'blocks', keepDays: 1, where: 'kept.expires_at < $1' },
    { name: 'sign-ins of no month', table: 'login_history_default', keepDays: 365, where: 'kept.created_at < $1' },
  ],
  fileColumns: [
    { table: 'profiles', column: 'avatar_asset_id' },
    { table: 'profiles', column: 'cover_asset_id' },
    { table: 'verifications', column: 'document_asset_id', isProof: true },
  ],
  dailyNumbers: [{ name: 'users.registered', table: 'users', at: 'created_at' }],
};
