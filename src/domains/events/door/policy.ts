import { canManage as canManageBy, canScan as canScanBy, canSeeAttendees } from '../event/policy.ts';
import type { Keeper } from './keeper.reads.ts';

type Asking = Pick<Keeper, 'role' | 'device'>;

/** Belongs to the door: a member of the team, or a device that was enrolled for the event, whatever became of it. */
export const standsAtDoor = ({ role, device }: Asking): boolean =>
  canScanBy({ role }) || (device !== null && device.status !== 'INVITED');

/** Scans at a connected door: a device that was lost, revoked or has expired does not. */
export const canScan = ({ role, device }: Asking, now: Date): boolean =>
  canScanBy({ role }) || (device !== null && isActive(device, now));

/** Takes scans back. */
export const canUndo = ({ role, device }: Asking, now: Date): boolean =>
  canSeeAttendees({ role }) || (device !== null && device.scope === 'SUPERVISE' && isActive(device, now));

/** Looks people up, lets them in by hand, and reads the log. */
export const canSupervise = ({ role }: Pick<Asking, 'role'>): boolean => canSeeAttendees({ role });

/** Decides about lists and devices. */
export const canManage = ({ role }: Pick<Asking, 'role'>): boolean => canManageBy({ role });

/** Whether what a device says changes anything. */
export const isTrusted = ({ device }: Pick<Asking, 'device'>): boolean => device === null || device.status === 'ACTIVE';

const isActive = ({ status, expiresAt }: NonNullable<Keeper['device']>, now: Date): boolean =>
  status === 'ACTIVE' && (expiresAt === null || now < expiresAt);
