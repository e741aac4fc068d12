import type { Person } from '../adapter.ts';
import type { Room } from '../generator/room.ts';
import type { Session } from '../generator/session.ts';

/** One user of this process. */
export interface Member {
  person: Person;
  /** Null before they come, and after they were cut off for good. */
  session: Session | null;
  /** Where they sit: at most one room. */
  seat: { room: Room; index: number } | null;
  /** Where their room's log was when they last heard of it. */
  position: unknown;
  /** They are connecting now. */
  isComing: boolean;
  /** Calls that are answered by nobody when the connection ends. */
  waiting: Set<() => void>;
}
