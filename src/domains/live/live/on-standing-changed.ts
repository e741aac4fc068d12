import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { bookingCancelled, hostChanged, hostJoined, hostLeft, ticketTransferred } from '../../events/facts.ts';
import { findStage } from '../standing/standing.reads.ts';
import { tellStage } from '../tell-stage.ts';
import { changed } from './signals/contract.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/** Lets every node forget how people stand to a running stage who lost a ticket, or have another place in the team. */
export const onStandingChanged = ({ database, rooms }: Deps): Subscriber[] => {
  const forget = async (eventId: string, userIds: readonly string[], factId: string): Promise<void> => {
    const { status } = await findStage(database, eventId);
    if (userIds.length === 0 || (status !== 'OPEN' && status !== 'PAUSED')) return;
    const affects = [...new Set(userIds)];
    await tellStage(rooms, eventId, { id: `${factId}:stage`, signal: changed.name, data: { eventId }, affects });
  };
  return [
    subscribe({
      name: 'live.forgetTickets',
      fact: bookingCancelled,
      urgency: 'AT_ONCE',
      run: ({ eventId, userIds }, factId) => forget(eventId, userIds, factId),
    }),
    subscribe({
      name: 'live.forgetFormerHolder',
      fact: ticketTransferred,
      urgency: 'AT_ONCE',
      run: ({ eventId, fromUserId }, factId) => forget(eventId, fromUserId === null ? [] : [fromUserId], factId),
    }),
    ...[hostJoined, hostChanged, hostLeft].map((fact) =>
      subscribe({
        name: `live.forgetTeam.${fact.name}`,
        fact,
        urgency: 'AT_ONCE',
        run: ({ eventId, userId }, factId) => forget(eventId, [userId], factId),
      }),
    ),
  ];
};
