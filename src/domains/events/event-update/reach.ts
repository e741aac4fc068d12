import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { canManage, canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { reach } from './contract.ts';
import { countRecipients } from './event-update.reads.ts';

/** Counts whom an update would reach, before it is written. */
export const countReach = ({ database }: { database: Database }) =>
  handle(reach, {
    load: ({ eventId }, { actor }) => findSubject(database, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: ({ eventId }) => countRecipients(database, eventId),
  });
