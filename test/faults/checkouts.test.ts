import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '../../src/domains/payments/ledger/verify/verify-books.ts';
import { verifyAudit } from '../../src/platform/audit/verify-audit.ts';
import { createAsking, type Reply } from './checkouts/asking.ts';
import { buy, type Told } from './checkouts/buyer.ts';
import { contradictions } from './checkouts/contradictions.ts';
import { killUntilOver } from './checkouts/kills.ts';
import { untilQuiet } from './checkouts/quiet.ts';
import { createRandom } from './checkouts/random.ts';
import { openStage, type Stage } from './checkouts/stage.ts';
import { CALM, setSwitches, TROUBLE } from './checkouts/switches.ts';
import { compareSandbox, compareTold, totals } from './checkouts/tally.ts';
import { createTime, type Time } from './checkouts/time.ts';

/** `CHECKOUTS=2000` for the full size, `CHECKOUTS_SEED` to repeat a run's plans. */
const CHECKOUTS = Number(process.env.CHECKOUTS ?? 40);
const SEED = Number(process.env.CHECKOUTS_SEED ?? Math.floor(Math.random() * 1_000_000));
/** Buyers under way at the same time. */
const AT_ONCE = 24 + Math.floor(CHECKOUTS / 50);
/** Answers between two kills: some nine kills in a run of the suite, some thirty at the full size. */
const ANSWERS_APART = Math.min(Math.ceil(CHECKOUTS * 0.38), 30 + Math.floor(CHECKOUTS / 12));

const say = (line: string): void => void process.stdout.write(`checkouts: ${line}\n`);

let stage: Stage;
let time: Time;

beforeAll(async () => {
  stage = await openStage({ buyers: CHECKOUTS });
  time = createTime(stage);
}, 120_000);

afterAll(() => stage?.close(), 60_000);

/** All buyers, some at a time, while things are killed and time passes. */
const sellOut = async (onAnswer: (reply: Reply, path: string) => void): Promise<Told[]> => {
  const [one = '', two = ''] = stage.cluster.nodes.map(({ url }) => url);
  const waiting = stage.buyers.map((userId, place) => ({ userId, place }));
  const told: Told[] = [];
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { userId, place } = next;
      // Its own for each, so that the plans of a seed do not depend on who is faster.
      const random = createRandom(SEED * 100_003 + place);
      const asking = createAsking({ nodeUrls: [one, two], token: await stage.tokenOf(userId), random, onAnswer });
      const [sale] = stage.sales;
      told.push(await buy({ userId, asking, random, sale, endHold: time.endHolds }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, serve));
  return told;
};

test(
  'every sale is paid, confirmed and counted once, or paid back, whatever is killed and whatever webhooks do',
  async () => {
    say(`${CHECKOUTS} buyers, CHECKOUTS_SEED=${SEED}`);
    await setSwitches(stage, TROUBLE);
    const failures: string[] = [];
    let answers = 0;
    let isOver = false;
    const resting = setInterval(() => void time.letRest(), 3_000);
    const selling = sellOut((reply, path) => {
      answers += 1;
      if (answers % 500 === 0) say(`${answers} answers`);
      if (reply.status >= 500) failures.push(`${path} ${JSON.stringify(reply.body)}`);
    }).finally(() => {
      isOver = true;
    });
    const random = createRandom(SEED);
    const [told, kills] = await Promise.all([
      selling,
      killUntilOver(stage, { random, answers: () => answers, apart: ANSWERS_APART, isOver: () => isOver }),
    ]).finally(() => clearInterval(resting));
    say(`${answers} answers, killed ${JSON.stringify(kills)}; waiting until all is quiet`);
    await setSwitches(stage, CALM);
    await untilQuiet(stage, time, 120_000 + CHECKOUTS * 100);

    const { database } = stage;
    say(JSON.stringify({ answers, kills, ...(await totals(stage, told)) }));
    expect(failures).toEqual([]);
    expect(await contradictions(database)).toEqual([]);
    expect(await compareTold(database, told)).toEqual([]);
    expect(await compareSandbox(stage)).toEqual([]);
    const books = await database.$transaction((tx) => verifyBooks(tx), {
      isolationLevel: 'RepeatableRead',
      timeout: 60_000,
    });
    expect(books).toMatchObject({ breaks: [], stoppedEarly: false });
    expect(books.entries).toBeGreaterThan(CHECKOUTS);
    const audit = { database, folder: stage.auditFolder, publicKeys: [], onProgress: () => undefined };
    const { findings, rows } = await verifyAudit(audit);
    expect(findings).toEqual([]);
    expect(rows).toBeGreaterThan(BigInt(CHECKOUTS));
    expect(Math.min(...Object.values(kills))).toBeGreaterThanOrEqual(2);
  },
  240_000 + CHECKOUTS * 2_000,
);
