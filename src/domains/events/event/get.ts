import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Pictured } from '../../media/api.ts';
import { get } from './contract.ts';
import { idOf, isValidCode } from './event.reads.ts';
import { canSeeEvent } from './policy.ts';
import { showEvent } from './present.ts';
import { findSubject } from './subject.ts';

/** An event by id or slug. */
export const getEvent = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(get, {
    load: async ({ eventId: given }, { actor }) => {
      const eventId = await idOf(database, given);
      return eventId === null ? null : findSubject(database, eventId, actor);
    },
    sees: canSeeEvent,
    allow: anyone,
    run: async ({ promoCode }, subject, { now }) => {
      const hasCode = promoCode !== undefined && (await isValidCode(database, subject.event, { code: promoCode, now }));
      return showEvent(database, { ...subject, hasCode }, { pictures, now });
    },
  });
