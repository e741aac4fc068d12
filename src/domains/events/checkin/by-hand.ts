import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canSupervise } from '../door/policy.ts';
import { answerScans } from './answer.steps.ts';
import { byHand } from './contract.ts';
import { listMeant, shareScanned } from './door.steps.ts';
import { recordScans } from './record.steps.ts';
import { takenId } from './scan.ts';
import { arriveOnline } from './scan-online.steps.ts';
import { doorFor } from './subject.steps.ts';

/** Scans a ticket whose holder has no code with them. All rules of the door hold but the code's own. */
export const scanByHand = () =>
  commit(byHand, {
    load: ({ eventId }, { tx, actor }) => doorFor(tx, eventId, actor),
    allow: (_actor, { keeper }) => canSupervise(keeper),
    run: async (input, { door, keeper }, { tx, actor, record, audit, now }) => {
      const { eventId, admissionId, scanId, kind, reason } = input;
      const list = listMeant(door, input.listId, keeper.device);
      if (!list) throw invalidField('listId', 'is no list of this event');
      const shared = await shareScanned(tx, eventId, [admissionId]);
      const ticket = shared.tickets.get(admissionId);
      if (!ticket) throw new AppError('NOT_FOUND', 'There is no such thing, or not for you.');
      const arrived = arriveOnline(door, shared, {
        ...{ scanId, list, keeper, kind, at: now, reason, hasProof: true },
        ...{ actorId: actor.userId, deviceName: input.deviceId ?? actor.sessionId, gate: input.gate ?? null },
        code: { decoded: null, shown: { eventId, generation: ticket.generation, isSigned: true }, admissionId },
      });
      const recorded = await recordScans({ tx, record, event: door.event, lists: door.lists, ...shared }, [arrived]);
      const [answer] = await answerScans(tx, eventId, {
        ...{ recorded, tickets: shared.tickets },
        asked: [{ scanId, list }],
      });
      if (!answer || recorded.scans.get(scanId)?.eventId !== eventId) throw takenId();
      audit({
        targetType: 'ticket',
        targetId: admissionId,
        after: { eventId, scanId, outcome: answer.outcome, reason },
      });
      return answer;
    },
  });
