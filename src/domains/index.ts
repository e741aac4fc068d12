import type { Domain } from '../kernel/domain.ts';
import type { Transaction } from '../platform/db/client.ts';
import type { Platform } from '../platform/platform.ts';
import { createAdmin } from './admin/index.ts';
import { createEvents } from './events/index.ts';
import { createIdentity } from './identity/index.ts';
import { createMedia } from './media/index.ts';
import { createNotifications } from './notifications/index.ts';
import { createPayments } from './payments/index.ts';
import { createSocial } from './social/index.ts';

/** Every domain, each after those it asks. The shells' only door. */
export const createDomains = (platform: Platform): Domain<Transaction>[] => [
  createMedia(platform),
  createIdentity(platform),
  createPayments(platform),
  createEvents(platform),
  createSocial(platform),
  createNotifications(platform),
  createAdmin(platform),
];
