import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { PaymentSettings } from '../../platform/payment-settings.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Removal } from '../../platform/removal.ts';
import { registerAccount } from './account/register.ts';
import { setAccountRole } from './account/set-role.ts';
import { findProfiles } from './profile/find.ts';
import { showMe } from './profile/me.ts';
import { onMediaDeleted } from './profile/on-media-deleted.ts';
import { searchProfiles } from './profile/search.ts';
import { setOwnAvatar } from './profile/set-avatar.ts';
import { setOwnCover } from './profile/set-cover.ts';
import { updateOwnProfile } from './profile/update.ts';
import { listOwnSessions } from './session/list.ts';
import { logIn } from './session/login.ts';
import { logOut } from './session/logout.ts';
import { onSessionEnded } from './session/on-session-ended.ts';
import { renewSession } from './session/renew.ts';
import { revokeOwnSession } from './session/revoke.ts';
import { sweepExpiredSessions } from './session/sweep-expired.job.ts';
import { createTestAccounts } from './test-account/create.ts';
import { listOpenTestAccounts } from './test-account/list.ts';
import { removeTestAccounts } from './test-account/remove.ts';
import { signInTestAccounts } from './test-account/sign-in.ts';
import { createUserRoom } from './user-room/user-room.ts';
import { confirmVerification } from './verification/confirm.ts';
import { mailVerificationBy } from './verification/mail.job.ts';
import { onVerificationStarted } from './verification/on-verification-started.ts';
import { startVerification } from './verification/start.ts';

/** What this domain stands on. */
type Ground = Pick<
  Platform,
  | 'clock'
  | 'database'
  | 'failures'
  | 'jobs'
  | 'mailer'
  | 'pictures'
  | 'replica'
  | 'revocations'
  | 'sealing'
  | 'sockets'
  | 'subjectKeys'
  | 'tokens'
> & { config: { payments: Pick<PaymentSettings, 'publicUrl'> } };

/**
 * Accounts, sessions, profiles, and the room of each person.
 * @param removals how each other domain removes what test accounts made there
 */
export const createIdentity = (ground: Ground, removals: readonly Removal[]): Domain<Transaction> => ({
  name: 'identity',
  operations: [
    registerAccount(ground),
    setAccountRole(ground),
    logIn(ground),
    renewSession(ground),
    logOut(ground),
    listOwnSessions(ground),
    revokeOwnSession(ground),
    startVerification(),
    confirmVerification(ground),
    showMe(ground),
    updateOwnProfile(ground),
    setOwnAvatar(ground),
    setOwnCover(ground),
    findProfiles(ground),
    searchProfiles(ground),
    createTestAccounts(ground),
    listOpenTestAccounts(ground),
    signInTestAccounts(ground),
    removeTestAccounts({ ...ground, removals }),
  ],
  signals: [],
  rooms: [createUserRoom(ground)],
  jobs: [sweepExpiredSessions(ground), mailVerificationBy({ ...ground, publicUrl: ground.config.payments.publicUrl })],
  subscribers: [onSessionEnded(ground), onMediaDeleted(ground), onVerificationStarted(ground)],
});
