import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { type Cluster, startCluster } from '../../support/cluster.ts';
import { freshDatabase, freshRedis } from '../../support/databases.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { openPages, type Pages } from './pages.ts';

/** Two nodes, a worker, a mail server and a browser, for all tests of the page: each brings people and windows of its own. */
export interface Stage {
  cluster: Cluster;
  mail: MailServer;
  /** Windows that keep an account of their own of what went wrong. */
  newPages: () => Pages;
  close: () => Promise<void>;
}

export const openStage = async (): Promise<Stage> => {
  const mail = await startMailServer();
  const environment = { MAIL_URL: mail.url, ENCRYPTION_KEY: randomBytes(32).toString('base64') };
  const [databaseUrl, redisUrl] = await Promise.all([freshDatabase(), freshRedis()]);
  let browser: Browser | undefined;
  let cluster: Cluster | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await cluster?.stop();
    await mail.stop();
  };
  try {
    cluster = await startCluster({ databaseUrl, redisUrl, environment });
    browser = await launchChromium();
  } catch (error) {
    await close();
    throw error;
  }
  const opened = browser;
  return { cluster, mail, newPages: () => openPages(opened), close };
};
