import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance, mayAdvance } from './advance.steps.ts';
import { withdraw } from './contract.ts';
import { findSubject } from './subject.ts';

/** Takes an event back from review. */
export const withdrawEvent = ({ pictures }: Pictured) =>
  commit(withdraw, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    allow: mayAdvance('withdraw'),
    run: (_input, subject, context) => advance('withdraw', subject, { ...context, pictures }),
  });
