import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { acceptInvite } from './accept.ts';
import { inviteHost } from './invite.ts';
import { listHosts } from './list.ts';
import { removeHost } from './remove.ts';
import { setHostRole } from './set-role.ts';
import { setHostShare } from './set-share.ts';

/** The team of an event. */
export const hostTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    inviteHost(deps),
    acceptInvite(deps),
    setHostRole(deps),
    setHostShare(deps),
    removeHost(),
    listHosts(deps),
  ],
});
