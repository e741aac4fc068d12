import { until } from '../../support/until.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

type Victim = 'worker' | 'node' | 'postgres';

const VICTIMS: readonly Victim[] = ['worker', 'node', 'postgres'];

/** How often each was killed. */
export type Kills = Record<Victim, number>;

interface KillPlan {
  random: Random;
  /** Answers that buyers have heard so far. */
  answers: () => number;
  /** Answers between two kills, on average. */
  apart: number;
  isOver: () => boolean;
}

/**
 * Kills one after the other, each of them in turn but in any order, and starts it again at once. Its moments are counted
 * in answers, so that there is always work under way; each round kills everything once.
 */
export const killUntilOver = async (stage: Stage, { random, answers, apart, isOver }: KillPlan): Promise<Kills> => {
  const kills: Kills = { worker: 0, node: 0, postgres: 0 };
  while (!isOver()) {
    for (const victim of shuffled(VICTIMS, random)) {
      const goal = answers() + 1 + Math.floor(apart / 2) + random.below(apart);
      await until(() => isOver() || answers() >= goal, { withinMs: 180_000, what: 'more answers between two kills' });
      const process = processOf(stage, victim, random);
      await process.kill();
      kills[victim] += 1;
      await process.restart();
    }
  }
  return kills;
};

const processOf = ({ cluster, postgres }: Stage, victim: Victim, random: Random) => {
  if (victim === 'postgres') return postgres;
  const among = victim === 'worker' ? cluster.workers : cluster.nodes;
  const chosen = among[random.below(among.length)];
  if (!chosen) throw new Error(`there is no ${victim}`);
  return chosen;
};

const shuffled = <T>(all: readonly T[], random: Random): T[] => {
  const left = [...all];
  return all.flatMap(() => left.splice(random.below(left.length), 1));
};
