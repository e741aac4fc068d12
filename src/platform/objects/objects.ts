import { createFolderStore } from './folder-store.ts';
import type { ObjectSettings } from './object-settings.ts';
import { createS3Store } from './s3-store.ts';

/**
 * Bytes by name, outside of the databases: `incoming/3f…`, `pictures/3f…/960.webp`. Every call may be repeated, and throws
 * an Error when the store cannot be reached.
 */
export interface Objects {
  /** Keeps the bytes, in place of what had the name before; nobody ever sees half of them. On disk when it returns. */
  put: (name: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  /** Null when nothing has the name. */
  get: (name: string) => Promise<Uint8Array | null>;
  has: (name: string) => Promise<boolean>;
  /** Also when nothing has the name. */
  delete: (name: string) => Promise<void>;
}

/** The store that the configuration names. Every process of an installation must see the same one. */
export const createObjects = (settings: ObjectSettings): Objects =>
  settings.kind === 'folder' ? createFolderStore(settings.folder) : createS3Store(settings);
