import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { presenceSettings } from '../../identity/api.ts';
import { presenceSettingsChanged } from '../facts.ts';

interface Deps {
  database: Database;
  presence: Pick<Presence, 'people'>;
  clock: Clock;
}

/** Tells every node how somebody wants to be seen now. Read anew, for facts may come late and in any order. */
export const onPresenceSettingsChanged = ({ database, presence, clock }: Deps): Subscriber =>
  subscribe({
    name: 'social.showPresenceAsChosen',
    fact: presenceSettingsChanged,
    urgency: 'AT_ONCE',
    run: async ({ userId }) => {
      const settings = (await presenceSettings(database, [userId])).get(userId);
      if (!settings) return;
      await presence.people.choose(userId, settings.chosen, clock.now().getTime());
      await presence.people.decideAgain([userId]);
    },
  });
