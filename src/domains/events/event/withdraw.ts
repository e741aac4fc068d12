import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance } from './advance.steps.ts';
import { withdraw } from './contract.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** Takes an event back from review. */
export const withdrawEvent = ({ pictures }: Pictured) =>
  commit(withdraw, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('withdraw'),
    run: (_input, subject, context) => advance('withdraw', subject, { ...context, pictures }),
  });
