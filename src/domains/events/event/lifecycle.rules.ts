import type { EventStatus } from '../../../generated/prisma/enums.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { canEnd, canManage, canModerate, type Standing } from './policy.ts';

/**
 * Who may take an edge: `team` who manages the event, `owners` the host and co-hosts, `staff` who decides about other
 * people’s events, `clock` a job when its time has come.
 */
export type Mover = 'team' | 'owners' | 'staff' | 'clock';

interface Edge {
  from: readonly EventStatus[];
  to: EventStatus;
  by: readonly Mover[];
  /** The column that remembers when it happened. */
  stamp?: 'completedAt' | 'cancelledAt';
}

/**
 * The life of an event: every change of status there is. Each takes effect by one conditional update and is told by one
 * fact of its own (reports.ts); what is not in this table does not happen. Archiving and throwing a draft away are no
 * statuses but times of their own, see PARTINGS.
 */
export const EDGES = {
  submit: { from: ['DRAFT'], to: 'PENDING_REVIEW', by: ['team'] },
  withdraw: { from: ['PENDING_REVIEW'], to: 'DRAFT', by: ['team'] },
  reject: { from: ['PENDING_REVIEW'], to: 'DRAFT', by: ['staff'] },
  approve: { from: ['PENDING_REVIEW'], to: 'PUBLISHED', by: ['staff'] },
  publish: { from: ['DRAFT'], to: 'PUBLISHED', by: ['team'] },
  start: { from: ['PUBLISHED'], to: 'ONGOING', by: ['clock'] },
  complete: { from: ['ONGOING'], to: 'COMPLETED', by: ['team', 'clock'], stamp: 'completedAt' },
  postpone: { from: ['PUBLISHED'], to: 'POSTPONED', by: ['team'] },
  reschedule: { from: ['POSTPONED'], to: 'PUBLISHED', by: ['team'] },
  cancel: {
    from: ['PUBLISHED', 'ONGOING', 'POSTPONED'],
    to: 'CANCELLED',
    by: ['owners', 'staff'],
    stamp: 'cancelledAt',
  },
} as const satisfies Record<string, Edge>;

export type EdgeName = keyof typeof EDGES;

/** Whether somebody may take an edge, by the table of the event’s life. */
export const mayAdvance =
  (edge: EdgeName) =>
  (actor: Actor, { standing }: { standing: Pick<Standing, 'role'> }): boolean => {
    const by: readonly string[] = EDGES[edge].by;
    if (by.includes('team') && canManage(standing)) return true;
    if (by.includes('owners') && canEnd(standing)) return true;
    return by.includes('staff') && canModerate(actor);
  };

/** Ways out of sight, by the statuses they may be taken from. The status stays. */
export const PARTINGS = {
  archive: { from: ['COMPLETED', 'CANCELLED'], stamp: 'archivedAt' },
  delete: { from: ['DRAFT'], stamp: 'deletedAt' },
} as const satisfies Record<string, { from: readonly EventStatus[]; stamp: 'archivedAt' | 'deletedAt' }>;

export type PartingName = keyof typeof PARTINGS;

/** Statuses in which an event may still be edited. */
export const EDITABLE: readonly EventStatus[] = ['DRAFT', 'PENDING_REVIEW', 'PUBLISHED', 'ONGOING', 'POSTPONED'];
