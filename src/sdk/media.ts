import { pause } from './backoff.ts';
import { type Call, keepTrying } from './call.ts';
import type { Input, Output, SignalData } from './contract.ts';
import { RallyError, unreachable } from './error.ts';
import { exchange } from './http.ts';
import type { Stop } from './listeners.ts';
import { operations } from './operations.ts';
import type { Session } from './session.ts';

/** A picture that can be shown. */
export type Picture = NonNullable<Output<'media.get'>['picture']>;

export interface UploadOptions {
  /** What the picture is for. */
  purpose: Input<'media.create'>['purpose'];
  /** What it shows, for who cannot see it. */
  altText?: string;
  /** Of the bytes; a Blob says it itself. */
  mimeType?: string;
  /** How long to go on trying, in milliseconds; two minutes unless told. */
  timeoutMs?: number;
}

/** The caller’s pictures. */
export interface MediaUploads {
  /**
   * Uploads a picture and waits until it can be shown. Its id is what operations take as `assetId`.
   * @throws RallyError INVALID_INPUT when it was refused, with the reason as the issue of `file`; UNREACHABLE when nothing
   * was heard of it in time: it may still become one
   */
  upload: (file: Blob | Uint8Array, options: UploadOptions) => Promise<Picture>;
}

interface Parts {
  url: string;
  session: Pick<Session, 'freshToken'>;
  call: Call;
  on: <N extends 'media.ready' | 'media.rejected'>(name: N, listener: (data: SignalData<N>) => void) => Stop;
}

const TIMEOUT_MS = 120_000;
/** The socket usually tells; who has none, or lost what it told, asks. Each pause is longer than the one before. */
const FIRST_ASK_MS = 1_500;
const LAST_ASK_MS = 10_000;

/** Makes `client.media`. */
export const createMediaUploads = (parts: Parts): MediaUploads => ({
  upload: async (file, { purpose, altText, mimeType, timeoutMs = TIMEOUT_MS }) => {
    const endsAtMs = Date.now() + timeoutMs;
    const isBlob = file instanceof Blob;
    const announced = {
      purpose,
      // Safe: whatever it says, the server checks it and names the types that are taken.
      mimeType: (mimeType ?? (isBlob ? file.type : '')) as Input<'media.create'>['mimeType'],
      byteSize: isBlob ? file.size : file.byteLength,
      ...(altText === undefined ? {} : { altText }),
    };
    const { media, upload } = await parts.call('media.create', announced, { timeoutMs });
    const outcome = listenFor(parts, media.id);
    try {
      await send(parts, { file, upload, endsAtMs });
      return await untilDecided(parts, { mediaId: media.id, outcome, endsAtMs });
    } finally {
      outcome.stop();
    }
  },
});

interface Sending {
  file: Blob | Uint8Array;
  upload: Output<'media.create'>['upload'];
  endsAtMs: number;
}

/** Repeats are harmless. A conflict says that an attempt whose answer was lost had come through. */
const send = async ({ url, session }: Parts, { file, upload, endsAtMs }: Sending): Promise<void> => {
  const operation = operations.get('media.upload');
  if (!operation) throw new TypeError('The contracts have no media.upload');
  const body = file instanceof Blob ? file : new Uint8Array(file);
  try {
    await keepTrying(operation, endsAtMs, async (leftMs) => {
      const headers = { ...upload.headers, authorization: `Bearer ${await session.freshToken()}` };
      const init = { method: upload.method, headers, body };
      return exchange(operation.name, { url: onServer(upload.url, url), init, timeoutMs: leftMs });
    });
  } catch (thrown) {
    if (!(thrown instanceof RallyError && thrown.code === 'CONFLICT')) throw thrown;
  }
};

/** The address as this client reaches its server, which may be by another name than the server knows: any node takes it. */
const onServer = (address: string, server: string): URL => new URL(new URL(address, server).pathname, server);

interface Outcome {
  /** Undefined as long as nothing was told. */
  picture: () => Picture | undefined;
  reason: () => string | undefined;
  /** Resolves when something is told. */
  told: AbortSignal;
  stop: () => void;
}

const listenFor = ({ on }: Parts, mediaId: string): Outcome => {
  const told = new AbortController();
  let picture: Picture | undefined;
  let reason: string | undefined;
  const stops = [
    on('media.ready', (data) => {
      if (data.mediaId !== mediaId) return;
      picture = data.picture;
      told.abort();
    }),
    on('media.rejected', (data) => {
      if (data.mediaId !== mediaId) return;
      reason = data.reason;
      told.abort();
    }),
  ];
  return {
    picture: () => picture,
    reason: () => reason,
    told: told.signal,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
};

interface Waiting {
  mediaId: string;
  outcome: Outcome;
  endsAtMs: number;
}

const untilDecided = async ({ call }: Parts, { mediaId, outcome, endsAtMs }: Waiting): Promise<Picture> => {
  for (let askMs = FIRST_ASK_MS; ; askMs = Math.min(LAST_ASK_MS, askMs * 2)) {
    await pause(Math.max(0, Math.min(askMs, endsAtMs - Date.now())), outcome.told);
    const [told, reason] = [outcome.picture(), outcome.reason()];
    if (told) return told;
    if (reason !== undefined) throw refused(reason);
    const timeoutMs = endsAtMs - Date.now();
    if (timeoutMs <= 0) throw unreachable('Nothing was heard of the picture in time.');
    const { picture, rejection } = await call('media.get', { mediaId }, { timeoutMs });
    if (picture) return picture;
    if (rejection !== null) throw refused(rejection);
  }
};

const refused = (reason: string): RallyError =>
  new RallyError({
    code: 'INVALID_INPUT',
    message: `The picture was refused: ${reason}`,
    retryable: false,
    issues: [{ path: 'file', message: reason }],
  });
