import { uuidv7 } from 'uuidv7';
import type { Output } from '../../../src/sdk/index.ts';
import { judge, nextHybridClock, readCode } from '../../../src/sdk/scanner/index.ts';
import {
  asked,
  bundle,
  inside,
  isOnline,
  kind,
  list,
  nameOf,
  pending,
  place,
  problem,
  serverNowMs,
  show,
  tell,
  verdict,
} from './door.ts';
import { line } from './line.ts';
import * as store from './store.ts';
import type { Verdict } from './verdict.ts';

type Answer = Output<'checkin.scan'>;

/** The server's word is waited for this long before this device's own is shown. */
const WORD_MS = 120;
const ANSWER_MS = 5_000;
/** Longer texts are no codes, and the server takes no more than so many bytes at once. */
const MAX_TEXT = 401;
/** A camera sees the same code many times. */
const SAME_MS = 4_000;

let turn: Promise<unknown> = Promise.resolve();
let last = { text: '', atMs: 0 };

/** Scans a text, one after the other: it is on the disk before the verdict is on the screen. */
export const scan = (text: string): void => {
  const now = Date.now();
  const isSame = text === last.text && now - last.atMs < SAME_MS;
  last = { text, atMs: now };
  if (isSame || text === '') return;
  turn = turn
    .then(() => scanNow(text.slice(0, MAX_TEXT)))
    .catch((thrown: unknown) => {
      problem.value = `This scan could not be written down: ${thrown instanceof Error ? thrown.message : thrown}`;
    });
};

const scanNow = async (text: string): Promise<void> => {
  const [at, rules, known] = [place.value, list.value, bundle.value];
  if (!at || !rules || !known) return;
  const code = await readCode(known.opened, text, serverNowMs());
  const now = new Date();
  const scanId = uuidv7();
  const admissionId = code.claims?.admissionId ?? '';
  const { kept, first, explanation, outcome } = await store.keepScan(
    { listId: rules.id, admissionId },
    (before, seen) => {
      const hybridClock = nextHybridClock(now, seen);
      const scanned = { scanId, kind: kind.value, code, hybridClock };
      const clocks = before.map((each) => ({ ...each, hybridClock: BigInt(each.hlc) }));
      const door = { bundle: known.opened, list: rules, now: new Date(serverNowMs()) };
      const { localVerdict, rejection, ...words } = judge(door, scanned, clocks);
      const row: store.KeptScan = {
        ...{ scanId, listId: rules.id, admissionId, kind: kind.value, code: code.code, at: now.toISOString() },
        ...{ hlc: hybridClock.toString(), deviceSeq: null, bundleEpoch: known.kept.epoch, isPending: 1, outcome: null },
        ...{ localVerdict, rejection },
      };
      const first = before.findLast((each) => (each.outcome ?? each.localVerdict) === 'ADMITTED');
      return { kept: row, first, ...words };
    },
  );
  pending.value = await store.countPending();
  const own: Verdict = {
    ...{ scanId, outcome, explanation, code: code.code, companions: [] },
    before: first && outcome === 'DUPLICATE' ? `at ${clockTime(first.at)}` : null,
    ...{ name: code.holder?.name ?? null, detail: detailOf(code.holder), isOnline: false },
  };
  if (!isOnline.value) return show(own);
  const answer = ask(kept, code.proof);
  const early = await Promise.race([answer, new Promise<null>((resolve) => setTimeout(resolve, WORD_MS, null))]);
  show(early ? said(early, own) : own);
  if (!early) void answer.then((late) => late && hearLate(said(late, own), own));
};

/** The server's word is shown when it is about what is on the screen, or is another one than was shown. */
const hearLate = (word: Verdict, own: Verdict): void => {
  if (word.outcome !== own.outcome) show(word);
  else if (verdict.value?.scanId === word.scanId) verdict.value = word;
};

const detailOf = (holder: { ticketType: string | null; seatLabel: string | null } | null): string | null =>
  [holder?.ticketType, holder?.seatLabel].filter(Boolean).join(' · ') || null;

const clockTime = (at: string): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

const said = ({ scanId, outcome, explanation, admission, first, ...more }: Answer, own: Verdict): Verdict => {
  const other = first ?? more.with;
  return {
    ...{ scanId, outcome, explanation, code: own.code, isOnline: true },
    name: admission?.name ?? own.name,
    detail: admission ? detailOf(admission) : own.detail,
    before: other
      ? `at ${clockTime(other.at)}${other.gate ? ` through ${other.gate}` : ''} by ${deviceWords(other.deviceId)}`
      : null,
    companions: outcome === 'ADMITTED' ? (admission?.companions.filter(({ isInside }) => !isInside) ?? []) : [],
  };
};

/** Enrolled devices are named by an id, which nobody can read out. */
const deviceWords = (deviceId: string): string => {
  if (deviceId === place.value?.deviceName || deviceId === place.value?.scannerId) return 'this device';
  return /^[0-9a-f-]{36}$/.test(deviceId) ? `device …${deviceId.slice(-4)}` : deviceId;
};

/** Null when the server did not answer; the scan then stays in the queue. */
const ask = async (scan: store.KeptScan, proof: string | null): Promise<Answer | null> => {
  const at = place.value;
  if (!at || !line.value || scan.code === null) return null;
  asked.add(scan.scanId);
  try {
    const answer = await line.value.call(
      'checkin.scan',
      {
        ...{
          eventId: at.eventId,
          code: scan.code,
          scanId: scan.scanId,
          listId: scan.listId,
          kind: scan.kind,
          at: scan.at,
        },
        ...nameOf(at),
        ...(proof === null ? {} : { proof }),
      },
      { timeoutMs: ANSWER_MS },
    );
    await store.settle([answer]);
    inside.value = answer.inside;
    pending.value = await store.countPending();
    problem.value = null;
    return answer;
  } catch (thrown) {
    tell(thrown);
    return null;
  } finally {
    asked.delete(scan.scanId);
  }
};

/** The code that was read last may be read again at once. */
export const forgetLast = (): void => {
  last = { text: '', atMs: 0 };
};
