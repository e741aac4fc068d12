import { z } from 'zod';
import { MediaStatus, MediaPurpose as Purpose } from '../../../generated/prisma/enums.ts';
import { Id } from '../../../kernel/wire.ts';

/** The kinds of files that are taken, whichever of them one was announced as. */
export const MIME_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;
export type MimeType = (typeof MIME_TYPES)[number];

const { AVATAR, COVER, MESSAGE, EVENT, POST } = Purpose;
/** What a picture is uploaded for. */
export const MediaPurpose = { AVATAR, COVER, MESSAGE, EVENT, POST } as const;

/**
 * Why a file was refused.
 * - `NOT_A_PICTURE`: none of the kinds that are taken
 * - `TOO_MANY_PIXELS`: more than 50 megapixels, of AVIF 16
 * - `DAMAGED`: it cannot be decoded to its end
 * - `TOO_COMPLEX`: decoding it takes too long or too much
 */
export const Rejection = z.enum(['NOT_A_PICTURE', 'TOO_MANY_PIXELS', 'DAMAGED', 'TOO_COMPLEX']);
export type Rejection = z.infer<typeof Rejection>;

/** A picture as it is shown to whoever may see what it belongs to. */
export const MediaView = z
  .object({
    id: Id,
    /** Pixels of the largest source. */
    width: z.int().min(1),
    height: z.int().min(1),
    /** A preview to draw while the picture loads, https://blurha.sh. */
    blurHash: z.string(),
    altText: z.string().nullable(),
    /** The same picture in WebP, narrowest first. */
    sources: z.array(
      z.object({
        width: z.int().min(1),
        height: z.int().min(1),
        /** Relative to the server where it has no PUBLIC_URL. Good for one to two days; ask again for a new one. */
        url: z.string(),
      }),
    ),
  })
  .meta({ id: 'MediaView' });
export type MediaView = z.infer<typeof MediaView>;

/** A picture as its owner sees it. */
export const Media = z
  .object({
    id: Id,
    purpose: z.enum(Purpose),
    status: z.enum(MediaStatus),
    /** As announced. */
    mimeType: z.string(),
    /** As announced; of everything stored once it is READY. */
    byteSize: z.int().min(1),
    altText: z.string().nullable(),
    /** Why it was REJECTED. */
    rejection: Rejection.nullable(),
    /** Null until it is READY. */
    picture: MediaView.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Media' });
export type Media = z.infer<typeof Media>;
