import { z } from 'zod';
import { PolicyStep } from '../shapes/contract.ts';
import type { PolicyRow } from './cancellation-policy.reads.ts';

const Steps = z.array(PolicyStep);

/** A policy on the wire, its earliest step first. */
export const showPolicy = ({ id, name, kind, steps, feesRefundable, ownerId }: PolicyRow) => ({
  id,
  name,
  kind,
  steps: Steps.parse(steps).sort((a, b) => b.hoursBefore - a.hoursBefore),
  feesRefundable,
  ownerId,
});
