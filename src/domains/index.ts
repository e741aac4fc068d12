import type { Domain } from '../kernel/domain.ts';
import type { Transaction } from '../platform/db/client.ts';
import type { Platform } from '../platform/platform.ts';
import { createAdmin } from './admin/index.ts';
import { removeEventsOf } from './events/api.writes.ts';
import { createEvents } from './events/index.ts';
import { createIdentity } from './identity/index.ts';
import { removeFilesOf } from './media/api.writes.ts';
import { createMedia } from './media/index.ts';
import { createNotifications } from './notifications/index.ts';
import { createPayments } from './payments/index.ts';
import { removeChatsOf } from './social/api.writes.ts';
import { createSocial } from './social/index.ts';

/** What test accounts made goes in this order: chats stand on events, and show files. */
const REMOVALS = [removeChatsOf, removeEventsOf, removeFilesOf];

/** Every domain, each after those it asks. The shells' only door. */
export const createDomains = (platform: Platform): Domain<Transaction>[] => [
  createMedia(platform),
  createIdentity(platform, REMOVALS),
  createPayments(platform),
  createEvents(platform),
  createSocial(platform),
  createNotifications(platform),
  createAdmin(platform),
];
