import { invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canScan } from '../door/policy.ts';
import { answerScans } from './answer.steps.ts';
import { party } from './contract.ts';
import { companionsOf } from './door.reads.ts';
import { listMeant, readCodes, shareScanned } from './door.steps.ts';
import { recordScans } from './record.steps.ts';
import { takenId } from './scan.ts';
import { arriveOnline } from './scan-online.steps.ts';
import { doorFor } from './subject.steps.ts';

/** Lets companions in by the code of one of them. A code that is not good lets nobody in, and each scan says why. */
export const scanParty = () =>
  commit(party, {
    load: ({ eventId }, { tx, actor }) => doorFor(tx, eventId, actor),
    allow: (_actor, { door, keeper }) => canScan(keeper, door.event.now),
    run: async ({ eventId, code, scans, listId, deviceId, gate }, { door, keeper }, { tx, actor, record, now }) => {
      const list = listMeant(door, listId, keeper.device);
      if (!list) throw invalidField('listId', 'is no list of this event');
      const [read] = await readCodes(tx, eventId, [code]);
      if (!read) throw new Error('one code was read, and none came back');
      const wanted = scans.map(({ admissionId }) => admissionId);
      const shared = await shareScanned(tx, eventId, [read.admissionId, ...wanted]);
      const bookingId = shared.tickets.get(read.admissionId ?? '')?.bookingId ?? null;
      const companions = new Set((await companionsOf(tx, bookingId === null ? [] : [bookingId])).map(({ id }) => id));
      const arrived = scans.map(({ admissionId, scanId }) => {
        const isCompanion = companions.has(admissionId);
        const generation = shared.tickets.get(admissionId)?.generation ?? 0;
        return arriveOnline(door, shared, {
          ...{ scanId, list, keeper, kind: 'ENTRY', at: now, reason: null },
          ...{ actorId: actor.userId, deviceName: deviceId ?? actor.sessionId, gate: gate ?? null },
          // The code that was shown must be good itself; its companions stand behind it.
          code: codeFor(read, isCompanion && read.admissionId !== null, { admissionId, generation }),
          hasProof: !list.requireProof,
        });
      });
      const recorded = await recordScans({ tx, record, event: door.event, lists: door.lists, ...shared }, arrived);
      const asked = scans.map(({ scanId }) => ({ scanId, list }));
      const answers = await answerScans(tx, eventId, { recorded, asked, tickets: shared.tickets });
      return {
        scans: answers.map((answer) => {
          if (!answer || recorded.scans.get(answer.scanId)?.eventId !== eventId) throw takenId();
          return answer;
        }),
      };
    },
  });

type Read = Awaited<ReturnType<typeof readCodes>>[number];

/**
 * Gives a companion the part of a code: the code that was shown vouches for their own ticket. For somebody who is no companion
 * it gives that code without a ticket.
 */
const codeFor = (
  read: Read,
  isVouchedFor: boolean,
  { admissionId, generation }: { admissionId: string; generation: number },
): Read => {
  if (!isVouchedFor || !read.shown) return { ...read, admissionId: null };
  if (read.admissionId === admissionId) return read;
  return { decoded: null, shown: { ...read.shown, generation }, admissionId };
};
