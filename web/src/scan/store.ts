import type { BundleContents, DeviceKey, KnownScan, WireOutcome } from '../../../src/sdk/scanner/index.ts';

/** Where this device stands. */
export interface Place {
  eventId: string;
  listId: string | null;
  gate: string | null;
  /** The id of the enrolled device; null for a person who scans in their own session. */
  scannerId: string | null;
  deviceName: string;
  mayUndo: boolean;
}

export interface KeptBundle {
  version: string;
  epoch: number;
  fetchedAtMs: number;
  contents: BundleContents;
}

/** A scan as it lies on the disk. No name is in it, and no code once the server has answered. */
export interface KeptScan extends Omit<KnownScan, 'hybridClock'> {
  listId: string;
  /** Empty for what is no ticket of this event. */
  admissionId: string;
  code: string | null;
  at: string;
  hlc: string;
  /** Null until the scan is to be uploaded, and always for a person's session. */
  deviceSeq: number | null;
  bundleEpoch: number;
  /** 1 until the server has answered. */
  isPending: 0 | 1;
}

interface Facts {
  place: Place;
  key: DeviceKey;
  bundle: KeptBundle;
  /** The highest moment of the hybrid clock that this device saw. */
  clock: string;
  /** The last number that this device gave. */
  seq: number;
}

const NAME = 'rally-scanner';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened: Promise<IDBDatabase> | undefined;

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('facts');
    const scans = request.result.createObjectStore('scans', { keyPath: 'scanId' });
    scans.createIndex('pending', ['isPending', 'hlc']);
    scans.createIndex('admission', ['listId', 'admissionId']);
  };
  return done(request);
};

/** One transaction over everything; it is on the disk when the promise resolves. */
const transact = async <T>(mode: IDBTransactionMode, work: (tx: Tx) => Promise<T>): Promise<T> => {
  opened ??= open();
  const tx = (await opened).transaction(['facts', 'scans'], mode, { durability: 'strict' });
  const ended = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
  const result = await work({ facts: tx.objectStore('facts'), scans: tx.objectStore('scans') });
  await ended;
  return result;
};

interface Tx {
  facts: IDBObjectStore;
  scans: IDBObjectStore;
}

// Safe: only `write` puts facts here, each under its own name.
const read = <N extends keyof Facts>({ facts }: Tx, name: N): Promise<Facts[N] | undefined> => done(facts.get(name));
const write = <N extends keyof Facts>({ facts }: Tx, name: N, value: Facts[N]): Promise<unknown> =>
  done(facts.put(value, name));

export const readFact = <N extends keyof Facts>(name: N): Promise<Facts[N] | undefined> =>
  transact('readonly', (tx) => read(tx, name));
export const writeFact = <N extends keyof Facts>(name: N, value: Facts[N]): Promise<unknown> =>
  transact('readwrite', (tx) => write(tx, name, value));

/** The clock goes on above what the server brought. */
export const hearClock = (serverHlc: string): Promise<void> =>
  transact('readwrite', async (tx) => {
    if (BigInt(serverHlc) > BigInt((await read(tx, 'clock')) ?? 0)) await write(tx, 'clock', serverHlc);
  });

/**
 * Writes a scan down: `make` gets the scans of the same admission at the same list and the clock, and gives the new one.
 * Nothing comes in between, another tab of this page neither.
 */
export const keepScan = <Made extends { kept: KeptScan }>(
  key: { listId: string; admissionId: string },
  make: (known: KeptScan[], seen: bigint) => Made,
): Promise<Made> =>
  transact('readwrite', async (tx) => {
    const { listId, admissionId } = key;
    const known: KeptScan[] =
      admissionId === '' ? [] : await done(tx.scans.index('admission').getAll([listId, admissionId]));
    const made = make(known, BigInt((await read(tx, 'clock')) ?? 0));
    await write(tx, 'clock', made.kept.hlc);
    await done(tx.scans.put(made.kept));
    return made;
  });

const PENDING = IDBKeyRange.bound([1, ''], [1, '￿']);

/** The earliest scans that wait. Those of an enrolled device are given its next numbers, without a gap. */
export const scansToSend = (most: number, { isDevice }: { isDevice: boolean }): Promise<KeptScan[]> =>
  transact('readwrite', async (tx) => {
    const scans: KeptScan[] = await done(tx.scans.index('pending').getAll(PENDING, most));
    if (!isDevice) return scans;
    let seq = (await read(tx, 'seq')) ?? 0;
    for (const scan of scans.filter(({ deviceSeq }) => deviceSeq === null)) {
      seq += 1;
      scan.deviceSeq = seq;
      await done(tx.scans.put(scan));
    }
    await write(tx, 'seq', seq);
    return scans;
  });

export const countPending = (): Promise<number> =>
  transact('readonly', (tx) => done(tx.scans.index('pending').count(PENDING)));

/** The server has answered: the scan leaves the queue, and its code is forgotten. */
export const settle = (answers: readonly { scanId: string; outcome: WireOutcome }[]): Promise<void> =>
  transact('readwrite', async ({ scans }) => {
    for (const { scanId, outcome } of answers) {
      const scan: KeptScan | undefined = await done(scans.get(scanId));
      if (scan) await done(scans.put({ ...scan, outcome, isPending: 0, code: null }));
    }
  });

/** Keeps the scans of other doors, so that this one knows them without network. */
export const hearScans = (heard: readonly KeptScan[]): Promise<void> =>
  transact('readwrite', async ({ scans }) => {
    for (const scan of heard) {
      const own: KeptScan | undefined = await done(scans.get(scan.scanId));
      // A scan that waits is answered by its own upload.
      if (own?.isPending !== 1) await done(scans.put(own ? { ...own, outcome: scan.outcome } : scan));
    }
  });

/** Forgets everything that this device holds. */
export const wipeStore = async (): Promise<void> => {
  (await opened)?.close();
  opened = undefined;
  await done(indexedDB.deleteDatabase(NAME));
};
