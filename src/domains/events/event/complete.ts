import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { complete } from './contract.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** Says that an event that has begun is over. */
export const completeEvent = ({ pictures }: Pictured) =>
  commit(complete, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('complete'),
    run: (_input, subject, context) => advance('complete', subject, { ...context, pictures }),
  });
