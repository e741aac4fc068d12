import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { incomingName } from '../../../platform/pictures/picture-names.ts';
import type { Platform } from '../../../platform/platform.ts';
import { processMedia } from '../processing/job.ts';
import { type Content, upload } from './contract.ts';
import { findFile, type OwnRow } from './media.reads.ts';
import { isOwnFile } from './policy.ts';
import { createTaking } from './taking.ts';

type Ground = Pick<Platform, 'database' | 'jobs' | 'log' | 'objects'>;

/**
 * Takes the bytes of an announced picture. Once it answers, they are in the object store: when the job is lost,
 * `upkeep/sweep.job.ts` finds them.
 */
export const uploadMedia = (ground: Ground) => {
  const { database, jobs, log, objects } = ground;
  const taking = createTaking();
  return handle(upload, {
    load: ({ mediaId }) => findFile(database, mediaId),
    sees: isOwnFile,
    allow: anyone,
    run: async ({ mediaId, content }, row) => {
      if (row.status !== 'UPLOADING') throw processedAlready(row);
      const { ownerId, storageKey, mimeType } = row;
      await taking(ownerId, async (arrived) => {
        const bytes = await readWhole(contentOf(content), row, arrived);
        await objects.put(incomingName(storageKey), bytes, mimeType).catch((error: unknown) => {
          log.warn({ mediaId, err: error }, 'upload not stored');
          throw new AppError('OVERLOADED', 'Files cannot be stored at the moment.', { retryAfterMs: 1_000 });
        });
      });
      await refuseLate(ground, row);
      await jobs.later(processMedia, { mediaId }, { id: mediaId });
      return { mediaId };
    },
  });
};

/** The picture may have been deleted, or processed, while its bytes came: then nothing knows of these any more. */
const refuseLate = async (
  { database, objects }: Pick<Ground, 'database' | 'objects'>,
  { id, storageKey }: OwnRow,
): Promise<void> => {
  const now = await findFile(database, id);
  if (now?.status === 'UPLOADING') return;
  await objects.delete(incomingName(storageKey));
  if (!now) throw new AppError('NOT_FOUND', 'The picture was deleted.');
  throw processedAlready(now);
};

const processedAlready = ({ status }: Pick<OwnRow, 'status'>): AppError =>
  new AppError('CONFLICT', `The picture is ${status}: announce another one.`);

const contentOf = (content: Content | string): Content => {
  if (typeof content !== 'string') return content;
  const bytes = Buffer.from(content, 'base64');
  return {
    byteLength: bytes.length,
    read: async (_maxBytes, arrived) => {
      arrived(bytes.length);
      return bytes;
    },
  };
};

/** @throws PAYLOAD_TOO_LARGE, INVALID_INPUT when these are not as many bytes as were announced */
const readWhole = async (
  content: Content,
  { byteSize }: Pick<OwnRow, 'byteSize'>,
  arrived: (bytes: number) => void,
): Promise<Uint8Array> => {
  const announced = Number(byteSize);
  if (content.byteLength !== null) checkLength(content.byteLength, announced);
  const bytes = await content.read(announced, arrived);
  checkLength(bytes.length, announced);
  return bytes;
};

const checkLength = (length: number, announced: number): void => {
  if (length === announced) return;
  const message = `has ${length} bytes where ${announced} were announced`;
  if (length > announced) throw new AppError('PAYLOAD_TOO_LARGE', `The content ${message}.`);
  throw invalidField('content', message);
};
