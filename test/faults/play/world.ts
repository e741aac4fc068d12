import { execFileSync } from 'node:child_process';
import { makeServerFolder } from '../../support/run-folder.ts';
import { currentRunFolder } from '../../support/run-in-progress.ts';
import { openStage, type Stage } from '../checkouts/stage.ts';
import { createTime, type Time } from '../checkouts/time.ts';
import type { Plan } from '../plan/plan.ts';
import { SHAPE } from '../plan/shape.ts';
import { type Chats, openChats } from './chats.ts';
import { createNetwork, type Network } from './network.ts';

/** How much is begun a second. */
export interface Rates {
  messages: number;
  checkouts: number;
}

/** What a plan is played on. */
export interface Setting {
  plan: Plan;
  rates: Rates;
  /** The build that runs; the project's own when absent. */
  program?: string | undefined;
  say: (line: string) => void;
}

/** What faults happen to. */
export interface World extends Setting {
  stage: Stage;
  time: Time;
  network: Network;
  /** Null in a scenario without messages. */
  chats: Chats | null;
  /** Where PostgreSQL keeps its data, when it is a small disk of its own. */
  smallDisk: string | null;
  close: () => Promise<void>;
}

/** Buyers made at most. */
const MAX_BUYERS = 30_000;
/** The traffic goes on after the plan until all flows again, on a busy machine for minutes. */
const AFTERWARDS_SECONDS = 600;
/** Several, for whoever changes a booking waits for whoever else does at the same event. */
const EVENTS = 5;
/** Buyers want two seats each on average. */
const ENOUGH_SEATS = 3;
/** Of the seats that are wanted while the plan lasts: most of the time there are none left. */
const SCARCE_SEATS = 0.5;
/** Most of it is PostgreSQL's log of changes, 1 GB at most before it is reused. */
const DISK_BYTES = 3 * 2 ** 30;

const salesOf = ({ scenario, seconds }: Plan, checkouts: number) => {
  if (scenario === 'chat') return { buyers: 1, seatsEach: ENOUGH_SEATS, events: 1 };
  const buyers = Math.min(MAX_BUYERS, Math.max(50, Math.ceil((seconds + AFTERWARDS_SECONDS) * checkouts)));
  const scarce = (SCARCE_SEATS * seconds) / (seconds + AFTERWARDS_SECONDS);
  return { buyers, seatsEach: scenario === 'on-sale' ? scarce : ENOUGH_SEATS, events: EVENTS };
};

/** Starts nodes and workers with servers of their own, a proxy between every two, events on sale, and chats. */
export const openWorld = async (setting: Setting): Promise<World> => {
  const { plan, rates, program } = setting;
  const smallDisk = plan.steps.some(({ fault }) => fault === 'disk-full') ? mountSmallDisk() : null;
  const network = createNetwork();
  let stage: Stage | undefined;
  let chats: Chats | null = null;
  const close = async (): Promise<void> => {
    chats?.close();
    await stage?.close();
    await network.close();
    if (smallDisk !== null) unmount(smallDisk);
  };
  try {
    stage = await openStage({
      ...salesOf(plan, rates.checkouts),
      nodes: SHAPE.nodes.length,
      workers: SHAPE.workers.length,
      through: network.through,
      ...(program === undefined ? {} : { program }),
      ...(smallDisk === null ? {} : { postgresFolder: smallDisk }),
    });
    chats = plan.scenario === 'on-sale' ? null : await openChats(stage, rates.messages);
    return { ...setting, stage, time: createTime(stage), network, chats, smallDisk, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** @throws Error when the system does not let us: mounting is root's */
const mountSmallDisk = (): string => {
  const folder = makeServerFolder(currentRunFolder(), 'postgres');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=755`, 'tmpfs', folder], { stdio: 'pipe' });
  return folder;
};

/** Lazily, for a server that is being killed may still have files open. */
const unmount = (folder: string): void => {
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
};
