import { type Actor, isStaff as worksHere } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { isBlockedFor } from '../../identity/api.ts';
import { STRANGER, type Standing, type TeamRole } from './policy.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

interface Row {
  role: TeamRole | null;
  is_invited: boolean;
  is_admitted: boolean;
  holds_ticket: boolean;
  is_waiting: boolean;
  follows_host: boolean;
  is_blocked: boolean;
}

/** How somebody stands to an event; a stranger when there is no such event. */
export const findStanding = async (
  reader: Reader,
  eventId: string,
  actor: Pick<Actor, 'userId' | 'role'> | null,
): Promise<Standing> => {
  if (!actor) return STRANGER;
  const { userId } = actor;
  const [row] = await reader.$queryRaw<Row[]>`
    SELECT
      CASE WHEN e.host_id = ${userId}::uuid THEN 'OWNER' WHEN h.accepted_at IS NOT NULL THEN h.role::text END AS role,
      h.user_id IS NOT NULL AND h.accepted_at IS NULL AS is_invited,
      EXISTS (SELECT FROM event_participants AS p
        WHERE p.event_id = e.id AND p.user_id = ${userId}::uuid AND p.status = 'ISSUED') AS is_admitted,
      EXISTS (SELECT FROM event_participants AS p
        WHERE p.event_id = e.id AND p.user_id = ${userId}::uuid AND p.status IN ('RESERVED', 'ISSUED'))
      OR EXISTS (SELECT FROM bookings AS b
        WHERE b.event_id = e.id AND b.user_id = ${userId}::uuid
          AND b.status IN ('REQUESTED', 'HELD', 'AWAITING_PAYMENT', 'CONFIRMED')) AS holds_ticket,
      EXISTS (SELECT FROM waitlists AS w
        WHERE w.event_id = e.id AND w.user_id = ${userId}::uuid AND w.status IN ('WAITING', 'OFFERED')) AS is_waiting,
      EXISTS (SELECT FROM follows AS f
        WHERE f.follower_id = ${userId}::uuid AND f.followee_id = e.host_id) AS follows_host,
      ${isBlockedFor('e.host_id', userId)} AS is_blocked
    FROM events AS e
    LEFT JOIN event_hosts AS h ON h.event_id = e.id AND h.user_id = ${userId}::uuid
    WHERE e.id = ${eventId}::uuid`;
  const isStaff = worksHere(actor);
  if (!row) return { ...STRANGER, isStaff };
  return {
    role: row.role,
    isInvited: row.is_invited,
    isAdmitted: row.is_admitted,
    holdsTicket: row.holds_ticket,
    isWaiting: row.is_waiting,
    followsHost: row.follows_host,
    isBlocked: row.is_blocked,
    isStaff,
  };
};
