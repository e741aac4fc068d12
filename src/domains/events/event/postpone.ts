import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { postpone } from './contract.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** Says that the event will be later; what becomes of bookings is not touched. */
export const postponeEvent = ({ pictures }: Pictured) =>
  commit(postpone, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('postpone'),
    run: ({ note }, subject, context) => advance('postpone', subject, { ...context, pictures }, { note }),
  });
