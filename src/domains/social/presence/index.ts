import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { attendPresence } from './attend.ts';
import { changed, counted } from './contract.ts';
import { listPresentFriends } from './friends.ts';
import { showOwnPresence } from './mine.ts';
import { onEventRunning } from './on-event-running.ts';
import { onPresenceSettingsChanged } from './on-settings-changed.ts';
import { onTiesChanged } from './on-ties-changed.ts';
import { showRoomPresence } from './room.ts';
import { setPresence } from './set.ts';
import { setPresenceAudience } from './set-audience.ts';
import { storeWhoWasSeen } from './store-last-seen.job.ts';
import { unwatchPresence } from './unwatch.ts';
import { watchPresence } from './watch.ts';

/** Who is here, and who may know. */
export const presenceTopic = (deps: Deps): Topic<Transaction> => {
  const following = attendPresence(deps);
  return {
    operations: [
      watchPresence({ ...deps, following }),
      unwatchPresence({ ...deps, following }),
      showOwnPresence(deps),
      setPresence(),
      setPresenceAudience(),
      listPresentFriends(deps),
      showRoomPresence(deps),
    ],
    signals: [changed, counted],
    jobs: [storeWhoWasSeen(deps)],
    subscribers: [onPresenceSettingsChanged(deps), ...onTiesChanged(deps), ...onEventRunning(deps)],
  };
};
