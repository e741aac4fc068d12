import type { PhaseResult } from '../../load/generator/commands.ts';
import { readable } from '../../load/report/table.ts';
import { sum } from './spread.ts';

/** The columns of what went wrong, summed over all rounds. */
export const FAULT_TITLES = ['lost', 'doubled', 'out of order', 'damaged', 'refused', 'dropped'];

/** The cells under `FAULT_TITLES`. Out of order is both: receivers that disagree, and publishers' own order broken. */
export function faultCells(results: PhaseResult[]): string[] {
  const total = (count: (result: PhaseResult) => number) => readable(sum(results.map(count)));
  return [
    total(({ faults }) => faults.lost),
    total(({ faults }) => faults.doubled + faults.phantom),
    total(({ faults }) => faults.disagreed + faults.inverted),
    total(({ faults }) => faults.damaged),
    total(({ refusals }) => sum(Object.values(refusals))),
    total(({ dropped }) => dropped),
  ];
}
