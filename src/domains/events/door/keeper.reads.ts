import { type Actor, isDevice } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { TeamRole } from '../event/policy.ts';

type Reader = Pick<Transaction, '$queryRaw' | 'scannerDevice'>;

/** An enrolled device of an event. */
export interface KeeperDevice {
  id: string;
  status: 'INVITED' | 'ACTIVE' | 'LOST' | 'REVOKED';
  scope: 'SCAN' | 'SUPERVISE';
  listId: string | null;
  gate: string | null;
  expiresAt: Date | null;
}

/** Somebody, or something, that may stand at an event's doors. */
export interface Keeper {
  /** The person's place in the team; null for a device, and for a stranger. */
  role: TeamRole | null;
  /** Null for a person. */
  device: KeeperDevice | null;
}

const DEVICE = { id: true, status: true, scope: true, listId: true, gate: true, expiresAt: true } as const;
const STRANGER: Keeper = { role: null, device: null };

/** Tells of each of these actors which place at an event's doors they have, in their order. */
export const keepersOf = async (
  reader: Reader,
  eventId: string,
  actors: readonly Pick<Actor, 'userId' | 'role'>[],
): Promise<Keeper[]> => {
  const people = [...new Set(actors.filter((actor) => !isDevice(actor)).map(({ userId }) => userId))];
  const devices = [...new Set(actors.filter(isDevice).map(({ userId }) => userId))];
  const keepers = new Map<string, Keeper>([
    ...(people.length > 0 ? await teamOf(reader, eventId, people) : []),
    ...(devices.length > 0 ? await devicesOf(reader, eventId, devices) : []),
  ]);
  return actors.map(({ userId }) => keepers.get(userId) ?? STRANGER);
};

/** `keepersOf` for one. */
export const keeperOf = async (
  reader: Reader,
  eventId: string,
  actor: Pick<Actor, 'userId' | 'role'>,
): Promise<Keeper> => (await keepersOf(reader, eventId, [actor]))[0] ?? STRANGER;

const teamOf = async (reader: Reader, eventId: string, userIds: string[]): Promise<[string, Keeper][]> => {
  const rows = await reader.$queryRaw<{ userId: string; role: TeamRole }[]>`
    SELECT person.id AS "userId", CASE WHEN event.host_id = person.id THEN 'OWNER' ELSE member.role::text END AS role
    FROM unnest(${userIds}::uuid[]) AS person (id)
    JOIN events AS event ON event.id = ${eventId}::uuid AND event.deleted_at IS NULL
    LEFT JOIN event_hosts AS member
      ON member.event_id = event.id AND member.user_id = person.id AND member.accepted_at IS NOT NULL
    WHERE event.host_id = person.id OR member.user_id IS NOT NULL`;
  return rows.map(({ userId, role }) => [userId, { role, device: null }]);
};

const devicesOf = async (reader: Reader, eventId: string, ids: string[]): Promise<[string, Keeper][]> => {
  const rows = await reader.scannerDevice.findMany({ where: { eventId, id: { in: ids } }, select: DEVICE });
  return rows.map((device) => [device.id, { role: null, device }]);
};
