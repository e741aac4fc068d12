import { createAsking } from '../checkouts/asking.ts';
import { buy, type Told } from '../checkouts/buyer.ts';
import { createRandom } from '../checkouts/random.ts';
import type { Stage } from '../checkouts/stage.ts';
import type { Time } from '../checkouts/time.ts';

/** Buyers under way at most; beyond it the next wait for one to go. */
const MAX_OPEN = 400;
/** A buyer asks through the longest outage. */
const MAX_ASKED = 5_000;

/** Checkouts that are begun at a steady rate. */
export interface Sales {
  told: Told[];
  /** What was answered with a fault of the server, and buyers whom nobody answered. */
  failures: string[];
  answers: () => number;
  /** How often buyers were told to ask again, or told nothing, by code. */
  again: Record<string, number>;
  /** Begins no more, and waits for the buyers who are under way. */
  finish: () => Promise<void>;
}

interface SalesPlan {
  stage: Stage;
  time: Time;
  /** Checkouts begun a second. */
  perSecond: number;
  seed: number;
}

export const startSales = ({ stage, time, perSecond, seed }: SalesPlan): Sales => {
  const told: Told[] = [];
  const failures: string[] = [];
  const open = new Set<Promise<void>>();
  const again: Record<string, number> = {};
  let answers = 0;
  let begun = 0;
  const [one = '', two = ''] = stage.cluster.nodes.map(({ url }) => url);

  const serve = async (userId: string, place: number): Promise<void> => {
    // Its own for each, so that the plans of a seed do not depend on who is faster.
    const random = createRandom(seed * 100_003 + place);
    const asking = createAsking({
      nodeUrls: [one, two],
      token: await stage.tokenOf(userId),
      random,
      maxAsked: MAX_ASKED,
      onAnswer: ({ status, body }, path) => {
        answers += 1;
        if (status >= 500) failures.push(`${path} ${JSON.stringify(body)}`);
      },
      onAgain: (code) => {
        again[code] = (again[code] ?? 0) + 1;
      },
    });
    const sale = random.pick(stage.sales);
    told.push(await buy({ userId, asking, random, sale, endHold: time.endHolds }));
  };

  const startedAtMs = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAtMs) * perSecond) / 1_000);
    while (begun < due && open.size < MAX_OPEN) {
      const userId = stage.buyers[begun];
      if (userId === undefined) return;
      const sale = serve(userId, begun)
        .catch((error: unknown) => void failures.push(String(error)))
        .finally(() => open.delete(sale));
      open.add(sale);
      begun += 1;
    }
  }, 100);
  const resting = setInterval(() => void time.letRest(), 3_000);

  return {
    told,
    failures,
    answers: () => answers,
    again,
    finish: async () => {
      clearInterval(timer);
      await Promise.all(open);
      clearInterval(resting);
    },
  };
};
