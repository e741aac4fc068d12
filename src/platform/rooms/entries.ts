import type { RoomEntry } from '../../kernel/domain.ts';
import type { Draft } from './log.ts';

/** An entry as the log holds it: the body stays encoded, for most entries are only passed on. */
export interface LogEntry {
  seq: number;
  atMs: number;
  /** 0 for entries that do not count. */
  ordinal: number;
  /** The JSON fields `signal`, `by` and `data`, without the braces. */
  body: string;
  /** JSON for the persister, '' for none. */
  hidden: string;
  /** Users whose standing in the room changed. */
  affects: string[];
  /** Users who stop receiving the room after this entry. */
  evicts: string[];
}

export const encodeBody = ({ signal, by, data }: Draft): string => {
  const actor = by === undefined ? '' : `"by":"${by}",`;
  return `"signal":"${signal}",${actor}"data":${JSON.stringify(data)}`;
};

/** The entry as clients get it, `{ seq, signal, at, by?, ordinal?, data }`. */
export const encodeEntry = ({ seq, atMs, ordinal, body }: LogEntry): string => {
  const count = ordinal === 0 ? '' : `"ordinal":${ordinal},`;
  return `{"seq":${seq},"at":"${new Date(atMs).toISOString()}",${count}${body}}`;
};

export const decodeEntry = ({ seq, atMs, ordinal, body, hidden }: LogEntry): RoomEntry => {
  // Safe: bodies are written by `encodeBody` alone.
  const { signal, by, data } = JSON.parse(`{${body}}`) as { signal: string; by?: string; data: unknown };
  return {
    seq,
    signal,
    atMs,
    ordinal,
    data,
    ...(by === undefined ? {} : { by }),
    ...(hidden === '' ? {} : { hidden: JSON.parse(hidden) as unknown }),
  };
};

const users = (list: string | undefined): string[] => (list ? list.split(',') : []);

/** Reads what XRANGE answers: `[id, [field, value, …]]`. */
export const fromStream = ([id, fields]: [string, string[]]): LogEntry => {
  const values = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += 2) values.set(fields[i] ?? '', fields[i + 1] ?? '');
  return {
    seq: Number(id.slice(0, id.indexOf('-'))),
    atMs: Number(values.get('t')),
    ordinal: Number(values.get('o')),
    body: values.get('e') ?? '',
    hidden: values.get('h') ?? '',
    affects: users(values.get('a')),
    evicts: users(values.get('v')),
  };
};

/** What nodes hear: an entry with the room's epoch and durable watermark, or the watermark alone. */
export interface Publication {
  epoch: string;
  durable: number;
  entry?: LogEntry;
}

/** Reads `seq|epoch|at|ordinal|durable|affects|evicts|body`; seq 0 announces the watermark alone. */
export const fromPublication = (message: string): Publication => {
  const head: string[] = [];
  let from = 0;
  for (let field = 0; field < 7; field += 1) {
    const to = message.indexOf('|', from);
    head.push(message.slice(from, to));
    from = to + 1;
  }
  const [seq, epoch = '', at, ordinal, durable, affects, evicts] = head;
  const publication = { epoch, durable: Number(durable) };
  if (seq === '0') return publication;
  const entry: LogEntry = {
    seq: Number(seq),
    atMs: Number(at),
    ordinal: Number(ordinal),
    body: message.slice(from),
    hidden: '',
    affects: users(affects),
    evicts: users(evicts),
  };
  return { ...publication, entry };
};
