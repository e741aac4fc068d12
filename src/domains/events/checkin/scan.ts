import type { InputOf } from '../../../kernel/contract.ts';
import { type AppError, invalidField } from '../../../kernel/errors.ts';
import type { GroupedCall, Handler } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commitTogether } from '../../../platform/db/commit.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { type Keeper, keepersOf } from '../door/keeper.reads.ts';
import { canScan, standsAtDoor } from '../door/policy.ts';
import { gateKeyOf } from '../ticket/gate-key.reads.ts';
import { isProof, proofSecret } from '../ticket/proof.rules.ts';
import { answerScans } from './answer.steps.ts';
import { scan } from './contract.ts';
import type { ListRow } from './door.reads.ts';
import { listMeant, type OpenDoor, openDoor, type ReadCode, readCodes, shareScanned } from './door.steps.ts';
import { recordScans } from './record.steps.ts';
import { arriveOnline, type OnlineScan } from './scan-online.steps.ts';

interface Deps {
  sealing: Pick<Sealing, 'open'>;
}

interface Subject {
  door: OpenDoor;
  keeper: Keeper;
  /** Null for a list that the event does not have. */
  list: ListRow | null;
}

type Calls = readonly (GroupedCall<typeof scan> & { subject: Subject })[];

/**
 * Scans codes at a connected door. Calls for one event are decided together, so that fifty doors cost some dozen transactions
 * a second; which of several scans of one ticket is the first is decided under the lock of its state.
 */
export const scanCode = ({ sealing }: Deps): Handler =>
  commitTogether<typeof scan, Subject>(scan, {
    load: async (calls, { tx }) => {
      const eventId = calls[0]?.input.eventId ?? '';
      const door = await openDoor(tx, eventId);
      if (!door) return calls.map(() => null);
      const keepers = await keepersOf(
        tx,
        eventId,
        calls.map(({ call }) => call.actor),
      );
      return calls.map(({ input }, place): Subject | null => {
        const keeper = keepers[place];
        if (!keeper || !standsAtDoor(keeper)) return null;
        return { door, keeper, list: listMeant(door, input.listId, keeper.device) };
      });
    },
    allow: (_actor, { door, keeper }) => canScan(keeper, door.event.now),
    run: async (calls, { tx, record }) => {
      const door = calls[0]?.subject.door;
      if (!door) return [];
      const { event, lists } = door;
      const codes = await readCodes(
        tx,
        event.id,
        calls.map(({ input }) => input.code),
      );
      const shared = await shareScanned(
        tx,
        event.id,
        codes.map(({ admissionId }) => admissionId),
      );
      const proves = await proofChecker(tx, { sealing, door, calls });
      const scans = calls.flatMap((call, place) => onlineOf(call, codes[place], proves) ?? []);
      const recorded = await recordScans(
        { tx, record, event, lists, ...shared },
        scans.map((each) => arriveOnline(door, shared, each)),
      );
      const answers = await answerScans(tx, event.id, {
        recorded,
        tickets: shared.tickets,
        asked: calls.map(({ input, subject }) => ({
          scanId: input.scanId,
          list: subject.list ?? door.defaultList,
        })),
      });
      return calls.map(({ input, subject }, place) => {
        if (!subject.list) return invalidField('listId', 'is no list of this event');
        const isOurs = recorded.scans.get(input.scanId)?.eventId === event.id;
        const answer = answers[place];
        return answer && isOurs ? answer : takenId();
      });
    },
  });

/** A scan is known by its id for good, at whatever event. */
export const takenId = (): AppError => invalidField('scanId', 'is the id of another scan: make a new one');

const onlineOf = (
  { input, call, subject }: Calls[number],
  code: ReadCode | undefined,
  proves: (input: InputOf<typeof scan>, code: ReadCode) => boolean,
): OnlineScan | null => {
  if (!code || !subject.list) return null;
  return {
    scanId: input.scanId,
    list: subject.list,
    keeper: subject.keeper,
    actorId: call.actor.userId,
    deviceName: input.deviceId ?? call.actor.sessionId,
    gate: input.gate ?? null,
    kind: input.kind,
    code,
    at: new Date(input.at ?? call.now),
    hasProof: proves(input, code),
    reason: null,
  };
};

/** Checks proofs, where a list that is scanned for asks for them. */
const proofChecker = async (
  tx: Transaction,
  { sealing, door, calls }: Deps & { door: OpenDoor; calls: Calls },
): Promise<(input: InputOf<typeof scan>, code: ReadCode) => boolean> => {
  const isAsked = calls.some(({ input, subject }) => subject.list?.requireProof && input.proof !== undefined);
  const gateKey = isAsked ? await gateKeyOf(tx, sealing, door.event.id) : null;
  if (gateKey === null) return () => false;
  return ({ proof }, { decoded }) => {
    if (proof === undefined || !decoded) return false;
    const { admissionId, generation } = decoded.claims;
    return isProof(proofSecret(gateKey, admissionId, generation), proof, door.event.now.getTime());
  };
};
