type Status = 'UPCOMING' | 'OPEN' | 'PAUSED' | 'ENDED';

/** The changes that a stage in each status allows. */
export type StageMove = 'open' | 'pause' | 'close';

const FROM: Record<StageMove, readonly Status[]> = {
  open: ['UPCOMING', 'PAUSED'],
  pause: ['OPEN'],
  close: ['UPCOMING', 'OPEN', 'PAUSED'],
};
const TO: Record<StageMove, Status> = { open: 'OPEN', pause: 'PAUSED', close: 'ENDED' };

/** The status after a move; the same one when it has been made already, null when it cannot be made. */
export const afterMove = (status: Status, move: StageMove): Status | null => {
  if (status === TO[move] || FROM[move].includes(status)) return TO[move];
  return null;
};

/** Statuses of an event whose stage may be opened. */
const STAGED: ReadonlySet<string> = new Set(['PUBLISHED', 'ONGOING']);

/** Whether the stage of an event with this status may be opened. */
export const mayOpen = (eventStatus: string): boolean => STAGED.has(eventStatus);
