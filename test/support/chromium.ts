import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A headless Chromium of this machine; close it when done. @throws Error naming what to install where there is none */
export const launchChromium = async (): Promise<Browser> => {
  const executablePath = PROGRAMS.find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error('This test needs Chromium: install it (Debian: apt-get install chromium), or name it in CHROMIUM.');
  }
  // Root may not use Chromium's sandbox; the pages are our own.
  return chromium.launch({ executablePath, chromiumSandbox: false, args: ['--disable-dev-shm-usage'] });
};
