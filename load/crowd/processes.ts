import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Person } from '../adapter.ts';
import { type Options, USERS_PER_PROCESS } from '../options.ts';
import type { Plan } from '../scenarios/scenario.ts';
import type { Closing, Order, Tick, Word } from './messages.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** The part of a run that one process makes. */
interface Part {
  people: Person[];
  plan: Plan;
}

/** Cuts a plan into parts of at most 5,000 people, or as many as the largest room has. Rooms stay whole. */
export const partsOf = (people: readonly Person[], plan: Plan): Part[] => {
  const groups =
    plan.rooms.length > 0 ? plan.rooms.map(({ members }) => members) : people.map((_person, place) => [place]);
  const parts: { places: number[]; rooms: number[] }[] = [{ places: [], rooms: [] }];
  for (const [room, members] of groups.entries()) {
    if ((parts.at(-1)?.places.length ?? 0) + members.length > USERS_PER_PROCESS) parts.push({ places: [], rooms: [] });
    parts.at(-1)?.places.push(...members);
    parts.at(-1)?.rooms.push(room);
  }
  return parts
    .filter(({ places }) => places.length > 0)
    .map(({ places, rooms }) => {
      const placeOf = new Map(places.map((place, index) => [place, index]));
      const own = plan.rooms.length === 0 ? [] : rooms.flatMap((room) => plan.rooms[room] ?? []);
      return {
        people: places.flatMap((place) => people[place] ?? []),
        plan: {
          ...plan,
          rooms: own.map(({ id, members }) => ({ id, members: members.map((place) => placeOf.get(place) ?? 0) })),
        },
      };
    });
};

export interface Listeners {
  onTick: (part: number, tick: Tick) => void;
}

/** The processes of a run. */
export interface Processes {
  count: number;
  /** What was wrong in each, once all have ended. @throws Error when one ended without a word */
  closings: Promise<Closing[]>;
  /** Has them end in order: nothing new is sent, what is under way is waited for. */
  end: () => void;
  kill: () => void;
}

/** Starts a process for each part. */
export const startProcesses = (parts: Part[], options: Options, { onTick }: Listeners): Processes => {
  const children: ChildProcess[] = [];
  const closings = parts.map(
    ({ people, plan }, part) =>
      new Promise<Closing>((resolve, reject) => {
        const child = fork(MAIN, { execArgv: ['--import', 'tsx', '--max-semi-space-size=64'] });
        children.push(child);
        child.on('message', (word: Word) => {
          if (word.kind === 'failed') return reject(new Error(word.reason));
          onTick(part, word.tick);
          if (word.kind === 'closing') resolve(word.closing);
        });
        child.once('exit', (code) => reject(new Error(`a process of the load tool ended with ${code}`)));
        child.send({ kind: 'begin', options, people, plan, part, seed: options.seed * 1_000 + part } satisfies Order);
      }),
  );
  return {
    count: parts.length,
    closings: Promise.all(closings),
    end: () => {
      for (const child of children) if (child.connected) child.send({ kind: 'end' } satisfies Order);
    },
    kill: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
};
