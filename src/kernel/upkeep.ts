/** Columns that are kept beside their source because counting each time would cost too much. */
export interface Recount {
  table: string;
  /** Columns of the primary key, in its order, with their types. */
  key: Record<string, string>;
  columns: string[];
  /** A SELECT over the row `kept` that gives the columns, by name, as they must be. */
  truth: string;
  /** SQL over `kept`: which rows are compared; all when absent. */
  only?: string;
  /** An INSERT of up to `$1` rows that are missing although their source has something, with zeros. */
  missing?: string;
  /** False where the database lets nobody but its own triggers write: a difference is then for a person to look into. */
  isRepaired?: false;
}

/** Rows that may go once they are old enough. */
export interface RetentionRule {
  /** What it says in logs and metrics. */
  name: string;
  table: string;
  /** How long they are kept past `where`. */
  keepDays: number;
  /** SQL over the table's row `kept`; `$1` is the moment before which they may go. */
  where: string;
  /** Columns to empty instead of deleting the row, as `SET` would have them. */
  empty?: string;
}

/** A number a day that the dashboard shows: the rows it counts, by which time. */
export interface DailyNumber {
  name: string;
  table: string;
  /** The column with the time by which a row is counted. */
  at: string;
  /** The column that is added up, by currency; rows are counted when absent. */
  sum?: string;
}

/** A column with the id of an uploaded file, which is kept while a row names it. */
export interface FileColumn {
  table: string;
  column: string;
  /** The column holds an array of ids, indexed by GIN. */
  isArray?: true;
  /** The file is proof of something: not even its owner may delete it. */
  isProof?: true;
}

/** Everything by which a domain's tables are kept in order. Pure data; what it leaves out it has none of. */
export interface Upkeep {
  recounts?: readonly Recount[];
  /** Kept columns and tables that are not compared, and why. */
  notRecounted?: Readonly<Record<string, string>>;
  retention?: readonly RetentionRule[];
  /**
   * Tables whose deleted rows go for good after a month. A row that something else must keep referring to stays: an event
   * with bookings, a comment with answers. Deleted is not hidden (`hidden_at`, by moderation), archived (`archived_at`, by
   * time) or erased (`erased_at`, by the person's right): those are left alone.
   */
  purged?: readonly string[];
  /** Tables with deleted rows that are never purged by age, and why. */
  notPurged?: Readonly<Record<string, string>>;
  /** What a deleted row that has to stay says instead, as `SET` would have it, by table. */
  emptied?: Readonly<Record<string, string>>;
  dailyNumbers?: readonly DailyNumber[];
  fileColumns?: readonly FileColumn[];
}

/** Puts the upkeep of several domains together, in their order. */
export const joinUpkeep = (parts: readonly Upkeep[]): Required<Upkeep> => ({
  recounts: parts.flatMap(({ recounts = [] }) => recounts),
  notRecounted: Object.assign({}, ...parts.map(({ notRecounted = {} }) => notRecounted)),
  retention: parts.flatMap(({ retention = [] }) => retention),
  purged: parts.flatMap(({ purged = [] }) => purged),
  notPurged: Object.assign({}, ...parts.map(({ notPurged = {} }) => notPurged)),
  emptied: Object.assign({}, ...parts.map(({ emptied = {} }) => emptied)),
  dailyNumbers: parts.flatMap(({ dailyNumbers = [] }) => dailyNumbers),
  fileColumns: parts.flatMap(({ fileColumns = [] }) => fileColumns),
});
