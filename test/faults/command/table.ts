import type { FaultName } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { Outcome } from '../play/play.ts';

/** A plan and what became of it. */
export interface Played {
  plan: Plan;
  outcome: Outcome;
}

const COLUMNS = ['seed', 'faults', 'acknowledged', 'lost', 'doubled', 'checkouts', 'owed', 'verdict'] as const;

/** How often each fault happened, in a line. */
export const inWords = (counts: Partial<Record<FaultName, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const rowOf = ({ plan, outcome }: Played): string[] => {
  const { messages, checkouts, findings, marks } = outcome;
  const happened = marks.filter(({ effect }) => effect > 0).length;
  const verdict = findings.length === 0 ? 'green' : `${findings.length} found`;
  const counts = [happened, messages.acknowledged, messages.lost, messages.doubled, checkouts.ended, checkouts.owed];
  return [plan.seed, ...counts, verdict].map(String);
};

/** Lines that say what each plan came to. */
export const tableOf = (played: readonly Played[]): string[] =>
  [[...COLUMNS], ...played.map(rowOf)].map((cells) =>
    cells.map((cell, place) => cell.padStart((COLUMNS[place]?.length ?? 0) + 3)).join(''),
  );
