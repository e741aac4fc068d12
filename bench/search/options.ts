import { parseArgs } from 'node:util';

/** What to fill the database with, and how long to ask it. */
export interface SearchOptions {
  events: number;
  messages: number;
  /** Searches of each kind with their index. */
  samples: number;
  /** And without it: these take seconds each. */
  slowSamples: number;
  /** A folder that keeps the filled database for the next run; else it is thrown away. */
  folder: string | null;
}

export const SEARCH_USAGE = `npm run bench -- search [options]

  --events N, --messages N   rows to search through (1000000 each)
  --samples N                searches of each kind (200)
  --slow-samples N           of them repeated without the index (12)
  --folder PATH              keep the filled database there, or go on with the one that is there`;

/** Reads the command line. @throws Error that says which argument is wrong */
export function readSearchOptions(args: string[]): SearchOptions {
  const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
  const { values } = parseArgs({
    args,
    options: {
      events: number('1000000'),
      messages: number('1000000'),
      samples: number('200'),
      'slow-samples': number('12'),
      folder: { type: 'string' },
    },
  });
  return {
    events: positive('--events', values.events),
    messages: positive('--messages', values.messages),
    samples: positive('--samples', values.samples),
    slowSamples: positive('--slow-samples', values['slow-samples']),
    folder: values.folder ?? null,
  };
}

function positive(flag: string, given: string): number {
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${flag} takes a positive whole number, not "${given}"`);
}
