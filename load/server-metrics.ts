/** A line of the server's own metrics over the run. */
export interface MetricLine {
  name: string;
  unit: string;
  values: (number | null)[];
}

interface Wanted {
  name: string;
  unit: string;
  /** How the samples of one scrape become one number; null when they are not there. */
  read: (samples: Sample[]) => number | null;
}

interface Sample {
  name: string;
  labels: string;
  value: number;
}

const largest = (samples: Sample[], name: string, scale = 1): number | null => {
  const values = samples.filter((sample) => sample.name === name).map(({ value }) => value * scale);
  return values.length === 0 ? null : Math.max(...values);
};

/** What an operator looks at first. */
const WANTED: Wanted[] = [
  {
    name: 'event loop delay p99',
    unit: 'ms',
    read: (samples) => largest(samples, 'nodejs_eventloop_lag_p99_seconds', 1_000),
  },
  { name: 'persist lag', unit: 's', read: (samples) => largest(samples, 'rally_persist_lag_seconds') },
  {
    name: 'memory of a process',
    unit: 'MB',
    read: (samples) => largest(samples, 'process_resident_memory_bytes', 1e-6),
  },
  { name: 'Redis memory share', unit: '0–1', read: (samples) => largest(samples, 'rally_redis_memory_share') },
];

/** Reads the server's metrics, where it lets this machine. */
export interface MetricsReader {
  read: () => Promise<void>;
  /** Null where it never answered with what is wanted. */
  lines: () => MetricLine[] | null;
}

const TIMEOUT_MS = 900;

export const createMetricsReader = (url: string): MetricsReader => {
  const lines = WANTED.map(({ name, unit, read }) => ({ name, unit, read, values: [] as (number | null)[] }));
  return {
    read: async () => {
      const samples = await scrape(url);
      for (const line of lines) line.values.push(samples === null ? null : line.read(samples));
    },
    lines: () => {
      const told = lines.filter(({ values }) => values.some((value) => value !== null));
      return told.length === 0 ? null : told.map(({ name, unit, values }) => ({ name, unit, values }));
    },
  };
};

/** The text format of Prometheus, version 0.0.4. */
const scrape = async (url: string): Promise<Sample[] | null> => {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return null;
    const text = await response.text();
    return text.split('\n').flatMap((line) => {
      const matched = /^([a-zA-Z_:][\w:]*)(\{.*\})? ([^ ]+)$/.exec(line);
      return matched ? [{ name: matched[1] ?? '', labels: matched[2] ?? '', value: Number(matched[3]) }] : [];
    });
  } catch {
    return null;
  }
};
