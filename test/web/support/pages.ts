import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newId } from '../../../src/platform/ids.ts';

export const DESK = { width: 1_280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** What does not show within this time does not come. */
const WITHIN_MS = 30_000;

/** Someone as the forms of the page know them. */
export interface Account {
  firstName: string;
  lastName: string;
  username: string;
  email: string;
  password: string;
}

/** Windows of a browser, and what went wrong in them. */
export interface Pages {
  /** Opens the page of a node in a window that shares nothing with the others. */
  open: (url: string, viewport?: typeof DESK) => Promise<Page>;
  /** Requests to any other host, scripts' errors, and complaints of the browser itself. */
  troubles: string[];
  /** Closes these windows. */
  close: () => Promise<void>;
}

export const openPages = (browser: Browser): Pages => {
  const contexts: BrowserContext[] = [];
  const troubles: string[] = [];
  const open = async (url: string, viewport = DESK): Promise<Page> => {
    const isPhone = viewport.width < 500;
    const context = await browser.newContext({ viewport, hasTouch: isPhone, isMobile: isPhone, locale: 'en-GB' });
    contexts.push(context);
    context.setDefaultTimeout(WITHIN_MS);
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => troubles.push(`script: ${message}`));
    page.on('request', (request) => {
      // A picture that is being chosen is shown from the page's own memory.
      if (!request.url().startsWith('blob:') && new URL(request.url()).hostname !== '127.0.0.1')
        troubles.push(`request to ${request.url()}`);
    });
    page.on('console', (line) => {
      // A node that is killed cannot be reached: the browser says so, and that is what the tests are about.
      if (
        line.type() === 'error' &&
        !/ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|WebSocket connection/.test(line.text())
      ) {
        troubles.push(`console: ${line.text()}`);
      }
    });
    await page.goto(url);
    return page;
  };
  return {
    open,
    troubles,
    close: async () => {
      for (const context of contexts) await context.close();
    },
  };
};

/** The address of the chats, at one node. */
export const chatsAt = (node: { url: string } | undefined): string => `${node?.url}/app/chats`;

export const makeAccount = (firstName: string, lastName: string): Account => {
  const username = `${firstName.toLowerCase()}.${newId().slice(-12)}`;
  return { firstName, lastName, username, email: `${username}@example.org`, password: `secret of ${username}` };
};

/** Makes the account by the form, which signs in. */
export const registerByForm = async (page: Page, account: Account): Promise<void> => {
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('First name').fill(account.firstName);
  await page.getByLabel('Last name').fill(account.lastName);
  await page.getByLabel('Username').fill(account.username);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await isConnected(page);
};

/** Signs in at a page that has no line of its own for the connection. */
export const fillSignIn = async (page: Page, { email, password }: Account): Promise<void> => {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Password').press('Enter');
};

export const signInByForm = async (page: Page, { email, password }: Account): Promise<void> => {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await isConnected(page);
};

export const isConnected = (page: Page): Promise<void> =>
  page.locator('.connection-online').waitFor({ state: 'attached' });

/** Starts a chat with these people by searching for them; several make a group of that name. */
export const startChat = async (page: Page, people: Account[], title?: string): Promise<void> => {
  await page.getByRole('button', { name: 'New chat' }).click();
  for (const { username } of people) {
    await page.getByRole('searchbox', { name: 'Search by username' }).fill(username);
    await page.getByRole('button', { name: username }).click();
  }
  if (title) await page.getByLabel('Name of the group').fill(title);
  await page.getByRole('button', { name: title ? /^Start a group/ : /^Message / }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
};

export const send = async (page: Page, words: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Message' }).fill(words);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
};

/** The one message with these words. */
export const message = (page: Page, words: string) => page.locator('.message', { hasText: words });

/** Opens the menu of a message. */
export const openMenu = async (page: Page, words: string): Promise<void> => {
  await message(page, words).hover();
  await message(page, words).getByRole('button', { name: 'React or more' }).click();
};

/** The chat's line in the list. */
export const chatLine = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Chats' }).getByRole('link', { name });

/** The words of all messages, as they stand in the room. */
export const wordsOf = (page: Page): Promise<string[]> => page.locator('.bubble-text').allTextContents();
