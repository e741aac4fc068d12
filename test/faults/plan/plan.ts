import { z } from 'zod';
import { FAULT_NAMES, type FaultName, SCENARIO_NAMES } from './names.ts';
import { SHAPE, targetsOf } from './shape.ts';

const Ms = z.int().min(0);

const StepShape = z
  .strictObject({
    /** When it begins, counted from the beginning of the traffic. */
    atMs: Ms,
    fault: z.enum(FAULT_NAMES),
    /** The process, server or link it happens to, such as `worker-1`, `redis` or `node-1>postgres`. */
    target: z.string(),
    /** After that it is put right, which takes as long as it takes. */
    lastsMs: Ms,
    /** Of `cut-links`: bytes vanish, and connections stay open until the end; else they are closed again and again. */
    isHalfOpen: z.boolean().optional(),
  })
  .refine(({ fault, target }) => targetsOf(fault, SHAPE).includes(target), {
    error: ({ input }) => `${(input as { fault: FaultName }).fault} cannot happen to this target`,
    path: ['target'],
  });

const PlanShape = z
  .strictObject({
    /** Of the choices that people make, and of this plan when it was drawn. */
    seed: z.int().min(0),
    scenario: z.enum(SCENARIO_NAMES),
    /** How long the traffic lasts. */
    seconds: z.number().positive(),
    /** In the order of their beginnings. */
    steps: z.array(StepShape),
  })
  .refine((plan) => plan.steps.every((step) => endOf(step) <= plan.seconds * 1_000), {
    error: 'a step ends after the traffic does',
    path: ['steps'],
  });

/** One thing that goes wrong. */
export type Step = z.infer<typeof StepShape>;

/** What goes wrong in one run, and when. */
export type Plan = z.infer<typeof PlanShape>;

/** When a step is over, counted from the beginning of the traffic, in ms. */
export const endOf = ({ atMs, lastsMs }: Pick<Step, 'atMs' | 'lastsMs'>): number => atMs + lastsMs;

/** Reads a plan that was written as JSON. @throws Error that names the first field that is wrong */
export const parsePlan = (text: string): Plan => {
  const parsed = PlanShape.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') || 'the plan'}: ${issue?.message}`);
};

/** A step in words. */
export const describeStep = ({ atMs, fault, target, lastsMs, isHalfOpen }: Step): string => {
  const times = `${(atMs / 1_000).toFixed(1).padStart(6)} s for ${(lastsMs / 1_000).toFixed(1).padStart(4)} s`;
  return `${times}  ${fault} ${target}${isHalfOpen ? ' (half-open)' : ''}`;
};
