import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Removal } from '../../platform/removal.ts';
import { accountTopic } from './account/index.ts';
import { blockTopic } from './block/index.ts';
import type { Deps } from './deps.ts';
import { profileTopic } from './profile/index.ts';
import { sessionTopic } from './session/index.ts';
import { testAccountTopic } from './test-account/index.ts';
import { userRoomTopic } from './user-room/index.ts';
import { verificationTopic } from './verification/index.ts';

/**
 * Accounts, sessions, profiles, and the room of each person.
 * @param removals how each other domain removes what test accounts made there
 */
export const createIdentity = (deps: Deps, removals: readonly Removal[]): Domain<Transaction> =>
  joinTopics('identity', [
    accountTopic(deps),
    sessionTopic(deps),
    verificationTopic(deps),
    profileTopic(deps),
    blockTopic(deps),
    userRoomTopic(deps),
    testAccountTopic(deps, removals),
  ]);
