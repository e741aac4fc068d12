import { z } from 'zod';
import { operation, signal } from '../../../kernel/contract.ts';
import { lineOrNothing } from '../../../kernel/texts.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';
import { Media, MediaPurpose, MediaView, MIME_TYPES, Rejection } from '../shapes/contract.ts';

/** Bytes of one file, at most. */
export const MAX_BYTES = 10 * 1_024 * 1_024;
/** Uploads of one person that are not finished, at most. */
export const MAX_UNFINISHED = 20;
/** Bytes that one person’s pictures take, at most. */
export const MAX_STORED_BYTES = 1_024 * 1_024 * 1_024;
/** Text of a call over a socket, which carries 64 KB. */
const MAX_INLINE = 56 * 1_024;

/** Decoding takes seconds of a worker: an album at once, but not albums all day long. */
const uploadRates = [
  { limit: 60, windowSeconds: 60, by: 'actor' },
  { limit: 600, windowSeconds: 86_400, by: 'actor' },
] as const;
const ofMedia = z.object({ mediaId: Id });

const refuseType = (input: unknown): string => {
  const allowed = `must be one of ${MIME_TYPES.join(', ')}`;
  return typeof input === 'string' && input.startsWith('video/') ? `${allowed}: videos are not taken` : allowed;
};

const TAKEN: ReadonlySet<string> = new Set(MIME_TYPES);
/** Names that browsers and systems still use. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
]);

/** A media type without its parameters, in lower case (RFC 9110, 8.3.1), by its registered name. */
const usualName = (type: string): string => {
  const plain = (type.split(';')[0] ?? '').trim().toLowerCase();
  return OTHER_NAMES.get(plain) ?? plain;
};

export const create = operation({
  name: 'media.create',
  summary:
    'Announce a picture; its bytes follow, at most a day later. At most 20 uploads may be unfinished and 1 GiB stored: CONFLICT says which.',
  access: 'user',
  durability: 'committed',
  feature: 'UPLOADING',
  rates: uploadRates,
  input: z.object({
    purpose: z.enum(MediaPurpose),
    mimeType: z
      .string()
      .max(100)
      .overwrite(usualName)
      .refine((type) => TAKEN.has(type), { error: ({ input }) => refuseType(input) })
      .meta({ enum: [...MIME_TYPES] }),
    /** Of the file as it will be sent. */
    byteSize: z.int().min(1).max(MAX_BYTES),
    /** What the picture shows, for who cannot see it. */
    altText: lineOrNothing(300).nullable().optional(),
  }),
  output: z.object({
    media: Media,
    /** How to send the bytes, with the caller’s bearer token. */
    upload: z.object({
      method: z.literal('PUT'),
      /** Relative to the server where it has no PUBLIC_URL. */
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      expiresAt: z.iso.datetime(),
    }),
  }),
  errors: ['CONFLICT'],
  http: 'POST /v1/media',
});

/** Bytes that are read when they are wanted, and no more of them than that. */
export interface Content {
  /** As the sender told it beforehand; null when it did not. */
  byteLength: number | null;
  /**
   * @param arrived told of bytes as they come, before they are kept; what it throws ends the reading
   * @throws PAYLOAD_TOO_LARGE beyond `maxBytes`, INVALID_INPUT when the sender hung up, or sends too slowly
   */
  read: (maxBytes: number, arrived: (bytes: number) => void) => Promise<Uint8Array>;
}

const isContent = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function';

export const upload = operation({
  name: 'media.upload',
  summary:
    'Send the bytes of an announced picture; a small one may come over the socket, in base64. Answered once they are kept; media.ready or media.rejected follows. CONFLICT when the picture was processed already.',
  access: 'user',
  durability: 'accepted',
  feature: 'UPLOADING',
  rates: uploadRates,
  input: ofMedia.extend({
    content: z.union([z.base64().min(4).max(MAX_INLINE), z.custom<Content>(isContent, 'must be base64')]),
  }),
  output: ofMedia,
  errors: ['CONFLICT'],
  file: { http: 'PUT /v1/media/{mediaId}/content', field: 'content', mimeTypes: MIME_TYPES },
});

export const get = operation({
  name: 'media.get',
  summary: 'One of the caller’s own pictures.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 600, windowSeconds: 60, by: 'actor' }],
  input: ofMedia,
  output: Media,
  errors: [],
  http: 'GET /v1/media/{mediaId}',
});

export const list = operation({
  name: 'media.list',
  summary: 'The caller’s own pictures, latest first.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    ...pageInput(),
  }),
  output: page(Media),
  errors: [],
  http: 'GET /v1/media',
});

export const describe = operation({
  name: 'media.describe',
  summary:
    'Say what one of the caller’s own pictures shows, for who cannot see it. CONFLICT once it is part of a message, whose readers have had it read out as it was.',
  access: 'user',
  durability: 'committed',
  feature: 'UPLOADING',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: ofMedia.extend({
    /** Null takes the words away. */
    altText: lineOrNothing(300).nullable(),
  }),
  output: Media,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/media/{mediaId}',
});

/** `delete` is a reserved word. */
export const remove = operation({
  name: 'media.delete',
  summary:
    'Delete one of the caller’s own pictures: whatever showed it shows none. CONFLICT for a document that proves something.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: ofMedia,
  output: ofMedia,
  errors: ['CONFLICT'],
  http: 'DELETE /v1/media/{mediaId}',
});

export const ready = signal({
  name: 'media.ready',
  summary: 'To the owner’s devices: an uploaded picture can be used.',
  data: z.object({ mediaId: Id, picture: MediaView }),
});

export const rejected = signal({
  name: 'media.rejected',
  summary: 'To the owner’s devices: what was uploaded cannot be used, and why.',
  data: z.object({ mediaId: Id, reason: Rejection }),
});
