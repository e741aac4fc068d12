import { invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { publishUpdate } from '../../events/api.writes.ts';
import { liveChanged } from '../facts.ts';
import { readViewer } from '../standing/standing.reads.ts';
import { announce } from './contract.ts';
import { holdStage, writePinned } from './stage.writes.ts';

/** Says something to the audience, as an update of the event; one at a time stays on top. */
export const announceLive = () =>
  commit(announce, {
    load: ({ eventId }, { tx, actor, now }) => readViewer(tx, eventId, { actor, now }),
    allow: (_actor, { manages }) => manages,
    run: async (
      { eventId, title, body, audience, pin, until = null },
      { hostId },
      { tx, actor, record, audit, now },
    ) => {
      if (until !== null && new Date(until) <= now) throw invalidField('until', 'must be later than now');
      if (until !== null && !pin) throw invalidField('until', 'is for an announcement that is pinned');
      const update = { eventId, hostId, authorId: actor.userId, title, body, audience, now };
      const { updateId } = await publishUpdate({ tx, record }, update);
      if (pin) {
        await holdStage(tx, eventId);
        const end = until === null ? null : new Date(until).toISOString();
        await writePinned(tx, eventId, { updateId, title, body, until: end });
        await record(liveChanged, { eventId, hostId, change: 'PINNED' });
      }
      audit({ targetType: 'eventUpdate', targetId: updateId, after: { eventId, title, audience, pin } });
      return { eventId, updateId, publishedAt: now.toISOString() };
    },
  });
