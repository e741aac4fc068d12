import type { z } from 'zod';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import type { PolicyStep } from '../shapes/contract.ts';
import { countOwnPolicies, MAX_OWN_POLICIES } from './cancellation-policy.reads.ts';
import { insertPolicy } from './cancellation-policy.writes.ts';
import { create } from './contract.ts';
import { showPolicy } from './present.ts';

/** Makes a policy of the caller’s own. */
export const createPolicy = () =>
  commit(create, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { tx, actor: { userId: ownerId }, now, audit }) => {
      const steps = inOrder(input.steps);
      if ((await countOwnPolicies(tx, ownerId)) >= MAX_OWN_POLICIES) {
        throw new AppError('CONFLICT', `A person has ${MAX_OWN_POLICIES} policies at most.`);
      }
      const stamps = { createdAt: now, updatedAt: now };
      const after = showPolicy(await insertPolicy(tx, { ...input, steps, id: newId(), ownerId, ...stamps }));
      audit({ targetType: 'cancellationPolicy', targetId: after.id, after });
      return after;
    },
  });

type Step = z.infer<typeof PolicyStep>;

/**
 * Steps with the earliest cancellation first.
 * @throws INVALID_INPUT when two share an hour, or somebody would get more back by waiting
 */
const inOrder = (steps: Step[]): Step[] => {
  const ordered = steps.toSorted((a, b) => b.hoursBefore - a.hoursBefore);
  for (const [index, step] of ordered.entries()) {
    const next = ordered[index + 1];
    if (!next) continue;
    if (next.hoursBefore === step.hoursBefore) {
      throw invalidField('steps', `has two steps at ${step.hoursBefore} hours before the start`);
    }
    if (next.refundBasisPoints > step.refundBasisPoints) {
      throw invalidField('steps', `pays more back at ${next.hoursBefore} hours than at ${step.hoursBefore} hours`);
    }
  }
  return ordered;
};
