import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { cancel } from './contract.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** Calls an event off. What follows for its bookings happens on the fact this records. */
export const cancelEvent = ({ pictures }: Pictured) =>
  commit(cancel, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('cancel'),
    run: ({ reason, note }, subject, context) => {
      const along = { cancellationReason: reason, cancellationNote: note ?? null };
      return advance('cancel', subject, { ...context, pictures }, { reason, note, along });
    },
  });
